import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';

/**
 * The accounts of the insurance ledger. Debit is positive, credit negative; an entry's postings sum to zero.
 * Money that a maintenance unit collected for others stands apart from its own (代收).
 */
export const ACCOUNTS = [
  'bank', // the insurer's bank, by statement
  'premium_receivable', // 应收保费, by payer
  'premium_written', // 保费收入
  'premium_refundable', // 应退保费
  'held_for_others', // 代收保费, by collecting unit
  'held_for_victims', // 代管赔款, by owner: money of injured people that passes through the house
  'held_subsidy', // 代管补贴
  'held_for_members', // 代管共保保费
  'suspense', // 待认领: arrived, not yet known for what
  'subsidy_receivable', // 应收财政补贴
  'member_payable', // 应付共保成员, by insurer
  'members_premium', // 共保成员的保费份额, taken out of the lead's
  'members_claims', // 共保成员的赔款份额
  'members_commission', // 共保成员的手续费份额
  'issuing_fee_income', // 出单费
  'commission_expense', // 手续费支出
  'commission_accrued', // 应计手续费: earned by policy, on no statement yet
  'commission_payable', // by licensed payee, released for payment
  'claims_paid',
  'claims_payable', // by payee
  'renewal_benefits', // 养老险更新给付支出, by programme
  'benefit_payable', // 应付更新给付, by programme
  'recovery_receivable', // 追偿
  'service_cost', // 预防与服务费用
  'tax_payable',
] as const;
export type Account = (typeof ACCOUNTS)[number];

/** One line of an entry. `party` names whose receivable or payable it is; `policyId` and `claimId` tie it to a record. */
export type Posting = {
  account: Account;
  party: string | null;
  amount: Fen; // debit positive, credit negative, never zero
  policyId: string | null;
  claimId: string | null;
};

export type LedgerRefusal =
  | { code: 'insurance.entry_unbalanced'; difference: Fen }
  | { code: 'insurance.entry_empty' }
  | { code: 'insurance.posting_zero'; account: Account };

/** May these postings stand as one entry? They sum to zero, there are at least two, and none is zero. */
export function checkEntry(postings: readonly Posting[]): Result<readonly Posting[], LedgerRefusal> {
  if (postings.length < 2) return refuse({ code: 'insurance.entry_empty' });
  const zero = postings.find((p) => p.amount === 0);
  if (zero) return refuse({ code: 'insurance.posting_zero', account: zero.account });
  const difference = sum(postings.map((p) => p.amount));
  return difference === 0 ? accept(postings) : refuse({ code: 'insurance.entry_unbalanced', difference });
}

/** The entry that undoes another: append-only books are corrected by a counter-entry, never changed. */
export const reversalOf = (postings: readonly Posting[]): readonly Posting[] =>
  postings.map((p) => ({ ...p, amount: fen(-p.amount) }));

type Ref = { policyId?: string; claimId?: string };
const posting = (account: Account, amount: number, { party, ref }: { party?: string; ref?: Ref } = {}): Posting => ({
  account,
  amount: fen(amount),
  party: party ?? null,
  policyId: ref?.policyId ?? null,
  claimId: ref?.claimId ?? null,
});

/** Premium is written: each payer owes his part. Zero parts leave no trace. */
export const premiumWritten = (
  policyId: string,
  parts: readonly { payer: string; amount: Fen }[],
): readonly Posting[] => [
  ...parts
    .filter((p) => p.amount !== 0)
    .map((p) => posting('premium_receivable', p.amount, { party: p.payer, ref: { policyId } })),
  posting('premium_written', -sum(parts.map((p) => p.amount)), { ref: { policyId } }),
];

/** Money arrived: what is known is allocated to payers of policies, the rest waits in suspense. */
export function moneyArrived(
  amount: Fen,
  allocations: readonly { policyId: string; payer: string; amount: Fen }[],
): readonly Posting[] {
  const rest = amount - sum(allocations.map((a) => a.amount));
  return [
    posting('bank', amount),
    ...allocations.map((a) =>
      posting('premium_receivable', -a.amount, { party: a.payer, ref: { policyId: a.policyId } }),
    ),
    ...(rest === 0 ? [] : [posting('suspense', -rest)]),
  ];
}

/** Money that waited in suspense is given to payers of policies. */
export const suspenseAllocated = (
  allocations: readonly { policyId: string; payer: string; amount: Fen }[],
): readonly Posting[] => [
  posting('suspense', sum(allocations.map((a) => a.amount))),
  ...allocations.map((a) =>
    posting('premium_receivable', -a.amount, { party: a.payer, ref: { policyId: a.policyId } }),
  ),
];

/** Money that left the bank and waited in suspense has paid what was owed under these heads. */
export const paymentMade = (settlements: readonly Posting[]): readonly Posting[] => [
  ...settlements.map(({ account, party, policyId, claimId, amount }) => ({
    account,
    party,
    policyId,
    claimId,
    amount,
  })),
  posting('suspense', -sum(settlements.map((s) => s.amount))),
];

export type Held = { account: Account; owner: string; policyId: string | null; claimId: string | null; amount: Fen };

/** Money that arrived and belongs to somebody else: it waits under his name, and never touches what is earned. */
export const moneyHeld = (holdings: readonly Held[]): readonly Posting[] => [
  posting('suspense', sum(holdings.map((h) => h.amount))),
  ...holdings.map(
    ({ account, owner: party, policyId, claimId, amount }): Posting => ({
      account,
      party,
      policyId,
      claimId,
      amount: fen(-amount),
    }),
  ),
];

/** Premium is given back: written premium falls, the refund is owed, or paid when the bank says so. */
export const premiumRefunded = (policyId: string, payer: string, amount: Fen): readonly Posting[] => [
  posting('premium_written', amount, { ref: { policyId } }),
  posting('premium_refundable', -amount, { party: payer, ref: { policyId } }),
];

/** Premium changes after it was written: what each payer owes more or less, and what goes back to whom. */
export const premiumChanged = (
  policyId: string,
  parts: readonly { payer: string; receivable: Fen; refundable: Fen }[],
): readonly Posting[] => {
  const of = (account: Account, payer: string, amount: number) =>
    amount === 0 ? [] : [posting(account, amount, { party: payer, ref: { policyId } })];
  const moved = parts.flatMap((p) => [
    ...of('premium_receivable', p.payer, p.receivable),
    ...of('premium_refundable', p.payer, -p.refundable),
  ]);
  const written = sum(moved.map((p) => p.amount));
  return written === 0 ? moved : [...moved, posting('premium_written', -written, { ref: { policyId } })];
};

type Asked = { policyId: string; payer: string; kind: 'part' | 'claw_back'; amount: Fen };

/** The public part of premiums is asked for: what stood on each policy becomes one claim against the purse. */
export function subsidyAsked(schemeId: string, lines: readonly Asked[]): readonly Posting[] {
  const byPolicy = new Map<string, { policyId: string; payer: string; amount: number }>();
  for (const { policyId, payer, kind, amount } of lines) {
    const key = `${policyId} ${payer}`;
    const was = byPolicy.get(key)?.amount ?? 0;
    byPolicy.set(key, { policyId, payer, amount: was + (kind === 'part' ? amount : -amount) });
  }
  const parts = [...byPolicy.values()];
  const net = parts.reduce((a, p) => a + p.amount, 0);
  return [
    posting('subsidy_receivable', net, { party: schemeId }),
    ...parts.map((p) => posting('premium_receivable', -p.amount, { party: p.payer, ref: { policyId: p.policyId } })),
  ].filter((p) => p.amount !== 0);
}

/** The purse paid: money in suspense settles what was asked for. */
export const subsidyArrived = (schemeId: string, amount: Fen): readonly Posting[] => [
  posting('suspense', amount),
  posting('subsidy_receivable', -amount, { party: schemeId }),
];

/**
 * A month between co-insurers: each follower is owed his premium less his claims, his part of the commission and the issuing fee. What was written and
 * paid stays whole in the lead's books, so that registers tie; the followers' shares stand beside it.
 */
export const poolShared = (
  followers: readonly { insurer: string; premium: Fen; claims: Fen; commission: Fen; fee: Fen }[],
): readonly Posting[] => {
  const all = (of: (f: (typeof followers)[number]) => Fen) => sum(followers.map(of));
  const own = [
    posting(
      'members_premium',
      all((f) => f.premium),
    ),
    posting('members_claims', -all((f) => f.claims)),
    posting('members_commission', -all((f) => f.commission)),
    posting('issuing_fee_income', -all((f) => f.fee)),
  ];
  const owed = followers.map((f) =>
    posting('member_payable', -(f.premium - f.claims - f.commission - f.fee), { party: f.insurer }),
  );
  return [...own, ...owed].filter((p) => p.amount !== 0);
};

/** Commission is earned on premium received; below zero it is clawed back. */
export const commissionAccrued = (policyId: string, payee: string, amount: Fen): readonly Posting[] => [
  posting('commission_expense', amount, { party: payee, ref: { policyId } }),
  posting('commission_accrued', -amount, { party: payee, ref: { policyId } }),
];
/** A statement is released: what was earned by policy becomes one sum to be paid, or to be given back. */
export const commissionReleased = (
  payee: string,
  lines: readonly { policyId: string; amount: Fen }[],
): readonly Posting[] =>
  [
    ...lines.map((l) => posting('commission_accrued', l.amount, { party: payee, ref: { policyId: l.policyId } })),
    posting('commission_payable', -sum(lines.map((l) => l.amount)), { party: payee }),
  ].filter((p) => p.amount !== 0);

/** A claim payment is decided, and later leaves the bank. */
export const claimDecided = (ref: Ref, payee: string, amount: Fen): readonly Posting[] => [
  posting('claims_paid', amount, { ref }),
  posting('claims_payable', -amount, { party: payee, ref }),
];
export const claimPaid = (ref: Ref, payee: string, amount: Fen): readonly Posting[] => [
  posting('claims_payable', amount, { party: payee, ref }),
  posting('bank', -amount, { ref }),
];

/** What was paid is claimed back from who caused it, or the rest of a thing is sold: less was paid, somebody owes. */
export const recoveryOpened = (ref: Ref, debtor: string, amount: Fen): readonly Posting[] => [
  posting('recovery_receivable', amount, { party: debtor, ref }),
  posting('claims_paid', -amount, { ref }),
];
export const recoveryReceived = (ref: Ref, debtor: string, amount: Fen): readonly Posting[] => [
  posting('bank', amount, { ref }),
  posting('recovery_receivable', -amount, { party: debtor, ref }),
];

/** Balances by account: what a set of postings leaves on each. They sum to zero. */
export function balances(postings: readonly Posting[]): ReadonlyMap<Account, Fen> {
  const at = new Map<Account, Fen>();
  for (const p of postings) at.set(p.account, fen((at.get(p.account) ?? 0) + p.amount));
  return at;
}

/** A 养老险 programme ended with its elevator's renewal: what the filed scale brings is owed under the programme's number. */
export const benefitDue = (programme: string, amount: Fen): readonly Posting[] => [
  posting('renewal_benefits', amount, { party: programme }),
  posting('benefit_payable', -amount, { party: programme }),
];
