import './node-version.mjs';

const { ensureBuilt, ensurePackages } = await import('./prepare.mjs');
ensurePackages({ dev: false });
await ensureBuilt();
