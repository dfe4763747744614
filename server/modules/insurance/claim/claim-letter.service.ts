import type { Tx } from '../../../kernel/db.ts';
import { say } from '../../../kernel/language.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import type { StoredClaim } from './claim.store.ts';
import type { ClaimAct } from './claim-act.rules.ts';
import { type LetterKind, orgName, writeLetter, yuan } from './claim-letter.store.ts';

type Telling = { claim: StoredClaim; act: ClaimAct; by: string };

/** The letter that an act owes the other side: the one list of papers, the decision, the refusal with its reasons. */
export async function letterOfAct(tx: Tx<InsuranceTables>, deps: ClaimDeps, told: Telling): Promise<void> {
  const { claim, act, by } = told;
  const kind = LETTERS[act.do];
  if (!kind) return;
  await writeLetter(tx, deps, {
    kind,
    claim: letterHead(claim),
    to: await orgName(tx, claim.place.useOrgId),
    params: { number: claim.number, on: dayOf(deps.now()), ...paramsOf(claim, act) },
    rows: rowsOf(claim, act),
    by,
  });
}

const LETTERS: Readonly<Partial<Record<ClaimAct['do'], LetterKind>>> = {
  ask_papers: 'paper_request',
  decide: 'decision',
  refuse: 'refusal',
};

/** What stands at the head of every letter of a claim. */
export const letterHead = ({ id, number, leadOrgId, verification, place, happenedAt }: StoredClaim) => ({
  id,
  number,
  leadOrgId,
  policyNumber: verification.policyNumber,
  address: place.address,
  happenedAt,
});

function paramsOf(claim: StoredClaim, act: ClaimAct): Record<string, string> {
  if (act.do === 'ask_papers') return { papers: act.papers.join('、') };
  if (act.do === 'refuse') return { reason: say(`insurance.refusal_reason.${act.reason}`, 'zh'), text: act.text };
  return { amount: yuan(claim.body.decision?.amount ?? 0) };
}

function rowsOf(claim: StoredClaim, act: ClaimAct): readonly (readonly [string, string])[] {
  if (act.do === 'ask_papers') return act.papers.map((paper, i) => [`${i + 1}`, paper] as const);
  if (act.do !== 'decide') return [];
  const working = claim.body.assessment?.working;
  const line = (code: string, amount: number) => [say(`insurance.letter.${code}`, 'zh'), yuan(amount)] as const;
  if (!working) return [line('payable', claim.body.decision?.amount ?? 0)];
  return [
    line('claimed', working.claimed),
    line('after_own_limits', working.afterOwnLimits),
    line('payable', claim.body.decision?.amount ?? 0),
  ];
}
