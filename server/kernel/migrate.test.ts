import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isBreaking, type MigrationFile, planMigrations } from './migrate.rules.ts';
import { readMigrations } from './migrate.ts';
import { programDir } from './program.ts';

const file = (name: string, sha256 = name): MigrationFile => ({ name, sha256, breaking: false, sql: '' });
const applied = (name: string, more: Partial<{ sha256: string; breaking: boolean }> = {}) => ({
  name,
  sha256: name,
  breaking: false,
  ...more,
});

test('files not yet applied run in the order of their numbers', () => {
  const plan = planMigrations(
    [file('0010_b_c_d.sql'), file('0002_a_b_c.sql'), file('0001_a_b_c.sql')],
    [applied('0001_a_b_c.sql')],
  );
  expect(plan.ok && plan.value.map((f) => f.name)).toEqual(['0002_a_b_c.sql', '0010_b_c_d.sql']);
});

test('a file that was changed after it was applied is refused by name', () => {
  expect(planMigrations([file('0001_a_b_c.sql', 'new')], [applied('0001_a_b_c.sql', { sha256: 'old' })])).toEqual({
    ok: false,
    refusal: { code: 'kernel.migration_changed', name: '0001_a_b_c.sql' },
  });
});

test('an old server refuses a database with a breaking change it does not know, and runs on a harmless one', () => {
  const newer = (breaking: boolean) => planMigrations([], [applied('0099_x_y_z.sql', { breaking })]);
  expect(newer(true)).toEqual({ ok: false, refusal: { code: 'kernel.migration_newer', name: '0099_x_y_z.sql' } });
  expect(newer(false)).toEqual({ ok: true, value: [] });
});

test('two files with one number are refused', () => {
  expect(planMigrations([file('0001_a_b_c.sql'), file('0001_d_e_f.sql')], []).ok).toBe(false);
});

test('only the leading comment can mark a file as breaking', () => {
  expect(isBreaking('-- Drops a column.\n-- breaking\n\nalter table a drop column b;')).toBe(true);
  expect(isBreaking('-- Adds a column.\nalter table a add column b int;\n-- breaking')).toBe(false);
  expect(isBreaking('-- It is not breaking\nselect 1;')).toBe(false);
});

test('every migration of the program begins with a sentence of why', () => {
  const files = readMigrations(join(programDir, 'migrations'));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((f) => !/^-- \S.*\./m.test(f.sql.slice(0, 400))).map((f) => f.name)).toEqual([]);
});
