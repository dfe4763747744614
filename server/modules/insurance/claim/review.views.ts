import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { reviewQuery, reviewSample } from '../../../../contract/insurance-claim-reviews.ts';
import { REVIEW_OUTCOMES } from '../../../../contract/insurance-vocabulary.ts';
import type { Db } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { addDays, type Day, startOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { LossKind } from './cover.rules.ts';
import { sampleOf } from './review.rules.ts';

/** Fewer claims of a kind have no mean to be far from. */
const LEAST_FOR_MEAN = 5;
const LOT_DIGITS = 8;
const reviewed = z.object({ outcome: z.enum(REVIEW_OUTCOMES), note: z.string() });

type Row = {
  id: string;
  number: string;
  kind: LossKind;
  address: string;
  amount: number;
  decided_at: Date;
  reviewed_at: Date | null;
  review: unknown;
};

/** The sample of an insurer's decided claims, each with why it is in it and what a second look found. */
export async function reviewSampleOf(
  db: Db<InsuranceTables>,
  leadOrgId: OrgId | null,
  ask: z.output<typeof reviewQuery>,
): Promise<z.output<typeof reviewSample>> {
  const [from, until] = [startOf(ask.from as Day), startOf(addDays(ask.to as Day, 1))];
  const { rows } = await sql<Row>`select c.id, c.number, c.kind, c.place ->> 'address' as address,
      (c.body -> 'decision' ->> 'amount')::bigint as amount, (c.moments ->> 'decided')::timestamptz as decided_at,
      r.at as reviewed_at, r.after as review
    from insurance.claim c left join lateral (select s.at, s.after from insurance.claim_step s
      where s.claim_id = c.id and s.step = 'review' order by s.id desc limit 1) r on true
    where c.lead_org_id = ${leadOrgId}::uuid and c.phase in ('accepted', 'closed') and c.body ->> 'refusal' is null
      and (c.moments ->> 'decided')::timestamptz >= ${from} and (c.moments ->> 'decided')::timestamptz < ${until}
    order by decided_at, c.id`.execute(db);
  const means = await meansBefore(db, leadOrgId, from);
  const claims = rows.map((row) => ({ ...row, amount: fen(row.amount), lot: lotOf(ask.seed, row.id) }));
  const terms = { percent: ask.percent, above: fen(ask.above), variance: ask.variance };
  return {
    decided: rows.length,
    items: sampleOf(claims, means, terms).map((c) => ({
      id: c.id,
      number: c.number,
      kind: c.kind,
      address: c.address,
      amount: c.amount,
      decidedAt: c.decided_at.toISOString(),
      why: c.why,
      mean: means.get(c.kind) ?? null,
      review: c.reviewed_at ? { at: c.reviewed_at.toISOString(), ...reviewed.parse(c.review) } : null,
    })),
  };
}

/** What each kind of claim cost on average in the year before. */
async function meansBefore(
  db: Db<InsuranceTables>,
  leadOrgId: OrgId | null,
  from: Date,
): Promise<ReadonlyMap<LossKind, Fen>> {
  const { rows } = await sql<{ kind: LossKind; mean: number }>`
    select kind, round(avg((body -> 'decision' ->> 'amount')::bigint))::bigint as mean from insurance.claim
    where lead_org_id = ${leadOrgId}::uuid and phase in ('accepted', 'closed') and body ->> 'refusal' is null
      and (moments ->> 'decided')::timestamptz >= ${from}::timestamptz - interval '1 year' and (moments ->> 'decided')::timestamptz < ${from}
    group by kind having count(*) >= ${LEAST_FOR_MEAN}`.execute(db);
  return new Map(rows.map((r) => [r.kind, fen(r.mean)]));
}

/** The lot of a claim under a seed, from 0 up to 1: anybody counts it again from SHA-256 of `seed claim`. */
const lotOf = (seed: string, id: string): number =>
  Number.parseInt(createHash('sha256').update(`${seed} ${id}`).digest('hex').slice(0, LOT_DIGITS), 16) /
  16 ** LOT_DIGITS;
