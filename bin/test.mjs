#!/usr/bin/env node
import './node-version.mjs';

const { ensureBuilt, ensurePackages } = await import('./prepare.mjs');
const { runChecks, vitest } = await import('./suites.mjs');

ensurePackages({ dev: true });
const results = [...runChecks(), vitest('unit'), vitest('db')];
await ensureBuilt();
results.push(vitest('journeys'), vitest('browser'));

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
if (sum('skipped') > 0) process.stdout.write(`\n${sum('skipped')} skipped\n`);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') > 0 ? 1 : 0;
