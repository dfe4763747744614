import type { Tx } from '../../kernel/db.ts';
import { buildingRow, derivedColumns, technicalColumns } from './bulk.store.ts';
import type { EditedFile } from './edit.rules.ts';
import { type Building, type Derived, derive } from './file.rules.ts';
import type { StoredFile } from './file.store.ts';
import { identifierKey } from './identifier.rules.ts';
import type { RegistryTables } from './tables.ts';

export type Saving = { now: Date; newId: () => string; areaName: (code: string) => string };

/**
 * Save what changed of a file: the row if the version still holds, then what hangs on it. Undefined when someone else
 * saved first. Answers with the new version and the derived row, whose audience the events carry.
 */
export async function saveChange(
  tx: Tx<RegistryTables>,
  { was, next }: { was: StoredFile; next: EditedFile },
  saving: Saving,
): Promise<{ version: number; derived: Derived } | undefined> {
  if (next.building && next.building !== was.building) await saveBuilding(tx, next.building, was.building === null);
  const derived = derive(next, saving.areaName);
  const version = was.version + 1;
  const { params, ...technical } = technicalColumns(next.technical);
  const { numUpdatedRows } = await tx
    .updateTable('registry.elevator')
    .set({
      ...technical,
      params: JSON.stringify(params),
      ...derivedColumns(derived),
      building_id: next.building?.id ?? null,
      state: next.state,
      state_at: next.stateAt,
      changed_at: saving.now,
      version,
    })
    .where('id', '=', was.id)
    .where('version', '=', was.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) return undefined;
  await saveIdentifiers(tx, { was, next }, saving);
  await saveParties(tx, { was, next }, saving);
  await saveClasses(tx, { was, next }, saving);
  return { version, derived };
}

async function saveBuilding(tx: Tx<RegistryTables>, building: Building, isNew: boolean): Promise<void> {
  const { created_at: _, version: __, ...row } = buildingRow(building);
  if (isNew) await tx.insertInto('registry.building').values(row).execute();
  else {
    await tx
      .updateTable('registry.building')
      .set((eb) => ({ ...row, version: eb('version', '+', 1) }))
      .where('id', '=', building.id)
      .execute();
  }
}

type Pair = { was: StoredFile; next: EditedFile };

async function saveIdentifiers(tx: Tx<RegistryTables>, { was, next }: Pair, { newId }: Saving): Promise<void> {
  const keyOf = (i: { type: string; issuer: string; value: string }) =>
    `${i.type} ${i.issuer} ${identifierKey(i.value)}`;
  const known = new Map(was.identifiers.map((i) => [keyOf(i), i]));
  for (const i of next.identifiers) {
    const before = known.get(keyOf(i));
    if (!before || (before.validTo !== null && i.validTo === null && before !== i)) {
      await tx
        .insertInto('registry.identifier')
        .values({
          id: newId(),
          elevator_id: was.id,
          type: i.type,
          value: i.value,
          value_key: identifierKey(i.value),
          issuer: i.issuer,
          valid_from: i.validFrom,
          valid_to: i.validTo,
          warnings: [...i.warnings],
          came_from: null,
        })
        .execute();
    } else if (before.validTo !== i.validTo) {
      await tx
        .updateTable('registry.identifier')
        .set({ valid_to: i.validTo })
        .where('elevator_id', '=', was.id)
        .where('type', '=', i.type)
        .where('issuer', '=', i.issuer)
        .where('value_key', '=', identifierKey(i.value))
        .where('valid_to', 'is', null)
        .execute();
    }
  }
}

async function saveParties(tx: Tx<RegistryTables>, { was, next }: Pair, { newId }: Saving): Promise<void> {
  const known = new Map(was.parties.map((p) => [p.id, p]));
  // Ends first: a role that one organisation holds at a time must be free before the next one takes it.
  for (const p of next.parties) {
    if (!p.id || known.get(p.id)?.toOn === p.toOn) continue;
    await tx.updateTable('registry.party').set({ to_on: p.toOn }).where('id', '=', p.id).execute();
  }
  const fresh = next.parties.filter((p) => !p.id);
  if (fresh.length === 0) return;
  await tx
    .insertInto('registry.party')
    .values(
      fresh.map((p) => ({
        id: newId(),
        elevator_id: was.id,
        role: p.role,
        org_id: p.orgId,
        person_id: p.personId,
        from_on: p.fromOn,
        to_on: p.toOn,
        source: p.source,
      })),
    )
    .execute();
}

async function saveClasses(tx: Tx<RegistryTables>, { was, next }: Pair, { now }: Saving): Promise<void> {
  for (const c of next.classes) {
    const before = was.classes.find((b) => b.field === c.field);
    if (before && before.value === c.value && before.source === c.source && before.asOfOn === c.asOfOn) continue;
    const row = { value: c.value, source: c.source, as_of_on: c.asOfOn, recorded_at: now };
    await tx
      .insertInto('registry.classification')
      .values({ elevator_id: was.id, field: c.field, ...row })
      .onConflict((conflict) => conflict.columns(['elevator_id', 'field']).doUpdateSet(row))
      .execute();
  }
}
