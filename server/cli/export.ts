import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { otherImports } from '../imports.ts';
import { keepAct } from '../kernel/audit.ts';
import { csvLine } from '../kernel/csv.ts';
import type { ImportKind } from '../kernel/import-kind.ts';
import { say } from '../kernel/language.ts';
import type { Kernel } from '../kernel/module.ts';
import { actAs } from '../kernel/scope.ts';
import { xlsxBytes } from '../kernel/xlsx.ts';
import { cellsOf, headerOf, tableImports } from '../modules/registry/index.ts';
import { CommandError, commandLanguage, withHouse } from './context.ts';
import { TABLE_KINDS } from './import.ts';

/** `tian export`: everything of a kind as a table that `tian import` takes in again. */
export function exportCommand(): Command {
  const command = new Command('export').description('write everything of a kind to a table that imports again');
  for (const kind of TABLE_KINDS) command.addCommand(table(kind));
  return command;
}

const table = (kind: (typeof TABLE_KINDS)[number]): Command =>
  new Command(kind)
    .description(say(`registry.import_kind.${kind}`, commandLanguage))
    .argument('<file>', 'what to write: .csv or .xlsx')
    .option('--reason <text>', 'why names and phones leave in plain; kept in the audit')
    .action((file: string, { reason }: { reason?: string }) => exportTable(kind, file, reason));

async function exportTable(name: string, path: string, reason: string | undefined): Promise<void> {
  await withHouse('tian export', async ({ kernel, pack }) => {
    const kind = tableImports(kernel, pack, otherImports(kernel, pack)).kinds.get(name);
    if (!kind) throw new CommandError(say('registry.import_kind_unknown', commandLanguage));
    if (kind.fields.some((field) => field.personal)) await keepReason(kernel, kind, reason);
    const count = /\.xlsx$/i.test(path) ? await toXlsx(kernel, kind, path) : await toCsv(kernel, kind, path);
    process.stdout.write(`${count} → ${path}\n`);
  });
}

/** Names and phones leave in plain only with a reason, which stays in the audit beside every other look at them. */
async function keepReason({ db }: Kernel, { kind }: ImportKind, reason: string | undefined): Promise<void> {
  if (!reason?.trim()) throw new CommandError(say('registry.export_reason', commandLanguage));
  await db.transaction().execute(async (tx) => {
    await actAs(tx, 'cli');
    await keepAct(tx, { action: 'export', object: `registry.import_kind.${kind}`, rowId: kind, after: { reason } });
  });
}

async function toCsv({ db }: Kernel, kind: ImportKind, path: string): Promise<number> {
  let count = 0;
  writeFileSync(path, '', { mode: 0o600 });
  async function* text() {
    yield `\uFEFF${csvLine(headerOf(kind))}`;
    for await (const line of kind.lines(db)) {
      count += 1;
      yield csvLine(cellsOf(kind, line));
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
  return count;
}

async function toXlsx({ db }: Kernel, kind: ImportKind, path: string): Promise<number> {
  let count = 0;
  writeFileSync(path, '', { mode: 0o600 });
  async function* rows() {
    yield headerOf(kind);
    for await (const line of kind.lines(db)) {
      count += 1;
      yield cellsOf(kind, line);
    }
  }
  await pipeline(Readable.from(xlsxBytes(rows(), kind.kind)), createWriteStream(path));
  return count;
}
