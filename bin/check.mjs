import './node-version.mjs';

const { ensurePackages } = await import('./prepare.mjs');
const { runChecks, summarise, vitest } = await import('./suites.mjs');

ensurePackages({ dev: true });
summarise([...(await runChecks()), await vitest('unit')]);
