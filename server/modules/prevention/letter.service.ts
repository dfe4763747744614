import { type Insertable, sql } from 'kysely';
import { USE_UNIT } from '../../../contract/identity-vocabulary.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { addWorkingDays, type Day, dayOf } from '../../kernel/time.ts';
import { insurersOf } from '../insurance/index.ts';
import type { PreventionDeps } from './deps.ts';
import type { SurveyCounted } from './events.ts';
import type { RatingRow } from './judgement.tables.ts';
import { SATISFIED_FROM } from './score.rules.ts';
import type { PreventionTables } from './tables.ts';
import { elevatorWithCode, nextNumber } from './visit.store.ts';

export type LetterRefusal =
  | { code: 'prevention.no_elevator'; rescueCode: string }
  | { code: 'prevention.not_insured'; rescueCode: string }
  | { code: 'prevention.letter_not_found' }
  | { code: 'prevention.letter_answered' }
  | { code: 'prevention.letter_outcome'; outcome: string }
  | { code: 'prevention.changed_meanwhile' }
  | { code: 'prevention.rated'; year: number }
  | { code: 'prevention.no_result' }
  | { code: 'prevention.appeal_late'; until: string }
  | { code: 'prevention.appeal_known' };
type Sent = Result<{ letterId: string; number: string; dueOn: string }, LetterRefusal>;

/** The insurers of the elevator with this code, as anybody who rides it may know. */
async function insurersByCode(deps: PreventionDeps, rescueCode: string) {
  const card = await elevatorWithCode(deps.db, rescueCode);
  if (!card) return refuse({ code: 'prevention.no_elevator' as const, rescueCode });
  const insurers = await insurersOf(deps.db, { elevatorId: card.id, on: dayOf(deps.now()) });
  const [lead] = insurers;
  return lead ? accept({ card, insurers, lead }) : refuse({ code: 'prevention.not_insured' as const, rescueCode });
}

type Writing = {
  kind: 'suggestion' | 'appeal';
  insurer: OrgId;
  scoreId: string | null;
  text: string;
  days: number;
  areas: readonly string[];
};

async function write(
  tx: Tx<PreventionTables>,
  deps: PreventionDeps,
  viewer: Viewer & { writing: Writing },
): Promise<Sent> {
  const { kind, insurer, scoreId, text, days, areas } = viewer.writing;
  const now = deps.now();
  const today = dayOf(now);
  const dueOn = addWorkingDays(today, days, deps.calendar);
  const number = await nextNumber(tx, kind === 'appeal' ? 'YY' : 'JY', today.slice(0, 4));
  const id = deps.newId();
  await tx
    .insertInto('prevention.letter')
    .values({
      id,
      number,
      kind,
      insurer_org_id: insurer,
      score_id: scoreId,
      from_role: viewer.role,
      from_org_id: viewer.orgId,
      actor: viewer.accountId,
      text,
      at: now,
      due_on: dueOn,
      answered_at: null,
      outcome: null,
      answer: '',
      area_codes: [...areas],
      org_ids: [insurer, ...(viewer.orgId ? [viewer.orgId] : [])],
    })
    .execute();
  return accept({ letterId: id, number, dueOn });
}

/** Owners, use units and maintenance units tell the insurer of an elevator how to do better (合理化建议). */
export async function suggest(
  deps: PreventionDeps,
  viewer: Viewer,
  { rescueCode, text }: { rescueCode: string; text: string },
): Promise<Sent> {
  const found = await insurersByCode(deps, rescueCode);
  if (!found.ok) return found;
  const { lead, card } = found.value;
  const days = deps.settings.suggestionDays;
  const writing = { kind: 'suggestion' as const, insurer: lead, scoreId: null, text, days, areas: card.area_codes };
  return deps.scoped(viewer, (tx) => write(tx, deps, { ...viewer, writing }));
}

/** Those an insurer serves. The association's opinion stands beside theirs and in no official share. */
const SERVED: readonly string[] = [...USE_UNIT, 'owner'];

type Telling = { rows: readonly Insertable<RatingRow>[]; useOrgId: OrgId; deps: PreventionDeps };

/** Each answer is told once, without who gave it: the yearly forms count it. */
const tellAnswers = (tx: Tx<PreventionTables>, { rows, useOrgId, deps }: Telling): Promise<void> =>
  publish(
    tx,
    rows.map((row) => {
      const event: SurveyCounted = {
        type: 'prevention.survey_counted',
        v: 1,
        data: {
          surveyId: row.id,
          useOrgId,
          insurerOrgId: row.insurer_org_id,
          closedAt: row.at.toISOString(),
          valid: 1,
          satisfied: row.score >= SATISFIED_FROM ? 1 : 0,
        },
      };
      const audience = { areaCodes: row.area_codes, orgIds: row.org_ids };
      return { ...event, id: deps.newId(), occurredAt: row.at, subject: row.id, version: 1, audience };
    }),
  );

/** One vote a year on each insurer of the elevator one rides or answers for. */
export async function rate(
  deps: PreventionDeps,
  viewer: Viewer,
  { rescueCode, score, text }: { rescueCode: string; score: number; text: string },
): Promise<Result<{ insurers: number; year: number }, LetterRefusal>> {
  const found = await insurersByCode(deps, rescueCode);
  if (!found.ok) return found;
  const now = deps.now();
  const year = Number(dayOf(now).slice(0, 4));
  const { insurers, card } = found.value;
  return deps.scoped(viewer, async (tx): Promise<Result<{ insurers: number; year: number }, LetterRefusal>> => {
    await holdVoice(tx, viewer.accountId);
    const known = await tx
      .selectFrom('prevention.rating')
      .select('insurer_org_id')
      .where('year', '=', year)
      .where('actor', '=', viewer.accountId)
      .where('insurer_org_id', 'in', [...insurers])
      .execute();
    if (known.length > 0) return refuse({ code: 'prevention.rated', year });
    const voice = { year, actor: viewer.accountId, from_role: viewer.role, score, text, at: now };
    const rows = insurers.map((insurer) => ({
      id: deps.newId(),
      insurer_org_id: insurer,
      ...voice,
      area_codes: card.area_codes,
      org_ids: [insurer],
    }));
    await tx.insertInto('prevention.rating').values(rows).execute();
    if (card.use_org_id && SERVED.includes(viewer.role))
      await tellAnswers(tx, { rows, useOrgId: card.use_org_id, deps });
    return accept({ insurers: rows.length, year });
  });
}

/** One vote of a voter at a time: pressed twice it is one, and not a fault. Held until the transaction ends. */
async function holdVoice(tx: Tx<PreventionTables>, accountId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`prevention.rating ${accountId}`}, 0))`.execute(tx);
}

const OUTCOMES = { suggestion: ['adopted', 'explained', 'declined'], appeal: ['upheld', 'rejected'] } as const;
type Outcome = (typeof OUTCOMES)['suggestion'][number] | (typeof OUTCOMES)['appeal'][number];

/** The insurer answers, once. An appeal that is upheld takes the result back. */
export const answerLetter = (
  deps: PreventionDeps,
  viewer: Viewer,
  said: { id: string; version: number; outcome: Outcome; answer: string },
): Promise<Result<{ ok: true }, LetterRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ ok: true }, LetterRefusal>> => {
    const row = await tx
      .selectFrom('prevention.letter')
      .selectAll()
      .where('id', '=', said.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row || row.insurer_org_id !== viewer.orgId) return refuse({ code: 'prevention.letter_not_found' });
    if (row.answered_at) return refuse({ code: 'prevention.letter_answered' });
    if (row.version !== said.version) return refuse({ code: 'prevention.changed_meanwhile' });
    if (!OUTCOMES[row.kind].some((o) => o === said.outcome))
      return refuse({ code: 'prevention.letter_outcome', outcome: said.outcome });
    const now = deps.now();
    await tx
      .updateTable('prevention.letter')
      .set({ answered_at: now, outcome: said.outcome, answer: said.answer, version: row.version + 1 })
      .where('id', '=', said.id)
      .execute();
    if (said.outcome === 'upheld' && row.score_id)
      await tx
        .updateTable('prevention.evaluation_score')
        .set({ withdrawn_at: now })
        .where('id', '=', row.score_id)
        .execute();
    return accept({ ok: true as const });
  });

/** A maintenance unit objects to a published result, within the city's window, once. */
export const appeal = (
  deps: PreventionDeps,
  viewer: Viewer,
  { evaluation, text }: { evaluation: string; text: string },
): Promise<Sent> =>
  deps.scoped(viewer, async (tx): Promise<Sent> => {
    const score = await tx
      .selectFrom('prevention.evaluation_score as s')
      .innerJoin('prevention.evaluation as e', 'e.id', 's.evaluation_id')
      .select(['s.id', 's.insurer_org_id', 'e.published_at', 's.area_codes'])
      .where('e.number', '=', evaluation)
      .where('s.unit_org_id', '=', viewer.orgId)
      .where('s.shown', '=', true)
      .executeTakeFirst();
    if (!score?.published_at) return refuse({ code: 'prevention.no_result' });
    const until = appealUntil(deps, score.published_at);
    if (dayOf(deps.now()) > until) return refuse({ code: 'prevention.appeal_late', until });
    const known = await tx
      .selectFrom('prevention.letter')
      .select('id')
      .where('score_id', '=', score.id)
      .executeTakeFirst();
    if (known) return refuse({ code: 'prevention.appeal_known' });
    const days = deps.settings.appealAnswerDays;
    const writing = {
      kind: 'appeal' as const,
      insurer: score.insurer_org_id,
      scoreId: score.id,
      text,
      days,
      areas: score.area_codes,
    };
    return write(tx, deps, { ...viewer, writing });
  });

/** The last day on which a published result may be appealed. */
export const appealUntil = ({ settings, calendar }: PreventionDeps, publishedAt: Date): Day =>
  addWorkingDays(dayOf(publishedAt), settings.appealWindowDays, calendar);
