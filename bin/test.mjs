#!/usr/bin/env node
import './node-version.mjs';

const { ensureBuilt, ensurePackages } = await import('./prepare.mjs');
const { runChecks, summarise, vitest } = await import('./suites.mjs');

ensurePackages({ dev: true });
const results = [...(await runChecks()), await vitest('unit'), await vitest('db')];
await ensureBuilt();
results.push(await vitest('journeys'), await vitest('browser'));
summarise(results);
