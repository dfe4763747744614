import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

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
export const runChecks = () =>
  CHECKS.map(({ name, command }) => {
    const startedAt = Date.now();
    const failed = tool(command) === 0 ? 0 : 1;
    say(`${failed ? '✗' : '✓'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    return { name, passed: 1 - failed, failed, skipped: 0 };
  });

/** Run one project of vitest.config.ts and count. A run that breaks before its tests counts as one failure. */
export function vitest(project) {
  const report = join(root, 'node_modules', '.cache', 'tian', `${project}-${process.pid}.json`);
  mkdirSync(join(report, '..'), { recursive: true });
  say(`\n${project} tests`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = tool(['vitest', 'run', '--project', project, '--passWithNoTests', ...reporters]);
  const { passed, failed, skipped } = countsOf(report);
  return { name: project, passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped };
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

function tool([name, ...args]) {
  const windows = process.platform === 'win32';
  const command = join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows }).status ?? 1;
}
