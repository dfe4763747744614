// Written so that even a very old Node can read it and say what is missing.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Tian needs Node 20.19 or newer; this is Node ${process.versions.node}.\n` +
      'Install the current LTS from https://nodejs.org and run the same command again.\n',
  );
  process.exit(1);
}
