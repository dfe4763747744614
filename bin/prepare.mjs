import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => process.stderr.write(`${line}\n`);

/** Install what package-lock.json names, unless it stands there already. `dev`: with the tools for tests. */
export function ensurePackages({ dev }) {
  const why = missingPackage({ dev });
  if (!why) return;
  say(`正在安装依赖包 Installing packages from npm (${why}); this may take a minute …`);
  const args = ['ci', ...(dev ? [] : ['--omit=dev']), '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, first] = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const { status } = spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  say('npm could not install the packages; its message stands above. Is the registry of npm reachable?');
  process.exit(1);
}

/** The first package that is not installed in the version of the lock file, in words; undefined when all are. */
function missingPackage({ dev }) {
  const installedList = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return 'first start';
  const installed = JSON.parse(readFileSync(installedList, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.devOptional || entry.peer || (entry.dev && !dev)) continue;
    if (installed[path]?.version !== entry.version) return `${basename(path)} ${entry.version} is new`;
  }
  return undefined;
}

/** Build the server programs and the console when their sources changed since the last time. */
export async function ensureBuilt() {
  await buildIfStale(
    'server',
    ['server', 'bench', 'contract', 'words', 'package-lock.json', 'bin/prepare.mjs'],
    buildServer,
  );
  await buildIfStale(
    'web',
    ['web', 'contract', 'words', 'index.html', 'vite.config.ts', 'package-lock.json'],
    buildWeb,
  );
}

async function buildIfStale(part, sources, build) {
  const to = join(root, 'dist', part);
  const stamp = join(root, 'dist', `${part}.sha256`);
  const hash = hashOf(sources);
  if (existsSync(to) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say(`正在构建 Building ${part} …`);
  // Built beside and moved into place, so that a build that is stopped in the middle is never started.
  const unfinished = join(root, 'dist', `.${part}-${process.pid}`);
  await build(unfinished);
  rmSync(to, { recursive: true, force: true });
  renameSync(unfinished, to);
  writeFileSync(stamp, hash);
}

async function buildServer(outdir) {
  const { build, stop } = await import('esbuild');
  const programs = ['supervisor', 'main', 'ingest', 'cli'].map((name) => `server/${name}.ts`);
  const workers = filesBelow('server').filter((file) => /(?<!fixtures)\.worker\.ts$/.test(file));
  const benches = filesBelow('bench').filter((file) => /^bench\/[a-z-]+\.ts$/.test(file));
  const entries = [...programs, ...workers].map((file) => [basename(file, '.ts'), join(root, file)]);
  await build({
    entryPoints: Object.fromEntries([
      ...entries.filter(([, file]) => existsSync(file)),
      ...benches.map((file) => [file.slice(0, -'.ts'.length), join(root, file)]),
    ]),
    outdir,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  await stop(); // its helper process would live as long as we do
}

async function buildWeb(outDir) {
  mkdirSync(outDir, { recursive: true });
  if (!existsSync(join(root, 'index.html'))) return;
  const { build } = await import('vite');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } });
}

function hashOf(sources) {
  const hash = createHash('sha256').update(process.version);
  for (const file of sources.flatMap(filesBelow)) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** A file itself, or every file below a folder, in a stable order. Tests do not change what is built. */
function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  const inside = readdirSync(full, { withFileTypes: true, recursive: true, encoding: 'utf8' }).filter((e) =>
    e.isFile(),
  );
  return inside
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !/\.(test|prop\.test)\.tsx?$/.test(file))
    .sort();
}
