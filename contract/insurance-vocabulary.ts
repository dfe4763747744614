/** The closed lists of insurance: one place, so that tariffs, evidence, acts and screens agree. */

/** What a coverage may be: `insurance.coverage.<kind>`. */
export const COVERAGE_KINDS = [
  'third_party', // 第三者责任
  'entrapment', // 困人
  'no_fault_aid', // 无责救助
  'repair_cost', // 维修费用
  'property_damage', // 财产损失
  'employer', // 雇主责任
] as const;

/** Money a part of the cover may be paid from: `insurance.source.<funding>`. */
export const FUNDINGS = [
  'self', // 自有资金
  'common_income', // 公共收益
  'repair_fund', // 维修资金
  'repair_fund_yield', // 维修资金增值收益
  'overhaul_fund', // 大修理基金
  'donation', // 捐赠
  'government', // 政府补助
  'developer', // 建设单位
] as const;

/** Who may be asked for a part of the premium: `insurance.payer.<payer>`. */
export const PAYERS = ['owner', 'maintenance', 'inspection', 'maker'] as const;

/** Classes with a base of their own: `insurance.rating_class.<class>`. */
export const RATING_CLASSES = ['lift', 'escalator', 'new'] as const;
/** Classes with a split of their own: `insurance.split_class.<class>`. */
export const SPLIT_CLASSES = ['residential', 'public', 'villa', 'new'] as const;

/** The stars of a maintenance unit, lowest first; none: not rated. */
const STARS = ['1', '2', '3', '4', '5', 'none'] as const;

/**
 * What a factor may rest on, and every answer there is: a table that lacks one could not rate an elevator of that kind.
 * Words: `insurance.evidence.<kind>`, `web.answer.<answer>`.
 */
export const EVIDENCE_ANSWERS = {
  place: ['residential', 'office_public', 'office', 'crowded'],
  age: ['to_15', 'over_15'],
  stars: STARS,
  unit_losses: ['none', 'free_1y', 'free_2y'],
  management_grade: ['A', 'B', 'C', 'none'],
  inspection: ['passed', 'passed_after_recheck', 'none'],
  unit_facts: ['complete', 'incomplete', 'none'],
  residents_consent: ['given', 'none'],
} as const satisfies Record<string, readonly string[]>;

export type EvidenceKind = keyof typeof EVIDENCE_ANSWERS;
export const EVIDENCE_KINDS = Object.keys(EVIDENCE_ANSWERS) as readonly EvidenceKind[];

/** What people record; place and age stand in the elevator's file. */
export const RECORDED_KINDS = [
  'stars',
  'unit_losses',
  'management_grade',
  'inspection',
  'unit_facts',
  'residents_consent',
] as const satisfies readonly EvidenceKind[];
export type RecordedKind = (typeof RECORDED_KINDS)[number];

/** What happened: `claims.kind.<kind>`. */
export const LOSS_KINDS = ['entrapment', 'injury', 'property', 'repair', 'other'] as const;
/** How far a claim is: `claims.phase.<phase>`. */
export const CLAIM_PHASES = ['reported', 'assessing', 'accepted', 'refused', 'closed'] as const;
/** Why a claim is refused: `insurance.refusal_reason.<reason>`. */
export const REFUSALS = [
  'not_in_force',
  'not_covered',
  'waiting_period',
  'excluded',
  'below_threshold',
  'not_insured_elevator',
  'fraud',
  'duplicate',
  'limit_used',
  'withdrawn',
] as const;

/** What a claim's payment is: all that is left, part of it in advance, or the part that is certain (保险法 25). */
export const PAYMENT_KINDS = ['final', 'advance', 'interim'] as const;
/** How far a claim's payment is: `returned` is owed again. */
export const PAYMENT_STATES = ['proposed', 'ordered', 'paid', 'returned'] as const;

/** Why a decided claim is looked at again: `claims.review.why.<reason>`. */
export const REVIEW_REASONS = ['value', 'variance', 'random'] as const;
/** What the second look found: `claims.review.outcome.<outcome>`. */
export const REVIEW_OUTCOMES = ['sound', 'doubtful', 'wrong'] as const;

/** Money that is somebody else's while it lies here. */
export const HELD_KINDS = ['held_for_victims', 'held_subsidy', 'held_for_members', 'held_for_others'] as const;

/** How a programme of 养老险 may end. */
export const PENSION_ENDS = ['renewed', 'expired', 'withdrawn'] as const;

/** How a request to be admitted to a market stands. */
export const ADMISSION_STATES = ['waiting', 'admitted', 'refused'] as const;

/** Why cover ends: `web.endorse.reason.<reason>`. */
export const END_REASONS = [
  'before_start',
  'by_policyholder',
  'insurer_risk_increase',
  'insurer_transfer',
  'after_partial_loss',
  'misstatement_gross_negligence',
  'misstatement_intent',
  'redeemed',
  'instalment_unpaid',
  'fraud',
] as const;
/** Why a policy is taken over or redeemed (接续、赎回): `web.endorse.reason.<code>`. */
export const TAKEOVER_REASONS = ['USER_CHANGED', 'OWNER_REQUEST', 'PROPERTY_EXIT', 'INSURER_EXIT'] as const;

/** Policies bound or issued in one act. */
export const MOST_AT_ONCE = 500;
