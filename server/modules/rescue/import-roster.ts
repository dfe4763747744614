import type { AnyDb, Db, Tx } from '../../kernel/db.ts';
import type { PersonId } from '../../kernel/ids.ts';
import {
  type ExportLine,
  type ImportContext,
  type ImportKind,
  type ImportRow,
  refuseRow,
  type Taken,
  textIn,
} from '../../kernel/import-kind.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { clockOf, dayOf } from '../../kernel/time.ts';
import {
  askedKey,
  contactsOf,
  type IdentityTables,
  type Meant,
  type MeantOrg,
  orgsNamed,
  peopleNamed,
} from '../identity/index.ts';
import type { DutyRow, RescuerRow, StationRow } from './field.tables.ts';
import { ROSTER_FIELDS } from './field-import.rules.ts';
import { orgOf } from './import-stations.ts';
import type { RescueTables } from './tables.ts';

export type RosterImportDeps = { newId: () => string; secret: SecretData; now: () => Date };
type Outcome = 'created' | 'changed' | 'unchanged' | 'refused';

/** Who is on duty from when to when. Somebody who was no rescuer yet becomes one, at the station of the row. */
export const rosterImport = (deps: RosterImportDeps): ImportKind => ({
  kind: 'roster',
  fields: ROSTER_FIELDS,
  required: [['personName'], ['org'], ['fromAt'], ['toAt']],
  countMissing: ['station', 'phone'],
  tells: false,
  keyOf: () => [],
  take: (context, rows) => takeRoster(deps, context, rows),
  lines: (db) => rosterLines(db, deps),
});

type Work = RosterImportDeps &
  ImportContext & {
    people: ReadonlyMap<string, Meant<PersonId>>;
    stations: readonly Pick<StationRow, 'id' | 'org_id' | 'name' | 'kind'>[];
    rescuers: Map<PersonId, Pick<RescuerRow, 'person_id' | 'area_codes' | 'org_ids'>>;
    duties: Set<string>;
  };

async function takeRoster(deps: RosterImportDeps, context: ImportContext, rows: readonly ImportRow[]): Promise<Taken> {
  const tx = context.tx.withTables<RescueTables>();
  const orgs = await orgsNamed(
    context.tx.withTables<IdentityTables>(),
    rows.map((row) => textIn(row, 'org')),
  );
  const named = rows.map((row) => ({ row, org: orgOf(context, row, orgs.get(textIn(row, 'org'))) }));
  const asked = named.flatMap(({ row, org }) => (org ? [askedOf(row, org)] : []));
  const people = await peopleNamed(context.tx.withTables<IdentityTables>(), deps.secret, asked);
  const ids = [...people.values()].filter((id): id is PersonId => id !== 'none' && id !== 'several');
  const work: Work = {
    ...deps,
    ...context,
    people,
    stations: await tx
      .selectFrom('rescue.station')
      .select(['id', 'org_id', 'name', 'kind'])
      .where('closed_on', 'is', null)
      .execute(),
    rescuers: await rescuersOf(tx, ids),
    duties: await dutiesOf(tx, ids),
  };
  const taken: Taken = { created: 0, changed: 0, unchanged: 0, refused: 0, ids: [] };
  for (const { row, org } of named) taken[org ? await takeDuty(work, row, org) : 'refused'] += 1;
  return taken;
}

const askedOf = (row: ImportRow, org: MeantOrg) => ({
  orgId: org.id,
  name: textIn(row, 'personName'),
  phone: textIn(row, 'phone'),
});

async function rescuersOf(tx: Tx<RescueTables>, ids: readonly PersonId[]): Promise<Work['rescuers']> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('rescue.rescuer')
    .select(['person_id', 'area_codes', 'org_ids'])
    .where('person_id', 'in', [...ids])
    .where('left_on', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.person_id, row]));
}

const dutyKey = (d: Pick<DutyRow, 'person_id' | 'from_at' | 'to_at'>): string =>
  `${d.person_id} ${d.from_at.getTime()} ${d.to_at.getTime()}`;

async function dutiesOf(tx: Tx<RescueTables>, ids: readonly PersonId[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectFrom('rescue.duty')
    .select(['person_id', 'from_at', 'to_at'])
    .where('person_id', 'in', [...ids])
    .execute();
  return new Set(rows.map(dutyKey));
}

async function takeDuty(work: Work, row: ImportRow, org: MeantOrg): Promise<Outcome> {
  const person = work.people.get(askedKey(askedOf(row, org))) ?? 'none';
  if (person === 'none' || person === 'several') {
    refuseRow(row, 'personName', person === 'none' ? 'identity.cell_person_none' : 'identity.cell_person_several');
    return 'refused';
  }
  const [from_at, to_at] = [instantIn(row, 'fromAt'), instantIn(row, 'toAt')];
  if (!from_at || !to_at || to_at <= from_at) {
    refuseRow(row, from_at ? 'toAt' : 'fromAt', 'rescue.cell_duty_times');
    return 'refused';
  }
  const rescuer = work.rescuers.get(person) ?? (await register(work, row, { person, org }));
  if (!rescuer) return 'refused';
  const duty = { person_id: person, from_at, to_at };
  if (work.duties.has(dutyKey(duty))) return 'unchanged';
  work.duties.add(dutyKey(duty));
  const { area_codes, org_ids } = rescuer;
  await work.tx
    .withTables<RescueTables>()
    .insertInto('rescue.duty')
    .values({ id: work.newId(), ...duty, source: 'import', area_codes, org_ids })
    .execute();
  return 'created';
}

/** The instant of a moment on the city's clocks. */
function instantIn(row: ImportRow, field: string): Date | null {
  const text = textIn(row, field);
  return text === '' ? null : new Date(`${text}:00+08:00`);
}

/** Somebody's first duty makes them a rescuer, at the station of the row if it names one of the organisation's. */
async function register(
  work: Work,
  row: ImportRow,
  { person, org }: { person: PersonId; org: MeantOrg },
): Promise<Pick<RescuerRow, 'person_id' | 'area_codes' | 'org_ids'> | null> {
  const named = textIn(row, 'station');
  const station = work.stations.find((s) => s.org_id === org.id && s.name === named);
  if (named !== '' && !station) {
    refuseRow(row, 'station', 'rescue.cell_station_none');
    return null;
  }
  const audience = { area_codes: [...org.areaCodes], org_ids: [org.id] };
  const facts = {
    org_id: org.id,
    station_id: station?.id ?? null,
    label: textIn(row, 'crew') || station?.name || textIn(row, 'org'),
    kind: station?.kind ?? ('maintenance' as const),
    left_on: null,
    ...audience,
  };
  await work.tx
    .withTables<RescueTables>()
    .insertInto('rescue.rescuer')
    .values({ person_id: person, ...facts, certified_until: null, lng: null, lat: null, position_at: null })
    .onConflict((c) => c.column('person_id').doUpdateSet(facts))
    .execute();
  const rescuer = { person_id: person, ...audience };
  work.rescuers.set(person, rescuer);
  return rescuer;
}

/** The roster from today on. */
async function* rosterLines(anyDb: AnyDb, { secret, now }: RosterImportDeps): AsyncGenerator<ExportLine> {
  const db = anyDb as Db<RescueTables>;
  const rows = await db
    .selectFrom('rescue.duty as d')
    .innerJoin('rescue.rescuer as r', 'r.person_id', 'd.person_id')
    .innerJoin('identity.org_card as o', 'o.id', 'r.org_id')
    .leftJoin('rescue.station as s', 's.id', 'r.station_id')
    .select(['d.person_id', 'o.name as org', 's.name as station', 'r.label', 'd.from_at', 'd.to_at'])
    .where('d.to_at', '>', now())
    .where('d.source', '<>', 'phone')
    .orderBy('d.from_at')
    .orderBy('d.person_id')
    .execute();
  const contacts = await contactsOf({ db: anyDb as Db<IdentityTables>, secret }, [
    ...new Set(rows.map((row) => row.person_id)),
  ]);
  for (const row of rows) {
    const contact = contacts.get(row.person_id);
    yield {
      personName: contact?.name ?? '',
      phone: contact?.phone ?? '',
      org: row.org,
      station: row.station ?? '',
      crew: row.label,
      fromAt: momentText(row.from_at),
      toAt: momentText(row.to_at),
    };
  }
}

/** As the city's clocks show it. */
const momentText = (at: Date): string => `${dayOf(at)} ${clockOf(at)}`;
