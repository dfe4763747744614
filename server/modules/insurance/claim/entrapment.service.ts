import type { Tx } from '../../../kernel/db.ts';
import { derivedId, type ElevatorId } from '../../../kernel/ids.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { type Message, notify, send } from '../../../kernel/notify.ts';
import { invariant } from '../../../kernel/result.ts';
import { maskPhone } from '../../../kernel/secret-data.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { claimEvent } from './claim.announce.ts';
import type { ClaimDeps } from './claim.deps.ts';
import type { StoredRelease } from './claim.rows.ts';
import { findClaim, type StoredClaim, saveClaim } from './claim.store.ts';
import { nextClock } from './claim-clock.rules.ts';
import { clocksFor } from './claim-clocks.ts';
import { takeReport } from './claim-open.service.ts';
import { limitsOf } from './claim-working.rules.ts';
import { type Cover, coverAt } from './cover.rules.ts';
import { coverLines, holdReport } from './cover.store.ts';
import { BY_RELEASE, correctionOf, dueHeads, lossAt, type Release, trapped } from './entrapment.rules.ts';
import { draftsOf, insertDrafts, markTexted, openCode } from './entrapment.store.ts';

/**
 * People are out of an elevator: a claim drafts itself from the rescue's own time stamps, one head a person, once. A
 * release that is told again corrects what was drafted. Runs as the owner, in the transaction that hears of it. Nothing is
 * drafted where the cover's table owes nothing for this time and nobody is hurt.
 */
export async function draftFromRelease(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { release, phones }: { release: Release; phones: readonly string[] },
): Promise<void> {
  const key = `release:${release.incidentId}`;
  await holdReport(tx, key);
  const known = await tx
    .selectFrom('insurance.claim_report')
    .select('claim_id')
    .where('key', '=', key)
    .executeTakeFirst();
  if (known) return correctDrafts(tx, deps, { claimId: known.claim_id, release, phones });
  if (release.people === 0) return;
  const at = lossAt(release);
  const lines = await coverLines(tx, release.elevatorId as ElevatorId, dayOf(at));
  const cover = coverAt(lines, { at, kind: 'entrapment' });
  const time = trapped(release);
  const heads = cover ? dueOf(cover, { seconds: time.seconds, people: release.people ?? 1 }) : [];
  const hurt = release.injuries === true;
  if (heads.length === 0 && !hurt) return;
  const told = await takeReport(tx, deps, {
    key,
    channel: 'rescue',
    kind: hurt ? 'injury' : 'entrapment',
    elevatorId: release.elevatorId as ElevatorId,
    happenedAt: at,
    reportedAt: release.reportedAt ?? release.awareAt,
    said: '',
    reporter: null,
    codeKey: null,
    incidentId: release.incidentId,
    release: storedRelease(release, time),
  });
  // Where nobody said how many there were, a handler asks; a head that nobody counted gets no code.
  if (!told.claimId || release.people === null || heads.length === 0) return;
  const was = await findClaim(tx, told.claimId, { hold: true });
  invariant(was, 'the claim was just made or found');
  if ((await draftsOf(tx, [was.id])).length > 0) return;
  await addHeads(tx, deps, { was, is: was, name: 'draft_heads', first: 1, heads, time, phones });
}

/**
 * The release is told again. Heads that nobody counted before are added, one a person; those that were drafted stand, with
 * their codes and what was paid on them. Where the table would now owe them another sum, or somebody is hurt after all,
 * nothing is paid by rule any more. The handlers hear of it either way.
 */
async function correctDrafts(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claimId, release, phones }: { claimId: string | null; release: Release; phones: readonly string[] },
): Promise<void> {
  const was = claimId === null ? undefined : await findClaim(tx, claimId, { hold: true });
  if (!was?.coverage || isSame(was.body.release, release)) return; // nothing covered it, or it was said before
  const drafted = (await draftsOf(tx, [was.id])).map((d) => fen(d.due));
  const time = trapped(release);
  const due =
    release.people === null ? drafted : dueOf({ coverage: was.coverage }, { ...time, people: release.people });
  const { added, agrees } = correctionOf(drafted, due);
  const is: StoredClaim = {
    ...was,
    body: {
      ...was.body,
      release: storedRelease(release, time),
      otherReports: was.body.otherReports || !agrees || release.injuries === true,
    },
  };
  const heads = was.phase === 'closed' || was.phase === 'refused' ? [] : added; // first to be opened again
  await addHeads(tx, deps, { was, is, name: 'release_corrected', first: drafted.length + 1, heads, time, phones });
  const known = was.body.release;
  if (agrees && known?.people === release.people && known.injuries === release.injuries) return; // seconds, and no fen
  await tellHandlers(tx, deps, { claim: is, heads: heads.length });
}

/** Is this what the claim knows already? */
const isSame = (known: StoredRelease | null, told: Release): boolean =>
  known !== null &&
  known.people === told.people &&
  known.injuries === told.injuries &&
  known.trusted === told.trusted &&
  known.releasedAt === told.releasedAt.toISOString();

/** By the table of the cover. What the year's limit still holds is asked again when it is decided. */
const dueOf = ({ coverage }: Pick<Cover, 'coverage'>, time: { seconds: number; people: number }): readonly Fen[] =>
  coverage.benefit
    ? dueHeads({ id: coverage.id, ...coverage.benefit }, { ...time, limits: limitsOf(coverage, fen(0)) })
    : [];

const storedRelease = (release: Release, time: StoredRelease['trapped']): StoredRelease => ({
  trapped: time,
  stoppedAt: release.stoppedAt?.toISOString() ?? null,
  reportedAt: release.reportedAt?.toISOString() ?? null,
  awareAt: release.awareAt.toISOString(),
  releasedAt: release.releasedAt.toISOString(),
  trusted: release.trusted,
  people: release.people,
  injuries: release.injuries,
});

type Heads = {
  was: StoredClaim;
  is: StoredClaim; // as it is but for the heads
  name: 'draft_heads' | 'release_corrected';
  first: number; // the number of the first of these heads
  heads: readonly Fen[];
  time: StoredRelease['trapped'];
  phones: readonly string[]; // of callers who want their code by text
};

async function addHeads(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { was, is: before, name, first, heads, time, phones }: Heads,
): Promise<void> {
  const at = deps.now();
  const drafts = heads.map((due, i) => ({
    id: deps.newId(),
    claimId: was.id,
    head: first + i,
    due,
    trappedSeconds: time.seconds,
    at,
  }));
  await insertDrafts(tx, deps.secret, drafts);
  const is = assessedByTable(before, drafts);
  const next = nextClock(clocksFor(deps, is, at));
  await saveClaim(tx, { was, is }, { at, actor: BY_RELEASE, name, next });
  await claimEvent(tx, deps, { claim: { ...is, version: was.version + 1 }, by: name });
  const texted = drafts.length === 0 ? 0 : await textCodes(tx, deps, { claim: is, phones });
  await tellUseUnit(tx, deps, { claim: is, heads: drafts.length - texted });
}

/**
 * One code to each phone that called and agreed, and no more codes than people came out. The text is known by its draft: heard
 * twice it goes once. Returns how many went.
 */
async function textCodes(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim, phones }: { claim: StoredClaim; phones: readonly string[] },
): Promise<number> {
  const at = deps.now();
  const drafts = (await draftsOf(tx, [claim.id]))
    .map((draft, i) => ({ draft, to: phones[i] ?? '' }))
    .filter(({ draft, to }) => to !== '' && draft.texted_at === null);
  const messages: Message[] = [];
  for (const { draft, to } of drafts) {
    const { publicUrl } = deps;
    const params = { address: claim.place.address, ...(publicUrl && { link: `${publicUrl}/~/claim` }) };
    const secrets = { code: openCode(deps.secret, draft) };
    const id = derivedId('insurance.text.claim_code', draft.id);
    messages.push({
      id,
      channel: 'sms',
      to,
      code: publicUrl ? 'insurance.text.claim_code_link' : 'insurance.text.claim_code',
      params,
      secrets,
      subject: claim.id,
      at,
    });
    await markTexted(tx, draft.id, { at, to: maskPhone(to) });
  }
  await send(tx, deps.secret, messages);
  return drafts.length;
}

/**
 * An entrapment on its own cover is assessed by the table as it is drafted, and as long as nobody decided on it; on another
 * claim, and after that, a handler assesses.
 */
function assessedByTable(was: StoredClaim, drafts: readonly { id: string; head: number; due: Fen }[]): StoredClaim {
  const { assessment: standing, decision } = was.body;
  const isNew = was.phase === 'reported' && !standing;
  const isOurs = was.phase === 'assessing' && standing?.by === BY_RELEASE && !decision;
  if (was.coverage?.kind !== 'entrapment' || drafts.length === 0 || !(isNew || isOurs)) return was;
  const items = [
    ...(standing?.items ?? []),
    ...drafts.map(({ id, head, due }) => ({
      id: `head-${head}`,
      payee: id,
      payeeKind: 'victim' as const,
      amount: due,
    })),
  ];
  const assessment = { items, by: BY_RELEASE, note: '', losses: [], working: null };
  const reserve = sum(items.map((i) => i.amount));
  return { ...was, phase: 'assessing', body: { ...was.body, assessment, reserve } };
}

/** The use unit hands the codes that no text carried to those who were inside. */
async function tellUseUnit(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim, heads }: { claim: StoredClaim; heads: number },
): Promise<void> {
  const { useOrgId } = claim.place;
  if (!useOrgId || heads === 0) return;
  await notify(tx, [
    {
      id: deps.newId(),
      at: deps.now(),
      to: {
        roles: ['use_unit_head', 'safety_director', 'safety_officer'],
        audience: { areaCodes: [], orgIds: [useOrgId] },
      },
      code: 'insurance.notice.claim_codes',
      params: { number: claim.number, heads, address: claim.place.address },
      link: `/claims/${claim.id}`,
    },
  ]);
}

/** What was drafted was drafted on another word: somebody looks whether it is right still. */
async function tellHandlers(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claim, heads }: { claim: StoredClaim; heads: number },
): Promise<void> {
  await notify(tx, [
    {
      id: deps.newId(),
      at: deps.now(),
      to: { roles: ['handler'], audience: { areaCodes: [], orgIds: [claim.leadOrgId] } },
      code: 'insurance.notice.release_corrected',
      params: { number: claim.number, address: claim.place.address, heads },
      link: `/claims/${claim.id}`,
    },
  ]);
}
