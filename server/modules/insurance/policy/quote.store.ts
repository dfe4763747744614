import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import type { Premium, RatingRefusal, Risk } from '../product/rating.ts';
import { BEFORE_HAND_OVER, type Evidence, type Insurable, type RiskRefusal } from '../product/risk.rules.ts';
import type { CardColumns, InsuranceTables, QuoteRow } from '../tables.ts';

/** One elevator of a quote: rated, or refused with the reason. */
export type QuoteLine = {
  elevatorId: ElevatorId;
  code: string; // as the file stood: an insurer cannot read it there
  address: string;
  areaCodes: readonly string[];
  orgIds: readonly string[];
  risk: Risk | null;
} & ({ premium: Premium; refusal: null } | { premium: null; refusal: RatingRefusal | RiskRefusal });

export type InsurableCard = Insurable & {
  elevatorId: ElevatorId;
  code: string;
  codes: readonly string[]; // by which a roster may name it
  address: string;
  areaCodes: string[];
  orgIds: string[];
  maintenanceOrgId: OrgId | null;
};

const COLUMNS = [
  'id',
  'kind',
  'state',
  'rescue_code',
  'registration_code',
  'address',
  'place_class',
  'use_org_id',
  'maintenance_org_id',
  'maker_org_id',
  'in_use_on',
  'next_inspection_on',
  'area_codes',
  'org_ids',
] as const;

type AskedFor = { elevatorIds: readonly ElevatorId[] } | { useOrgId: OrgId } | { newOf: OrgId };

/** The elevators asked for, or every one of a use unit, as far as the viewer sees them. */
export async function insurables(db: Db<InsuranceTables>, asked: AskedFor): Promise<readonly InsurableCard[]> {
  const query = db.selectFrom('registry.elevator_card').select(COLUMNS);
  const chosen =
    'useOrgId' in asked
      ? query.where('use_org_id', '=', asked.useOrgId).where('state', '=', 'in_use')
      : 'newOf' in asked
        ? query.where(sql<boolean>`${asked.newOf}::uuid = any(org_ids)`).where('state', 'in', [...BEFORE_HAND_OVER])
        : query.where('id', '=', sql<ElevatorId>`any(${[...asked.elevatorIds]}::uuid[])`);
  return (await chosen.orderBy('id').execute()).map(insurableOf);
}

/**
 * The elevators that these codes name, each once; `codes` are plain (`plainCode`). Looked up code by code: of one list of thousands
 * the planner weighs every single one before it begins.
 */
export async function insurablesOfCodes(
  db: Db<InsuranceTables>,
  codes: readonly string[],
): Promise<readonly InsurableCard[]> {
  const columns = sql.join(COLUMNS.map((name) => sql.ref(`e.${name}`)));
  const { rows } = await sql<Pick<CardColumns, (typeof COLUMNS)[number]>>`
    select ${columns} from unnest(${codes}::text[]) c join registry.elevator_card e on e.rescue_code = c
    union all
    select ${columns} from unnest(${codes}::text[]) c join registry.elevator_card e on e.registration_code = c`.execute(
    db,
  );
  return [...new Map(rows.map((row) => [row.id, insurableOf(row)])).values()];
}

/** What these organisations are: a maker or installer insures what is not handed over yet. */
export async function kindsOf(
  db: Db<InsuranceTables>,
  ids: readonly OrgId[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('identity.org_card')
    .select(['id', 'kinds'])
    .where('id', '=', sql<OrgId>`any(${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((r) => [r.id, r.kinds]));
}

const insurableOf = (row: Pick<CardColumns, (typeof COLUMNS)[number]>): InsurableCard => ({
  elevatorId: row.id,
  code: row.rescue_code ?? row.registration_code ?? '',
  codes: [row.rescue_code, row.registration_code].filter((c) => c !== null),
  address: row.address,
  kind: row.kind,
  state: row.state,
  placeClass: row.place_class,
  villa: false,
  inUseOn: row.in_use_on as Day | null,
  nextInspectionOn: row.next_inspection_on as Day | null,
  useOrgId: row.use_org_id,
  maintenanceOrgId: row.maintenance_org_id,
  makerOrgId: row.maker_org_id,
  areaCodes: row.area_codes,
  orgIds: row.org_ids,
});

/** The newest evidence of each subject on that day, one query for all. */
export async function evidenceOf(
  db: Db<InsuranceTables>,
  subjects: readonly string[],
  on: Day,
): Promise<ReadonlyMap<string, Evidence>> {
  const { rows } = await sql<{
    subject_id: string;
    kind: keyof Evidence;
    key: string;
    source: string;
    as_of_on: string;
    id: string;
  }>`
    select * from insurance.newest_evidence(${[...new Set(subjects)]}::uuid[], ${on}::date)`.execute(db);
  const found = new Map<string, Evidence>();
  for (const { subject_id, kind, key, source, as_of_on, id } of rows) {
    found.set(subject_id, { ...found.get(subject_id), [kind]: { key, source, on: as_of_on, record: id } });
  }
  return found;
}

const LINES_A_STATEMENT = 5_000;
const QUOTES_A_STATEMENT = 1_000;

export type NewQuote = { row: Omit<QuoteRow, 'version'>; lines: readonly QuoteLine[] };

/** Save quotes with their lines, in the caller's transaction. */
export async function saveQuotes(tx: Tx<InsuranceTables>, quotes: readonly NewQuote[]): Promise<void> {
  for (let at = 0; at < quotes.length; at += QUOTES_A_STATEMENT) {
    const rows = quotes.slice(at, at + QUOTES_A_STATEMENT).map((q) => q.row);
    await tx.insertInto('insurance.quote').values(rows).execute();
  }
  const lines = quotes.flatMap((q) => q.lines.map((line) => ({ line, quoteId: q.row.id })));
  for (let at = 0; at < lines.length; at += LINES_A_STATEMENT) {
    const part = lines.slice(at, at + LINES_A_STATEMENT);
    const each = <T>(of: (line: QuoteLine) => T): T[] => part.map(({ line }) => of(line));
    await sql`select insurance.keep_quote_lines(${arrayText(part.map((l) => l.quoteId))}::uuid[],
      ${arrayText(each((l) => l.elevatorId))}::uuid[], ${column(each((l) => json(inputsOf(l))))},
      ${column(each((l) => json(l.premium)))}, ${column(each((l) => json(l.refusal)))},
      ${arrayText(each((l) => l.premium?.total ?? 0))}::bigint[], ${each((l) => l.code)}::text[],
      ${each((l) => l.address)}::text[], ${column(each((l) => arrayText(l.areaCodes)))},
      ${column(each((l) => arrayText(l.orgIds)))})`.execute(tx);
  }
}

/** What it was rated by, once: the answers of a rated line stand in its working. */
const inputsOf = ({ risk, premium }: QuoteLine): object | null =>
  risk && premium ? { ratingClass: risk.ratingClass, placeClass: risk.placeClass, splitClass: risk.splitClass } : risk;

// Values without a line break, one a line, cost the database a fraction of an array whose items must be quoted:
// JSON escapes its line breaks, and numbers, codes and ids have neither those nor anything to quote.
const column = (values: readonly string[]): string => values.join('\n');
const arrayText = (values: readonly (string | number)[]): string => `{${values.join()}}`;
const json = (value: unknown): string => (value === null ? '' : JSON.stringify(value));
