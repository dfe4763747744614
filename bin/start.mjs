#!/usr/bin/env node
import './node-version.mjs';

// Whoever started this may be gone by the time packages and program are ready: then nobody waits for it any more.
const parent = process.ppid;
const { ensureBuilt, ensurePackages } = await import('./prepare.mjs');
ensurePackages({ dev: false });
await ensureBuilt();
if (process.env['npm_lifecycle_event'] && process.ppid !== parent) process.exit(1);
await import('../dist/server/supervisor.js');
