import { writeXlsx } from 'hucre/xlsx';
import type { ExportLine, ImportKind } from '../../kernel/import-kind.ts';
import { say } from '../../kernel/language.ts';

/** The header of a kind's table: the names that the import knows by themselves. */
export const headerOf = ({ fields }: ImportKind): string[] =>
  fields.map(({ name }) => say(`registry.field.${name}`, 'zh'));

/** An empty table of a kind, to be filled in, with a second sheet that says what each column means. */
export function writeTemplate(kind: ImportKind): Promise<Uint8Array> {
  const header = headerOf(kind);
  const needed = new Set(kind.required.flat());
  const notes = kind.fields.map(({ name, cell, synonyms }, i) => [
    header[i] ?? '',
    say(`registry.template_cell.${typeof cell === 'string' ? cell : 'own'}`, 'zh'),
    needed.has(name) ? say('registry.template_needed', 'zh') : '',
    synonyms.filter((s) => /\p{Script=Han}/u.test(s)).join('、'),
  ]);
  const noteHeader = ['column', 'what', 'needed', 'also'].map((c) => say(`registry.template_column.${c}`, 'zh'));
  return writeXlsx({
    sheets: [
      // Every column as text: nothing is turned into a number or a date behind the clerk's back.
      {
        name: say(`registry.import_kind.${kind.kind}`, 'zh'),
        rows: [header],
        columns: header.map(() => ({ width: 18, numFmt: '@' })),
      },
      {
        name: say('registry.template_notes', 'zh'),
        rows: [noteHeader, ...notes],
        columns: [20, 24, 10, 60].map((width) => ({ width })),
      },
    ],
  });
}

/** A line in the columns of its kind. */
export const cellsOf = ({ fields }: ImportKind, line: ExportLine): string[] =>
  fields.map(({ name }) => String(line[name] ?? ''));
