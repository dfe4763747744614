import './node-version.mjs';

const { ensureBuilt, ensurePackages } = await import('./prepare.mjs');
const { vitest } = await import('./suites.mjs');

ensurePackages({ dev: true });
await ensureBuilt();
const { passed, failed } = vitest('crash');
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
