import type { Tx } from '../../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, invariant, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { addDays, type Day, dayOf, startOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { type Risk, rate, type Tariff } from '../product/rating.ts';
import {
  type Evidence,
  gate,
  type Holder,
  holderGate,
  isNew,
  likenessOf,
  type RiskRefusal,
  riskOf,
} from '../product/risk.rules.ts';
import { findOffer, markUsed, type Offer } from '../product/scheme.store.ts';
import type { InsuranceTables } from '../tables.ts';
import type { AgencyRefusal, Mandate } from './mandate.rules.ts';
import { agencyToday } from './mandate.service.ts';
import { evidenceOf, type InsurableCard, insurables, kindsOf, type QuoteLine, saveQuotes } from './quote.store.ts';
import { reasonsFor } from './referral.rules.ts';
import { yearFrom } from './term.rules.ts';

/** What is asked for: a product for these elevators, or for all of a use unit, from a day on. */
export type QuoteRequest = {
  productId: string;
  holderOrgId: OrgId;
  leadOrgId: OrgId | null;
  elevatorIds: readonly ElevatorId[] | null; // null: every elevator in use of the holder
  from: Day;
  dry?: boolean; // rate and say, keep nothing
  comparisonId?: string | null;
  renewedFrom?: string | null;
};

export type QuoteRefusal =
  | { code: 'insurance.product_not_sold'; on: Day }
  | { code: 'insurance.not_filed'; product: string }
  | { code: 'insurance.starts_in_the_past'; earliest: Day }
  | AgencyRefusal
  | { code: 'insurance.quote_none_insurable'; because: Barred }
  | { code: 'insurance.nothing_to_insure' };

export type QuoteSummary = {
  quoteId: string;
  state: 'offered' | 'referred';
  elevators: number;
  refused: number;
  total: Fen;
  validUntil: Date;
};

/**
 * Rate every elevator asked for, with its working, and keep the offer. An elevator that cannot be insured stays in
 * the quote with the reason; the others lose nothing by it. Cover begins at 00:00 of a day that has not begun.
 */
export async function quote(
  deps: InsuranceDeps,
  viewer: Viewer,
  { elevatorIds, holderOrgId, ...wish }: QuoteRequest,
): Promise<Result<QuoteSummary, QuoteRefusal>> {
  const done = await deps.scoped(viewer, async (tx): Promise<Result<Kept, QuoteRefusal>> => {
    const offer = await offerFor(deps, tx, wish);
    if (!offer.ok) return offer;
    const agency = await agencyToday(deps, tx, { viewer, holderOrgId });
    const isMaker = ['maker', 'installer'].includes(viewer.role);
    const own = isMaker ? { newOf: holderOrgId } : { useOrgId: holderOrgId };
    const asked = elevatorIds ? { elevatorIds } : own;
    const isBroker = viewer.role === 'broker' && agency.ok && agency.value !== null;
    // A broker is party to no elevator: as the owner he sees those of the holder who appointed him, and no others.
    const seen = await insurables(isBroker ? deps.db : tx, asked);
    const cards = isBroker ? seen.filter((card) => card.useOrgId === holderOrgId) : seen;
    if (cards.length === 0) return refuse({ code: 'insurance.nothing_to_insure' });
    if (!agency.ok) return agency;
    const groups = [{ holderOrgId, cards, mandate: agency.value }];
    const kept = await rateAndKeep(tx, { deps, viewer, wish, offer: offer.value, groups });
    return kept.none ? refuse(kept.none) : accept(kept);
  });
  if (!done.ok) return done;
  await markKept(deps, wish, done.value);
  const summary = done.value.quotes.get(holderOrgId);
  invariant(summary, 'the one who asked is answered');
  return accept(summary);
}

/** A holder's elevators, and the mandate by which one asks for him. */
export type HolderGroup = { holderOrgId: OrgId; cards: readonly InsurableCard[]; mandate: Mandate | null };
export type EachRequest = Omit<QuoteRequest, 'holderOrgId' | 'elevatorIds'> & { groups: readonly HolderGroup[] };
/** What became of each holder, and why an elevator of theirs was not rated. */
export type EachDone = Pick<Kept, 'quotes' | 'barred'>;
type Barred = NonNullable<QuoteLine['refusal']>;

/**
 * The same for many holders at once, a quote each: their evidence, their quotes and lines are one question or one statement
 * each, however many holders there are. Who may act for whom was decided before.
 */
export async function quoteEach(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { viewer, groups, ...wish }: EachRequest & { viewer: Viewer },
): Promise<Result<EachDone, QuoteRefusal>> {
  const offer = await offerFor(deps, tx, wish);
  if (!offer.ok) return offer;
  const kept = await rateAndKeep(tx, { deps, viewer, wish, offer: offer.value, groups });
  await markKept(deps, wish, kept);
  return accept(kept);
}

type Wish = Omit<QuoteRequest, 'holderOrgId' | 'elevatorIds'>;
type Kept = {
  offer: Offer;
  quotes: ReadonlyMap<OrgId, QuoteSummary>;
  barred: ReadonlyMap<ElevatorId, Barred>;
  at: Date;
  none: NoneInsurable | null;
};
/** Not one elevator of a single quote can be insured now: there is nothing to offer and nothing to refer. */
type NoneInsurable = { code: 'insurance.quote_none_insurable'; because: Barred };

/** The product as it may be quoted for that day. */
async function offerFor(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { productId, from }: Wish,
): Promise<Result<Offer, QuoteRefusal>> {
  const earliest = addDays(dayOf(deps.now()), 1);
  if (from < earliest) return refuse({ code: 'insurance.starts_in_the_past', earliest });
  const offer = await findOffer(tx, productId, from);
  if (!offer) return refuse({ code: 'insurance.product_not_sold', on: from });
  return offer.tariff.filingNo ? accept(offer) : refuse({ code: 'insurance.not_filed', product: offer.product.name });
}

type Keeping = { deps: InsuranceDeps; viewer: Viewer; wish: Wish; offer: Offer; groups: readonly HolderGroup[] };

/** One reading of the evidence for all, each elevator rated by itself, one writing for all. */
async function rateAndKeep(tx: Tx<InsuranceTables>, { groups, ...keeping }: Keeping): Promise<Kept> {
  const { deps, wish, offer } = keeping;
  const now = deps.now();
  const evidence = await evidenceOf(tx, subjectsOf(groups.flatMap((g) => g.cards)), dayOf(now));
  const kinds = await kindsOf(
    tx,
    groups.map((g) => g.holderOrgId),
  );
  const rated = ratingOf({ evidence, tariff: offer.tariff, from: wish.from });
  const made = groups.map((group) => {
    const holder = { orgId: group.holderOrgId, kinds: kinds.get(group.holderOrgId) ?? [] };
    const lines = rateAll(group.cards, { offer, rated, from: wish.from, holder });
    return { row: quoteRow({ ...keeping, group, lines, now }), lines };
  });
  const insurable = made.filter(({ row }) => row.elevators > 0);
  if (!wish.dry) await saveQuotes(tx, insurable);
  const [only] = made;
  const because = made.length === 1 && only?.row.elevators === 0 ? only.lines[0]?.refusal : null;
  const none: NoneInsurable | null = because ? { code: 'insurance.quote_none_insurable', because } : null;
  const lines = made.flatMap((m) => m.lines);
  const barred = new Map(lines.flatMap((l) => (l.refusal ? [[l.card.elevatorId, l.refusal] as const] : [])));
  return { offer, at: now, none, barred, quotes: new Map(made.map(({ row }) => [row.holder_org_id, summaryOf(row)])) };
}

const markKept = async (deps: InsuranceDeps, wish: Wish, { offer, at }: Kept): Promise<void> =>
  wish.dry || offer.isUsed ? undefined : markUsed(deps.db, offer, at);

const summaryOf = (row: ReturnType<typeof quoteRow>): QuoteSummary => ({
  quoteId: row.id,
  state: row.state,
  elevators: row.elevators,
  refused: row.refused,
  total: fen(row.total),
  validUntil: row.valid_until,
});

type Rating = { from: Day; offer: Offer; holder: Holder; rated: (card: InsurableCard) => Rated };
type Rated = { risk: Risk; done: ReturnType<typeof rate> };

/** Each elevator by itself: gate, answers, premium. */
const rateAll = (cards: readonly InsurableCard[], { from, offer, holder, rated }: Rating): readonly QuoteLine[] =>
  cards.map((card): QuoteLine => {
    const another = isNew(card) ? undefined : ofAnother(card, holder.orgId as OrgId);
    const barred = holderGate(card, holder) ?? gate(card, from, offer.excludedAreas) ?? another;
    if (barred) return { card, risk: null, premium: null, refusal: barred };
    const { risk, done } = rated(card);
    return done.ok
      ? { card, risk, premium: done.value, refusal: null }
      : { card, risk, premium: null, refusal: done.refusal };
  });

type Known = { evidence: ReadonlyMap<string, Evidence>; tariff: Tariff; from: Day };

/** Rates elevators, those alike of the same two units once: of a roster of a thousand that is every tenth. */
function ratingOf({ evidence, tariff, from }: Known): (card: InsurableCard) => Rated {
  const alike = new Map<string, Rated>();
  const rateOne = (card: InsurableCard): Rated => {
    const risk = riskOf(card, knownOf(card, evidence), from);
    return { risk, done: rate(risk, tariff) };
  };
  return (card) => {
    if (evidence.has(card.elevatorId)) return rateOne(card);
    const key = `${card.useOrgId}/${card.maintenanceOrgId}/${likenessOf(card, from)}`;
    const rated = alike.get(key) ?? rateOne(card);
    alike.set(key, rated);
    return rated;
  };
}

/** A holder insures his own: who acts for one use unit puts no elevator of another on its policy. */
const ofAnother = ({ useOrgId }: InsurableCard, holderOrgId: OrgId): RiskRefusal | undefined =>
  useOrgId === holderOrgId ? undefined : { code: 'insurance.not_of_holder' };

/** What is on record of an elevator: its own, before its use unit's, before its maintenance unit's. */
export const knownOf = (card: InsurableCard, evidence: ReadonlyMap<string, Evidence>): Evidence => ({
  ...evidence.get(card.maintenanceOrgId ?? ''),
  ...evidence.get(card.useOrgId ?? ''),
  ...evidence.get(card.elevatorId),
});

/** Everybody whose record may say something of these elevators. */
export const subjectsOf = (cards: readonly InsurableCard[]): readonly string[] =>
  [...new Set(cards.flatMap((c) => [c.elevatorId, c.maintenanceOrgId ?? '', c.useOrgId ?? '']))].filter(
    (id) => id !== '',
  );

type Quoted = Omit<Keeping, 'groups'> & { group: HolderGroup; lines: readonly QuoteLine[]; now: Date };

function quoteRow({ deps, viewer, wish, offer, group, lines, now }: Quoted) {
  const { holderOrgId, cards, mandate } = group;
  const rated = lines.filter((l) => l.premium !== null);
  const term = yearFrom(wish.from);
  const asked = {
    elevators: rated.length,
    refused: lines.length - rated.length,
    total: sum(rated.map((l) => l.premium?.total ?? fen(0))),
  };
  const reasons = reasonsFor(asked, offer.product.referral);
  // Valid to the end of the last day, and never beyond the day cover was to begin.
  const lastDay = addDays(dayOf(now), offer.product.quoteDays);
  const validUntil = startOf(addDays(lastDay < wish.from ? lastDay : addDays(wish.from, -1), 1));
  return {
    id: deps.newId(),
    product_id: offer.productId,
    tariff_id: offer.tariffId,
    lead_org_id: wish.leadOrgId ?? (offer.leadOrgId as OrgId | null),
    agent_org_id: (mandate?.agentOrgId ?? null) as OrgId | null,
    mandate_id: mandate?.id ?? null,
    comparison_id: wish.comparisonId ?? null,
    renewed_from: wish.renewedFrom ?? null,
    holder_org_id: holderOrgId,
    asked_by: viewer.accountId,
    asked_at: now,
    valid_until: validUntil,
    from_on: term.from,
    to_on: term.to,
    state: reasons.length > 0 ? ('referred' as const) : ('offered' as const),
    referral: { reasons, decisions: [] },
    ...asked,
    version: 0,
    area_codes: [], // a matter between its parties: a district sees policies, not offers
    org_ids: [
      ...new Set([
        holderOrgId,
        ...(wish.leadOrgId ? [wish.leadOrgId] : []),
        ...offer.insurers,
        ...(mandate ? [mandate.agentOrgId] : []),
        ...cards.flatMap((c) => c.maintenanceOrgId ?? []),
      ]),
    ],
  };
}
