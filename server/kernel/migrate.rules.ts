import { accept, type Result, refuse } from './result.ts';

/** A file of the time line. `breaking`: a server that does not know it must not run on a database that has it. */
export type MigrationFile = { name: string; sha256: string; breaking: boolean; sql: string };

/** What the database says was applied. */
export type AppliedMigration = { name: string; sha256: string; breaking: boolean };

export type MigrationRefusal =
  | { code: 'kernel.migration_changed'; name: string }
  | { code: 'kernel.migration_newer'; name: string }
  | { code: 'kernel.migration_number_twice'; name: string; other: string };

/** Which files are still to run, in order; or why this program and this database do not fit each other. */
export function planMigrations(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): Result<readonly MigrationFile[], MigrationRefusal> {
  const ordered = files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, file] of ordered.entries()) {
    const other = ordered[i + 1];
    if (other && numberOf(file.name) === numberOf(other.name)) {
      return refuse({ code: 'kernel.migration_number_twice', name: file.name, other: other.name });
    }
  }
  const known = new Map(ordered.map((file) => [file.name, file]));
  for (const { name, sha256, breaking } of applied) {
    const file = known.get(name);
    if (file && file.sha256 !== sha256) return refuse({ code: 'kernel.migration_changed', name });
    if (!file && breaking) return refuse({ code: 'kernel.migration_newer', name });
  }
  const done = new Set(applied.map((a) => a.name));
  return accept(ordered.filter((file) => !done.has(file.name)));
}

/** A file is breaking when a line of its leading comment says just that. */
export function isBreaking(sql: string): boolean {
  const end = sql.search(/^(?!--|\s*$)/m);
  return /^-- breaking\s*$/m.test(end < 0 ? sql : sql.slice(0, end));
}

const numberOf = (name: string) => name.slice(0, 4);
