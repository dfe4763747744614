#!/usr/bin/env node
import './node-version.mjs';

const { ensureBuilt, ensurePackages } = await import('./prepare.mjs');
ensurePackages({ dev: false });
await ensureBuilt();
await import('../dist/server/supervisor.js');
