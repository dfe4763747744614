import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { type RatingRefusal, rate } from '../product/rating.ts';
import { gate, type Holder, holderGate, isNew, type RiskRefusal, riskOf, workingFor } from '../product/risk.rules.ts';
import { type Offer, offerOfTariff } from '../product/scheme.store.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Change, EndReason } from './endorsement.rules.ts';
import type { HeldPolicy } from './endorsement.store.ts';
import { knownOf, subjectsOf } from './quote.service.ts';
import { evidenceOf, type InsurableCard, insurables } from './quote.store.ts';
import { type Rated, standingOf } from './standing.rules.ts';

/** What a person asks of a policy. */
export type Ask =
  | { kind: 'add'; on: Day; elevatorIds: readonly ElevatorId[] }
  | { kind: 'remove'; on: Day; elevatorIds: readonly ElevatorId[] }
  | { kind: 'change'; on: Day; elevatorIds: readonly ElevatorId[] | null } // null: all of them
  | { kind: 'takeover'; on: Day; toOrgId: OrgId; reasonCode: string }
  | { kind: 'cancel'; lastOn: Day; reason: EndReason; reasonCode?: string | undefined }
  | { kind: 'reinstate' };

/** An elevator that could not be taken in, with the reason; the others lose nothing by it. */
export type LeftOut = { elevatorId: string; code: string; refusal: RiskRefusal | RatingRefusal };
export type AskRefusal = { code: 'insurance.nothing_to_insure' } | { code: 'insurance.none_insurable'; first: string };

type Drawn = { change: Change; leftOut: readonly LeftOut[]; detail: Readonly<Record<string, unknown>> };
type Drawing = { policy: HeldPolicy; ask: Ask };

/** What is asked, with the elevators it concerns rated under the policy's own tariff. */
export async function changeFrom(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { policy, ask }: Drawing,
): Promise<Result<Drawn, AskRefusal>> {
  switch (ask.kind) {
    case 'remove':
      return accept({ change: ask, leftOut: [], detail: {} });
    case 'reinstate':
      return accept({ change: ask, leftOut: [], detail: {} });
    case 'takeover': {
      const { reasonCode, ...change } = ask;
      return accept({
        change,
        leftOut: [],
        detail: { toOrgId: ask.toOrgId, fromOrgId: policy.holderOrgId, reasonCode },
      });
    }
    case 'cancel': {
      const { reasonCode, ...change } = ask;
      return accept({ change, leftOut: [], detail: { reason: ask.reason, reasonCode: reasonCode ?? null } });
    }
    case 'add': {
      const cards = await insurables(tx, { elevatorIds: ask.elevatorIds });
      const rated = await ratedOn(tx, policy, { cards, on: ask.on, holder: await holderOf(tx, policy) });
      if (rated.elevators.length === 0) return nobody(rated.leftOut);
      return accept({
        change: { kind: 'add', on: ask.on, elevators: rated.elevators },
        leftOut: rated.leftOut,
        detail: {},
      });
    }
    case 'change': {
      const elevatorIds = ask.elevatorIds ?? coveredBy(policy, ask.on);
      // As the owner, and only elevators of this policy: its insurer rates them anew without reading their files.
      const own = new Set(coveredBy(policy, ask.on));
      const cards = await insurables(deps.db, { elevatorIds: elevatorIds.filter((id) => own.has(id)) });
      const rated = await ratedOn(tx, policy, { cards, on: ask.on, holder: null });
      if (rated.elevators.length === 0) return nobody(rated.leftOut);
      return accept({
        change: { kind: 'change', on: ask.on, elevators: rated.elevators },
        leftOut: rated.leftOut,
        detail: {},
      });
    }
  }
}

const coveredBy = ({ base, acts }: HeldPolicy, on: Day): readonly ElevatorId[] =>
  standingOf(base, acts)
    .stretches.filter((s) => s.from <= on && on <= s.to)
    .map((s) => s.elevatorId as ElevatorId);

const nobody = ([first]: readonly LeftOut[]): Result<never, AskRefusal> =>
  refuse(first ? { code: 'insurance.none_insurable', first: first.code } : { code: 'insurance.nothing_to_insure' });

/** The policyholder with what it is: a maker or installer insures what is not handed over, a use unit what it uses. */
async function holderOf(tx: Tx<InsuranceTables>, { holderOrgId }: HeldPolicy): Promise<Holder> {
  const org = await tx.selectFrom('identity.org_card').select('kinds').where('id', '=', holderOrgId).executeTakeFirst();
  return { orgId: holderOrgId, kinds: org?.kinds ?? [] };
}

/** `holder`: who would hold their cover; null where they are covered already. */
type Rating = { cards: readonly InsurableCard[]; on: Day; holder: Holder | null };

/** Rate these elevators as of a day. Who is covered already stays covered though his inspection ran out meanwhile. */
async function ratedOn(tx: Tx<InsuranceTables>, policy: HeldPolicy, { cards, on, holder }: Rating) {
  invariant(policy.tariffId, 'a policy issued here has its tariff');
  const offer = await offerOfTariff(tx, policy.tariffId);
  invariant(offer, 'the tariff of a policy stays on file');
  const evidence = await evidenceOf(tx, subjectsOf(cards), on);
  const elevators: Rated[] = [];
  const leftOut: LeftOut[] = [];
  for (const card of cards) {
    const { elevatorId, code, address, areaCodes, orgIds } = card;
    const done = rateOne(card, { offer, on, holder, known: knownOf(card, evidence) });
    if (!done.ok) leftOut.push({ elevatorId, code, refusal: done.refusal });
    else {
      const { total, parts } = done.value;
      const working = { ...done.value, working: workingFor(done.value.working, card) };
      elevators.push({ elevatorId, code, address, areaCodes, orgIds, annual: total, parts, working });
    }
  }
  return { elevators, leftOut };
}

type One = { offer: Offer; on: Day; holder: Holder | null; known: Parameters<typeof riskOf>[1] };

function rateOne(card: InsurableCard, { offer, on, holder, known }: One) {
  const barred = holder ? (ownerGate(card, holder) ?? gate(card, on, offer.excludedAreas)) : undefined;
  return barred ? refuse(barred) : rate(riskOf(card, known, on), offer.tariff);
}

/** Only what its holder answers for joins a policy: his own elevators in use, or a maker's that are not handed over. */
function ownerGate(card: InsurableCard, holder: Holder): RiskRefusal | undefined {
  const isOthers = !isNew(card) && card.useOrgId !== null && card.useOrgId !== holder.orgId;
  return holderGate(card, holder) ?? (isOthers ? { code: 'insurance.not_of_holder' } : undefined);
}
