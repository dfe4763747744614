import './node-version.mjs';

const { ensurePackages } = await import('./prepare.mjs');
const { runChecks, vitest } = await import('./suites.mjs');

ensurePackages({ dev: true });
const results = [...runChecks(), vitest('unit')];
process.exitCode = results.some((r) => r.failed > 0) ? 1 : 0;
