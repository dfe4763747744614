import type { FastifyReply } from 'fastify';
import { sendProblem } from '../../../kernel/http.ts';
import { languageOf, say } from '../../../kernel/language.ts';
import { dayOf, startOf } from '../../../kernel/time.ts';

/** What each refusal of claims is in HTTP. */
export const claimStatus = {
  'insurance.claim_not_found': 404,
  'insurance.not_the_lead': 403,
  'insurance.not_an_insurer': 403,
  'insurance.act_of_another_role': 403,
  'insurance.claim_changed': 409,
  'insurance.claim_phase': 409,
  'insurance.papers_asked_once': 409,
  'insurance.papers_missing': 409,
  'insurance.reserve_first': 409,
  'insurance.reserve_below_paid': 409,
  'insurance.four_eyes': 403,
  'insurance.above_authority': 403,
  'insurance.unknown_item': 400,
  'insurance.more_than_accepted': 400,
  'insurance.victim_first': 409,
  'insurance.victim_proof_unknown': 400,
  'insurance.victim_proof_whom': 400,
  'insurance.victim_proof_day': 400,
  'insurance.unpaid_items': 409,
  'insurance.assessed_below_paid': 409,
  'insurance.nothing_to_assess': 409,
  'insurance.party_unknown': 400,
  'insurance.limit_changed': 409,
  'insurance.above_benefit': 400,
  'insurance.sent_before_refused': 400,
  'insurance.sent_in_future': 400,
  'insurance.payment_under_way': 409,
  'insurance.account_stands': 409,
  'insurance.bank_time_future': 400,
  'insurance.loss_twice': 400,
  'insurance.key_reused': 409,
  'insurance.key_used': 409,
  'insurance.payee_mismatch': 400,
  'insurance.account_missing': 409,
  'insurance.payment_not_found': 404,
  'insurance.payment_state': 409,
  'insurance.proof_missing': 400,
  'insurance.bank_line_known': 409,
  'insurance.bank_amount_differs': 400,
  'insurance.bank_time_wrong': 400,
  'insurance.elevator_unknown': 404,
  'insurance.happened_in_future': 400,
  'insurance.paper_too_large': 413,
  'insurance.paper_missing': 400,
  'insurance.paper_kind': 415,
  'insurance.paper_too_many': 409,
  'insurance.claim_code_unknown': 404,
  'insurance.draft_filled': 409,
  'insurance.draft_used_before': 409,
  'insurance.id_number_wrong': 400,
  'insurance.account_number_wrong': 400,
  'insurance.account_not_own': 400,
  'insurance.clean_rule_exists': 409,
  'insurance.clean_rule_not_found': 404,
  'insurance.recovery_above_paid': 409,
  'insurance.recovery_not_found': 404,
  'insurance.recovery_over': 400,
  'insurance.mediation_not_found': 404,
  'insurance.part_repeated': 400,
  'insurance.price_above_benchmark': 400,
  'insurance.repair_listed': 409,
  'insurance.letter_not_found': 404,
  'insurance.key_missing': 400,
} as const;
export type ClaimProblem = keyof typeof claimStatus;

/** Which field of the request a refusal is about, where it is about one. */
const FIELD: Readonly<Partial<Record<ClaimProblem, string>>> = {
  'insurance.unknown_item': 'item',
  'insurance.more_than_accepted': 'amount',
  'insurance.payee_mismatch': 'partyId',
  'insurance.account_missing': 'partyId',
  'insurance.party_unknown': 'partyId',
  'insurance.victim_first': 'victimPaidProof',
  'insurance.victim_proof_unknown': 'victimPaidProof.paperId',
  'insurance.victim_proof_whom': 'victimPaidProof.victimId',
  'insurance.victim_proof_day': 'victimPaidProof.paidOn',
  'insurance.above_benefit': 'losses',
  'insurance.loss_twice': 'losses',
  'insurance.bank_amount_differs': 'amount',
  'insurance.bank_time_wrong': 'at',
  'insurance.bank_time_future': 'at',
  'insurance.sent_in_future': 'at',
  'insurance.bank_line_known': 'bankRef',
  'insurance.proof_missing': 'proof',
  'insurance.elevator_unknown': 'elevatorId',
  'insurance.happened_in_future': 'happenedAt',
  'insurance.id_number_wrong': 'idNumber',
  'insurance.account_number_wrong': 'account.number',
  'insurance.account_not_own': 'account.holder',
  'insurance.part_repeated': 'lines',
  'insurance.price_above_benchmark': 'lines',
  'insurance.recovery_above_paid': 'amount',
  'insurance.recovery_over': 'amount',
};

/** Send a refusal with the field it is about, so that a form can say it beside it. */
export function claimProblem(reply: FastifyReply, refusal: { code: ClaimProblem }) {
  const { code } = refusal;
  const field = 'field' in refusal && typeof refusal.field === 'string' ? refusal.field : FIELD[code];
  const language = languageOf(reply.request);
  const members = inCityTime(inYuan(refusal));
  const faults = field ? [{ field, value: '', message: say(code, language, members) }] : [];
  return sendProblem(reply, { ...members, status: claimStatus[code], code, ...(faults.length > 0 && { faults }) });
}

const AMOUNTS = [
  'amount',
  'paid',
  'authority',
  'accepted',
  'left',
  'assessed',
  'most',
  'ordered',
  'unitPrice',
  'upper',
];

/** Instants as people read them stand beside the ISO text: `orderedAtCity`. */
const inCityTime = (members: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...members,
  ...Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) =>
      typeof value === 'string' && name.endsWith('At') ? [[`${name}City`, cityText(new Date(value))]] : [],
    ),
  ),
});

/** 2026-11-22 03:17:09, in the city. */
const cityText = (at: Date): string =>
  `${dayOf(at)} ${new Date(at.getTime() - startOf(dayOf(at)).getTime()).toISOString().slice(11, 19)}`;

/** Amounts as people read them stand beside the fen: `amountYuan`. */
const inYuan = (refusal: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...refusal,
  ...Object.fromEntries(
    AMOUNTS.flatMap((name) => {
      const value = refusal[name];
      return typeof value === 'number' ? [[`${name}Yuan`, (value / 100).toFixed(2)]] : [];
    }),
  ),
});
