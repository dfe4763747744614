import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { RecordedKind } from '../../../../contract/insurance-vocabulary.ts';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import type { Place } from '../../../kernel/page.ts';
import type { Audience } from '../../../kernel/scope.ts';
import type { Day } from '../../../kernel/time.ts';
import { cardsOfCodes } from '../policy/roster.store.ts';
import type { EvidenceRow } from '../policy/underwriting.tables.ts';
import type { InsuranceTables } from '../tables.ts';
import type { AskedTable, EvidenceState } from './evidence.rules.ts';
import { tariffBody } from './scheme.rows.ts';

export type Subject = { kind: 'org' | 'elevator'; id: string; audience: Audience };

/** The unit a record is about, with everybody who works with it: those of its elevators' areas see it. */
export async function orgSubject(db: Db<InsuranceTables>, id: OrgId): Promise<Subject | undefined> {
  const { rows } = await sql<{ area_codes: string[] }>`
    select coalesce((select array_agg(distinct a) from registry.elevator_card c, unnest(c.area_codes) a
      where c.use_org_id = o.id or c.maintenance_org_id = o.id), '{}') as area_codes
    from identity.org_card o where o.id = ${id}::uuid`.execute(db);
  const [row] = rows;
  return row && { kind: 'org', id, audience: { areaCodes: row.area_codes, orgIds: [id] } };
}

/** The elevator a record is about, as far as the viewer sees it. */
export async function elevatorSubject(tx: Tx<InsuranceTables>, code: string): Promise<Subject | undefined> {
  const [card] = await cardsOfCodes(tx, [code]);
  if (!card) return undefined;
  const row = await tx
    .selectFrom('registry.elevator_card')
    .select(['area_codes', 'org_ids'])
    .where('id', '=', card.elevatorId as ElevatorId)
    .executeTakeFirstOrThrow();
  return { kind: 'elevator', id: card.elevatorId, audience: { areaCodes: row.area_codes, orgIds: row.org_ids } };
}

/** Every factor table of price lists that are sold or will be. */
export async function askedTables(db: Db<InsuranceTables>, on: string): Promise<readonly AskedTable[]> {
  const rows = await db
    .selectFrom('insurance.tariff as t')
    .innerJoin('insurance.product as p', 'p.id', 't.product_id')
    .select('t.body')
    .where((eb) => eb.or([eb('p.to_on', 'is', null), eb('p.to_on', '>=', on)]))
    .execute();
  return rows.flatMap((r) => tariffBody.parse(r.body).factors);
}

/** The answer that counts of a subject on a day, or none. */
export async function answerOn(
  db: Db<InsuranceTables>,
  { id, kind, on }: { id: string; kind: RecordedKind; on: string },
): Promise<string> {
  const { rows } = await sql<{ key: string }>`
    select key from insurance.newest_evidence(array[${id}::uuid], ${on}::date) where kind = ${kind}`.execute(db);
  return rows[0]?.key ?? 'none';
}

export type NewEvidence = Pick<
  Selectable<EvidenceRow>,
  | 'id'
  | 'kind'
  | 'key'
  | 'source'
  | 'document'
  | 'as_of_on'
  | 'valid_to'
  | 'recorded_by'
  | 'recorded_name'
  | 'needs_second'
> & { subject: Subject; recorderOrgId: OrgId | null };

export async function insertEvidence(tx: Tx<InsuranceTables>, e: NewEvidence): Promise<Audience> {
  const { subject, recorderOrgId, ...row } = e;
  const orgIds = [...new Set([...subject.audience.orgIds, ...(recorderOrgId ? [recorderOrgId] : [])])];
  const audience = { areaCodes: [...subject.audience.areaCodes], orgIds };
  await tx
    .insertInto('insurance.evidence')
    .values({
      ...row,
      subject_kind: subject.kind,
      subject_id: subject.id,
      area_codes: audience.areaCodes,
      org_ids: audience.orgIds,
    })
    .execute();
  return audience;
}

/** One record, held until the transaction ends. */
export const findEvidence = (tx: Tx<InsuranceTables>, id: string) =>
  tx.selectFrom('insurance.evidence').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

const described = (db: Db<InsuranceTables>) =>
  db
    .selectFrom('insurance.evidence as e')
    .leftJoin('identity.org_card as o', (join) => join.on(sql<boolean>`o.id = e.subject_id`))
    .leftJoin('registry.elevator_card as c', (join) => join.on(sql<boolean>`c.id = e.subject_id`))
    .selectAll('e')
    .select(['o.name as unit', 'c.rescue_code', 'c.registration_code', 'c.address']);

export type DescribedEvidence = Awaited<ReturnType<ReturnType<typeof described>['executeTakeFirstOrThrow']>>;

export type EvidenceAsk = {
  kind: string | undefined;
  state: EvidenceState | undefined;
  after: Place | null;
  limit: number;
};

/** What a record's state means in its row; the twin of `evidenceState`. */
const inState = (state: EvidenceState, on: Day) => sql<boolean>`${sql.val(state)} = case
  when e.withdrawn_at is not null then 'withdrawn' when e.needs_second and e.confirmed_at is null then 'waiting'
  when e.as_of_on <= ${on}::date and (e.valid_to is null or ${on}::date <= e.valid_to) then 'counting' else 'over' end`;

/** Records as far as the viewer sees them, the newest first, from a place on; one row more than asked, where there is one. */
export const listEvidence = (db: Db<InsuranceTables>, { kind, state, after, limit }: EvidenceAsk, on: Day) =>
  described(db)
    .$if(kind !== undefined, (q) => q.where('e.kind', '=', kind as RecordedKind))
    .$if(state !== undefined, (q) => q.where(inState(state ?? 'counting', on)))
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(${recordedMs}, e.id) < (${after?.key}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy(recordedMs, 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
    .execute();

// A cursor names whole milliseconds: in the order of anything finer a page would begin with rows that were shown.
const recordedMs = sql`date_trunc('milliseconds', e.recorded_at)`;

const working = z.object({ working: z.array(z.object({ record: z.string().nullish() })) });

/** The records a quote's factors rest on. Who reads the quote reads them: `quote` is the viewer's, `db` the owner's. */
export async function evidenceOfQuote(
  { quote, db }: { quote: Db<InsuranceTables>; db: Db<InsuranceTables> },
  quoteId: string,
): Promise<readonly DescribedEvidence[]> {
  const lines = await quote
    .selectFrom('insurance.quoted_line')
    .select('premium')
    .distinct() // elevators alike share one
    .where('quote_id', '=', quoteId)
    .where('refusal', 'is', null)
    .execute();
  const ids = lines.flatMap((l) => working.parse(l.premium).working.flatMap((w) => w.record ?? []));
  return ids.length === 0
    ? []
    : described(db)
        .where('e.id', 'in', [...new Set(ids)])
        .execute();
}
