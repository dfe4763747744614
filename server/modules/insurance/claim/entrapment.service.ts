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
import { dueHeads, lossAt, type Release, trapped } from './entrapment.rules.ts';
import { draftsOf, insertDrafts, markTexted, openCode } from './entrapment.store.ts';

/**
 * People are out of an elevator: a claim drafts itself from the rescue's own time stamps, one head a person, once. Runs
 * as the owner, in the transaction that hears of the release. Nothing is drafted where the cover's table owes nothing
 * for this time and nobody is hurt.
 */
export async function draftFromRelease(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { release, phones }: { release: Release; phones: readonly string[] },
): Promise<void> {
  if (release.people === 0) return;
  const key = `release:${release.incidentId}`;
  await holdReport(tx, key);
  const known = await tx.selectFrom('insurance.claim_report').select('id').where('key', '=', key).executeTakeFirst();
  if (known) return;
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
  if (told.claimId && release.people !== null) await addHeads(tx, deps, { claimId: told.claimId, heads, time, phones });
}

/** By the table of the cover. What the year's limit still holds is asked again when it is decided. */
const dueOf = ({ coverage }: Cover, time: { seconds: number; people: number }): readonly Fen[] =>
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
  claimId: string;
  heads: readonly Fen[];
  time: StoredRelease['trapped'];
  phones: readonly string[]; // of callers who want their code by text
};

async function addHeads(
  tx: Tx<InsuranceTables>,
  deps: ClaimDeps,
  { claimId, heads, time, phones }: Heads,
): Promise<void> {
  const was = await findClaim(tx, claimId, { hold: true });
  invariant(was, 'the claim was just made or found');
  if (heads.length === 0 || (await draftsOf(tx, [claimId])).length > 0) return;
  const at = deps.now();
  const drafts = heads.map((due, i) => ({
    id: deps.newId(),
    claimId,
    head: i + 1,
    due,
    trappedSeconds: time.seconds,
    at,
  }));
  await insertDrafts(tx, deps.secret, drafts);
  const is = assessedByTable(was, drafts);
  const next = nextClock(clocksFor(deps, is, at));
  await saveClaim(tx, { was, is }, { at, actor: 'event:rescue.people_released', name: 'draft_heads', next });
  await claimEvent(tx, deps, { claim: { ...is, version: was.version + 1 }, by: 'draft_heads' });
  const texted = await textCodes(tx, deps, { claim: is, phones });
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
  const drafts = (await draftsOf(tx, [claim.id])).slice(0, phones.length);
  const messages: Message[] = [];
  for (const [i, draft] of drafts.entries()) {
    const to = phones[i] ?? '';
    const params = { address: claim.place.address };
    const secrets = { code: openCode(deps.secret, draft) };
    const id = derivedId('insurance.text.claim_code', draft.id);
    messages.push({
      id,
      channel: 'sms',
      to,
      code: 'insurance.text.claim_code',
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

/** An entrapment on its own cover is assessed by the table as it is drafted; on another claim a handler assesses. */
function assessedByTable(was: StoredClaim, drafts: readonly { id: string; head: number; due: Fen }[]): StoredClaim {
  if (was.coverage?.kind !== 'entrapment' || was.body.assessment || was.phase !== 'reported') return was;
  const items = drafts.map(({ id, head, due }) => ({
    id: `head-${head}`,
    payee: id,
    payeeKind: 'victim' as const,
    amount: due,
  }));
  const assessment = { items, by: 'event:rescue.people_released', note: '', losses: [], working: null };
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
