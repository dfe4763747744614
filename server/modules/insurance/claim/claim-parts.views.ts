import { sql } from 'kysely';
import { z } from 'zod';
import type { claimView } from '../../../../contract/insurance-claim-file.ts';
import type { Db } from '../../../kernel/db.ts';
import type { SecretData } from '../../../kernel/secret-data.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { REPEAT_DAYS, type Repeat } from './repair.rules.ts';

type View = z.infer<typeof claimView>;
type Of<Part extends keyof View> = Promise<View[Part]>;
/** Who may read what people wrote has the means to open it; null: it stays closed. */
type Opens = SecretData | null;

export const USES = {
  said: 'insurance.report.said',
  paperName: 'insurance.paper.name',
  paperContent: 'insurance.paper.content',
  findings: 'insurance.survey.findings',
  debtor: 'insurance.recovery.debtor',
  mediation: 'insurance.mediation.text',
} as const;

const read = (opens: Opens, use: string, sealed: string): string => opens?.open(use, sealed) ?? '';

export async function headsOf(db: Db<InsuranceTables>, claimId: string): Of<'heads'> {
  const rows = await db
    .selectFrom('insurance.entrapment_draft')
    .select(['id', 'head', 'due', 'state', 'filled_at', 'reasons'])
    .where('claim_id', '=', claimId)
    .orderBy('head')
    .execute();
  return rows.map(({ filled_at, reasons, ...row }) => ({
    ...row,
    filledAt: filled_at?.toISOString() ?? null,
    reasons: z.array(z.string()).parse(reasons),
  }));
}

export async function paymentsOn(db: Db<InsuranceTables>, claimId: string): Of<'payments'> {
  const rows = await db
    .selectFrom('insurance.claim_payment')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('proposed_at')
    .orderBy('id')
    .execute();
  return rows.map((p) => ({
    id: p.id,
    item: p.item_id,
    partyId: p.party_id,
    amount: p.amount,
    kind: p.kind,
    state: p.state,
    proposedAt: p.proposed_at.toISOString(),
    orderedAt: p.ordered_at?.toISOString() ?? null,
    completeAt: p.complete_at?.toISOString() ?? null,
    reportedAt: p.reported_at.toISOString(),
    paidAt: p.paid_at?.toISOString() ?? null,
    bankRef: p.bank_ref,
    victimProof:
      p.victim_paid_paper && p.victim_paid_party && p.victim_paid_on
        ? { paperId: p.victim_paid_paper, victimId: p.victim_paid_party, paidOn: p.victim_paid_on }
        : null,
  }));
}

export async function papersOf(db: Db<InsuranceTables>, opens: Opens, claimId: string): Of<'papers'> {
  const rows = await db
    .selectFrom('insurance.claim_paper')
    .select(['id', 'kind', 'name', 'media_type', 'size_bytes', 'at'])
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((p) => ({
    id: p.id,
    kind: p.kind,
    name: read(opens, USES.paperName, p.name),
    mediaType: p.media_type,
    sizeBytes: p.size_bytes,
    at: p.at.toISOString(),
  }));
}

export async function lettersOf(db: Db<InsuranceTables>, claimId: string): Of<'documents'> {
  const rows = await db
    .selectFrom('insurance.claim_document')
    .select(['id', 'no', 'kind', 'made_at', 'content_hash'])
    .where('claim_id', '=', claimId)
    .orderBy('no')
    .execute();
  return rows.map(({ made_at, content_hash, ...row }) => ({
    ...row,
    madeAt: made_at.toISOString(),
    contentHash: content_hash,
  }));
}

export async function reportsOf(db: Db<InsuranceTables>, opens: Opens, claimId: string): Of<'reports'> {
  const rows = await db
    .selectFrom('insurance.claim_report')
    .select(['id', 'channel', 'kind', 'happened_at', 'reported_at', 'said'])
    .where('claim_id', '=', claimId)
    .orderBy('reported_at')
    .execute();
  return rows.map((r) => ({
    id: r.id,
    channel: r.channel,
    kind: r.kind,
    happenedAt: r.happened_at.toISOString(),
    reportedAt: r.reported_at.toISOString(),
    said: opens && read(opens, USES.said, r.said),
  }));
}

/** Surveys, recoveries and mediations. */
export async function aftermathOf(
  db: Db<InsuranceTables>,
  { opens, mediates }: { opens: Opens; mediates: Opens }, // who mediates reads what is disputed, and nothing else
  claimId: string,
): Promise<Pick<View, 'surveys' | 'recoveries' | 'mediations'>> {
  const surveys = await db
    .selectFrom('insurance.claim_survey')
    .select(['id', 'at', 'findings'])
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .execute();
  const recoveries = await db
    .selectFrom('insurance.claim_recovery')
    .select(['id', 'kind', 'debtor', 'amount', 'received', 'state'])
    .where('claim_id', '=', claimId)
    .orderBy('opened_at')
    .execute();
  const mediations = await db
    .selectFrom('insurance.claim_mediation')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('at')
    .execute();
  return {
    surveys: surveys.map((s) => ({
      id: s.id,
      at: s.at.toISOString(),
      findings: read(opens, USES.findings, s.findings),
    })),
    recoveries: recoveries.map((r) => ({ ...r, debtor: read(opens, USES.debtor, r.debtor) })),
    mediations: mediations.map((m) => ({
      id: m.id,
      at: m.at.toISOString(),
      subject: read(mediates, USES.mediation, m.subject),
      outcome: m.outcome === null ? null : read(mediates, USES.mediation, m.outcome),
      endedAt: m.ended_at?.toISOString() ?? null,
    })),
  };
}

/** How far back prices are compared. */
export const BENCHMARK_DAYS = 730;

/** Which of these parts another claim of the same elevator listed in the days before. */
export async function repeatsOf(
  db: Db<InsuranceTables>,
  { claimId, codes, until }: { claimId: string; codes: readonly string[]; until: Date },
): Promise<readonly Repeat[]> {
  const since = new Date(until.getTime() - REPEAT_DAYS * 86_400_000);
  const { rows } = await sql<{ code: string; at: Date }>`
    select * from insurance.repair_repeats(${claimId}::uuid, ${[...codes]}::text[], ${since}, ${until})`.execute(db);
  return rows.map(({ code, at }) => ({ code, on: dayOf(at) }));
}

/** The parts of a repair, each beside what the same part cost in other accepted claims of two years. */
export async function repairOf(
  db: Db<InsuranceTables>,
  { claimId, now }: { claimId: string; now: Date },
): Of<'repair'> {
  const rows = await db
    .selectFrom('insurance.repair_line')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('line')
    .execute();
  if (rows.length === 0) return [];
  const since = new Date(now.getTime() - BENCHMARK_DAYS * 86_400_000);
  const { rows: known } = await sql<{ code: string; claims: number; median: number; upper: number }>`
    select * from insurance.repair_benchmark(${rows.map((r) => r.code)}::text[], ${since})`.execute(db);
  const listedAt = rows[0]?.at ?? now;
  const repeats = await repeatsOf(db, { claimId, codes: rows.map((r) => r.code), until: listedAt });
  return rows.map((r) => {
    const benchmark = known.find((k) => k.code === r.code);
    return {
      id: r.id,
      code: r.code,
      name: r.name,
      quantity: r.quantity,
      unitPrice: r.unit_price,
      accepted: r.accepted,
      reason: r.reason,
      repeatedOn: repeats.find((one) => one.code === r.code)?.on ?? null,
      benchmark: benchmark ? { claims: benchmark.claims, median: benchmark.median, upper: benchmark.upper } : null,
    };
  });
}

const after = z.object({
  phase: z.string().optional(),
  body: z.object({ reserve: z.int().nullable(), decision: z.object({ amount: z.int() }).nullable() }).optional(),
});

/** What happened to the claim, oldest first: the reserve's history stands in it. */
export async function stepsOf(db: Db<InsuranceTables>, claimId: string): Of<'steps'> {
  const rows = await db
    .selectFrom('insurance.claim_step')
    .select(['at', 'actor', 'step', 'after'])
    .where('claim_id', '=', claimId)
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const is = after.parse(row.after);
    return {
      at: row.at.toISOString(),
      actor: row.actor,
      step: row.step,
      phase: is.phase ?? null,
      reserve: is.body?.reserve ?? null,
      decided: is.body?.decision?.amount ?? null,
    };
  });
}
