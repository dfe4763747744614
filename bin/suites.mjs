import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const KEPT = 1_000_000; // characters
const LAST_LINES = 80;

const say = (line) => process.stdout.write(`${line}\n`);

/** Everything that is checked without running the program. Warnings count as errors. */
const CHECKS = [
  { name: 'format', command: ['biome', 'check', '--error-on-warnings'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', '--quiet'] },
  { name: 'types', command: ['tsc', '--project', 'tsconfig.json'] },
  { name: 'types of the console', command: ['tsc', '--project', 'web/tsconfig.json'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
];

/** Run every check; a failing one does not hide the others. */
export async function runChecks() {
  const results = [];
  for (const { name, command } of CHECKS) {
    const startedAt = Date.now();
    const { status, words } = await tool(command);
    const failed = status === 0 ? 0 : 1;
    say(`${failed ? '✗' : '✓'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    results.push({ name, passed: 1 - failed, failed, skipped: 0, words });
  }
  return results;
}

/** Run one project of vitest.config.ts and count. A run that breaks outside its tests counts as one failure. */
export async function vitest(project) {
  const report = join(root, 'node_modules', '.cache', 'tian', `${project}-${process.pid}.json`);
  mkdirSync(join(report, '..'), { recursive: true });
  say(`\n${project} tests`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { status, words } = await tool(['vitest', 'run', '--project', project, '--passWithNoTests', ...reporters]);
  const { passed, failed, skipped } = countsOf(report);
  return { name: `${project} tests`, passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped, words };
}

/** Say once more what failed, at the end, where the tests that passed do not hide it; then how many. */
export function summarise(results) {
  for (const { name, failed, words } of results) if (failed > 0) say(`\n✗ ${name}\n${words}`);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  if (sum('skipped') > 0) say(`\n${sum('skipped')} skipped`);
  say(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}

function countsOf(report) {
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    rmSync(report);
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = counts;
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // no report: the status tells
  }
}

/** Run a tool, show what it says, and keep the end of it without the lines of what passed. */
function tool([name, ...args]) {
  const windows = process.platform === 'win32';
  const command = join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
  const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
  const child = spawn(command, args, { cwd: root, env, stdio: ['inherit', 'pipe', 'pipe'], shell: windows });
  let said = '';
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from.setEncoding('utf8').on('data', (text) => {
      to.write(text);
      said = (said + text).slice(-KEPT);
    });
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ status: 1, words: error.message }));
    child.on('close', (status) => resolve({ status: status ?? 1, words: withoutPassed(said) }));
  });
}

const withoutPassed = (text) =>
  text
    .split('\n')
    .filter((line) => !line.includes('✓'))
    .slice(-LAST_LINES)
    .join('\n');
