import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { type ImportContext, type ImportRow, refuseRow, textIn } from '../../kernel/import-kind.ts';
import { type IdentityTables, type MeantOrg, orgsNamed } from '../identity/index.ts';
import { findByIdentifier } from './card.views.ts';
import type { GivenIdentifier } from './identifier.rules.ts';
import { identifiersOf } from './import-draft.rules.ts';
import type { RegistryTables } from './tables.ts';

/** Which file a row means: an id, nothing yet, no code at all, or codes of more than one file. */
export type MeantFile = ElevatorId | 'no_code' | 'several' | null;

export async function filesMeant(
  tx: Tx<RegistryTables>,
  sourceId: string,
  rows: readonly ImportRow[],
): Promise<Map<ImportRow, MeantFile>> {
  const asked = rows.flatMap((row) => identifiersOf(row, sourceId).map((identifier) => ({ row, identifier })));
  const found = await findByIdentifier(
    tx,
    asked.map((a): GivenIdentifier => a.identifier),
  );
  const answers = new Map<ImportRow, MeantFile>(rows.map((row) => [row, 'no_code']));
  asked.forEach(({ row }, i) => {
    const id = found[i] ?? null;
    const before = answers.get(row) ?? null;
    if (before === 'no_code' || before === null) answers.set(row, id);
    else if (id !== null && before !== id) answers.set(row, 'several');
  });
  return answers;
}

/** Refuse a row whose codes mean no file, or more than one. False: it means one, or a new one. */
export function refuseUnmeant(
  row: ImportRow,
  meant: MeantFile | undefined,
): meant is 'no_code' | 'several' | undefined {
  if (meant === 'several') refuseRow(row, 'registrationCode', 'registry.cell_row_two_files');
  else if (meant === 'no_code' || meant === undefined) refuseRow(row, 'registrationCode', 'registry.cell_row_no_code');
  else return false;
  return true;
}

/** The organisations that rows name in these fields, by the words of the rows. */
export const orgsOfRows = (
  { tx }: Pick<ImportContext, 'tx'>,
  fields: readonly string[],
  rows: readonly ImportRow[],
): ReturnType<typeof orgsNamed> =>
  orgsNamed(
    tx.withTables<IdentityTables>(),
    rows.flatMap((row) => fields.flatMap((field) => textIn(row, field) || [])),
  );

export type OrgBook = ReadonlyMap<string, MeantOrg | 'none' | 'several'>;
