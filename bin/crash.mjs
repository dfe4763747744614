import './node-version.mjs';

const { ensureBuilt, ensurePackages } = await import('./prepare.mjs');
const { summarise, vitest } = await import('./suites.mjs');

ensurePackages({ dev: true });
await ensureBuilt();
summarise([await vitest('crash')]);
