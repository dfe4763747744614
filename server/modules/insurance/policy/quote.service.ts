import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { addDays, type Day, dayOf, startOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { rate } from '../product/rating.ts';
import { type Evidence, gate, riskOf } from '../product/risk.rules.ts';
import { findOffer, markUsed, type Offer } from '../product/scheme.store.ts';
import type { AgencyRefusal, Mandate } from './mandate.rules.ts';
import { agencyToday } from './mandate.service.ts';
import { evidenceOf, type InsurableCard, insurables, type QuoteLine, saveQuote } from './quote.store.ts';
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
  request: QuoteRequest,
): Promise<Result<QuoteSummary, QuoteRefusal>> {
  const now = deps.now();
  const earliest = addDays(dayOf(now), 1);
  if (request.from < earliest) return refuse({ code: 'insurance.starts_in_the_past', earliest });
  const done = await deps.scoped(viewer, async (tx) => {
    const offer = await findOffer(tx, request.productId, request.from);
    if (!offer) return refuse({ code: 'insurance.product_not_sold' as const, on: request.from });
    if (!offer.tariff.filingNo) return refuse({ code: 'insurance.not_filed' as const, product: offer.product.name });
    const asked = request.elevatorIds ? { elevatorIds: request.elevatorIds } : { useOrgId: request.holderOrgId };
    const cards = await insurables(tx, asked);
    if (cards.length === 0) return refuse({ code: 'insurance.nothing_to_insure' as const });
    const agency = await agencyToday(deps, tx, { viewer, holderOrgId: request.holderOrgId });
    if (!agency.ok) return agency;
    const evidence = await evidenceOf(tx, subjectsOf(cards), dayOf(now));
    const lines = rateAll(cards, { evidence, offer, from: request.from });
    const kept = quoteRow({ deps, viewer, request, offer, cards, lines, now, mandate: agency.value });
    if (!request.dry) await saveQuote(tx, kept, lines);
    return accept({ offer, kept });
  });
  if (!done.ok) return done;
  const { offer, kept } = done.value;
  if (!request.dry) await markUsed(deps.db, offer, now);
  return accept({
    quoteId: kept.id,
    state: kept.state,
    elevators: kept.elevators,
    refused: kept.refused,
    total: fen(kept.total),
    validUntil: kept.valid_until,
  });
}

type Rating = { evidence: ReadonlyMap<string, Evidence>; offer: Offer; from: Day };

/** Each elevator by itself: gate, answers, premium. Maintenance unit's and use unit's evidence stand behind its own. */
export const rateAll = (cards: readonly InsurableCard[], { evidence, offer, from }: Rating): readonly QuoteLine[] =>
  cards.map((card): QuoteLine => {
    const { elevatorId, code, address, areaCodes, orgIds } = card;
    const file = { elevatorId, code, address, areaCodes, orgIds };
    const barred = gate(card, from, offer.excludedAreas);
    if (barred) return { ...file, risk: null, premium: null, refusal: barred };
    const risk = riskOf(card, knownOf(card, evidence), from);
    const rated = rate(risk, offer.tariff);
    return rated.ok
      ? { ...file, risk, premium: rated.value, refusal: null }
      : { ...file, risk, premium: null, refusal: rated.refusal };
  });

/** What is on record of an elevator: its own, before its use unit's, before its maintenance unit's. */
export const knownOf = (card: InsurableCard, evidence: ReadonlyMap<string, Evidence>): Evidence => ({
  ...evidence.get(card.maintenanceOrgId ?? ''),
  ...evidence.get(card.useOrgId ?? ''),
  ...evidence.get(card.elevatorId),
});

/** Everybody whose record may say something of these elevators. */
export const subjectsOf = (cards: readonly InsurableCard[]): readonly string[] =>
  cards.flatMap((c) => [c.elevatorId, c.maintenanceOrgId ?? [], c.useOrgId ?? []].flat());

type Keeping = {
  deps: InsuranceDeps;
  viewer: Viewer;
  request: QuoteRequest;
  offer: Offer;
  cards: readonly InsurableCard[];
  lines: readonly QuoteLine[];
  now: Date;
  mandate: Mandate | null;
};

function quoteRow({ deps, viewer, request, offer, cards, lines, now, mandate }: Keeping) {
  const rated = lines.filter((l) => l.premium !== null);
  const term = yearFrom(request.from);
  const asked = {
    elevators: rated.length,
    refused: lines.length - rated.length,
    total: sum(rated.map((l) => l.premium?.total ?? fen(0))),
  };
  const reasons = reasonsFor(asked, offer.product.referral);
  // Valid to the end of the last day, and never beyond the day cover was to begin.
  const lastDay = addDays(dayOf(now), offer.product.quoteDays);
  const validUntil = startOf(addDays(lastDay < request.from ? lastDay : addDays(request.from, -1), 1));
  return {
    id: deps.newId(),
    product_id: offer.productId,
    tariff_id: offer.tariffId,
    lead_org_id: request.leadOrgId ?? (offer.leadOrgId as OrgId | null),
    agent_org_id: (mandate?.agentOrgId ?? null) as OrgId | null,
    mandate_id: mandate?.id ?? null,
    comparison_id: request.comparisonId ?? null,
    renewed_from: request.renewedFrom ?? null,
    holder_org_id: request.holderOrgId,
    asked_by: viewer.accountId,
    asked_at: now,
    valid_until: validUntil,
    from_on: term.from,
    to_on: term.to,
    state: reasons.length > 0 ? ('referred' as const) : ('offered' as const),
    referral: JSON.stringify({ reasons, decisions: [] }),
    ...asked,
    area_codes: [], // a matter between its parties: a district sees policies, not offers
    org_ids: [
      ...new Set([
        request.holderOrgId,
        ...(request.leadOrgId ? [request.leadOrgId] : []),
        ...offer.insurers,
        ...(mandate ? [mandate.agentOrgId] : []),
        ...cards.flatMap((c) => c.maintenanceOrgId ?? []),
      ]),
    ],
  };
}
