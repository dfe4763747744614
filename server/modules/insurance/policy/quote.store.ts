import { sql } from 'kysely';
import { type Db, insertMany, type Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import type { Premium, RatingRefusal, Risk } from '../product/rating.ts';
import { BEFORE_HAND_OVER, type Evidence, type Insurable, type RiskRefusal } from '../product/risk.rules.ts';
import type { CardColumns, InsuranceTables, QuoteRow } from '../tables.ts';
import { quoteNumber } from './quote-number.rules.ts';

/** One elevator of a quote: rated, or refused with the reason. */
export type QuoteLine = {
  card: InsurableCard; // as the file stood: an insurer cannot read it there
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

type CardRow = Pick<CardColumns, (typeof COLUMNS)[number]>;

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
 * The elevators that these codes name, each once; `codes` are plain (`plainCode`). A code is looked for among rescue codes first,
 * as units name their elevators, and only what is none among registration codes; code by code, because of one list of thousands
 * the planner weighs every single one before it begins.
 */
export async function insurablesOfCodes(
  db: Db<InsuranceTables>,
  codes: readonly string[],
): Promise<readonly InsurableCard[]> {
  const columns = sql.join(COLUMNS.map((name) => sql.ref(`e.${name}`)));
  const by = async (column: 'rescue_code' | 'registration_code', asked: readonly string[]) => {
    if (asked.length === 0) return [];
    const { rows } = await sql<CardRow>`select ${columns} from unnest(${texts(asked)}::text[]) c
      join registry.elevator_card e on ${sql.ref(`e.${column}`)} = c`.execute(db);
    return rows;
  };
  const named = await by('rescue_code', codes);
  const found = new Set(named.map((row) => row.rescue_code));
  const rest = await by(
    'registration_code',
    codes.filter((code) => !found.has(code)),
  );
  return [...new Map([...named, ...rest].map((row) => [row.id, insurableOf(row)])).values()];
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

const insurableOf = (row: CardRow): InsurableCard => ({
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

/** The newest evidence of each subject on that day, one query for all; each subject stands once in the list. */
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
    select * from insurance.newest_evidence(${items(subjects)}::uuid[], ${on}::date)`.execute(db);
  const found = new Map<string, Evidence>();
  for (const { subject_id, kind, key, source, as_of_on, id } of rows) {
    found.set(subject_id, { ...found.get(subject_id), [kind]: { key, source, on: as_of_on, record: id } });
  }
  return found;
}

const LINES_A_STATEMENT = 5_000;

export type NewQuote = { row: Omit<QuoteRow, 'no' | 'version'> & { version: number }; lines: readonly QuoteLine[] };

/** Save quotes with their lines, in the caller's transaction. Elevators that were rated alike share one rating of their quote. */
export async function saveQuotes(tx: Tx<InsuranceTables>, quotes: readonly NewQuote[]): Promise<void> {
  await insertMany(
    tx,
    'insurance.quote',
    quotes.map((q) => q.row),
  );
  const each = quotes.map(({ row, lines }) => numbered(row.id, lines));
  await saveRatings(
    tx,
    each.flatMap((q) => q.ratings),
  );
  const lines = each.flatMap((q) => q.lines);
  for (let at = 0; at < lines.length; at += LINES_A_STATEMENT) {
    await saveLines(tx, lines.slice(at, at + LINES_A_STATEMENT));
  }
}

/** The numbers by which people name these quotes, by id. */
export async function quoteNumbers(
  db: Db<InsuranceTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('insurance.quote')
    .select(['id', 'no', 'asked_at'])
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, no, asked_at }) => [id, quoteNumber(no, asked_at)]));
}

type NewRating = { quoteId: string; no: number; line: QuoteLine };
type NewLine = { quoteId: string; no: number | null; line: QuoteLine };

/** Each line of a quote with the number of its rating: the first elevator that was rated so stands for all. */
function numbered(quoteId: string, lines: readonly QuoteLine[]): { ratings: NewRating[]; lines: NewLine[] } {
  const nos = new Map<Premium, number>();
  const ratings: NewRating[] = [];
  const all = lines.map((line): NewLine => {
    if (line.premium === null) return { quoteId, no: null, line };
    const no = nos.get(line.premium) ?? nos.size + 1;
    if (no > nos.size) {
      nos.set(line.premium, no);
      ratings.push({ quoteId, no, line });
    }
    return { quoteId, no, line };
  });
  return { ratings, lines: all };
}

async function saveRatings(tx: Tx<InsuranceTables>, ratings: readonly NewRating[]): Promise<void> {
  await sql`select insurance.keep_quote_ratings(${items(ratings.map((r) => r.quoteId))}::uuid[],
    ${items(ratings.map((r) => r.no))}::integer[], ${column(ratings.map((r) => json(classesOf(r.line))))},
    ${column(ratings.map((r) => json(r.line.premium)))})`.execute(tx);
}

async function saveLines(tx: Tx<InsuranceTables>, lines: readonly NewLine[]): Promise<void> {
  const each = <T>(of: (line: QuoteLine) => T): T[] => lines.map(({ line }) => of(line));
  await sql`select insurance.keep_quote_lines(${items(lines.map((l) => l.quoteId))}::uuid[],
    ${items(each((l) => l.card.elevatorId))}::uuid[], ${items(lines.map((l) => l.no))}::integer[],
    ${items(each((l) => l.card.inUseOn))}::date[], ${items(each((l) => l.premium?.total ?? 0))}::bigint[],
    ${texts(each((l) => l.card.code))}::text[], ${texts(each((l) => l.card.address))}::text[],
    ${column(each((l) => items(l.card.areaCodes)))}, ${column(each((l) => items(l.card.orgIds)))},
    ${column(each((l) => (l.refusal ? json(l.risk) : '')))}, ${column(each((l) => json(l.refusal)))})`.execute(tx);
}

/** What it was rated by, beside the answers, which stand in its working. */
const classesOf = ({ risk }: QuoteLine): object => ({
  ratingClass: risk?.ratingClass,
  placeClass: risk?.placeClass,
  splitClass: risk?.splitClass,
});

// Values without a line break, one a line, cost the database a fraction of an array whose items must be quoted:
// JSON escapes its line breaks, and numbers, days, codes of areas and ids have neither those nor anything to quote.
const column = (values: readonly string[]): string => values.join('\n');
const items = (values: readonly (string | number | null)[]): string => `{${values.map((v) => v ?? 'null').join()}}`;
const texts = (values: readonly string[]): string =>
  `{${values.map((v) => `"${/["\\]/.test(v) ? v.replaceAll(/["\\]/g, '\\$&') : v}"`).join()}}`;
const json = (value: unknown): string => (value === null ? '' : JSON.stringify(value));
