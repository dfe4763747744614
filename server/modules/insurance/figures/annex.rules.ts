import { type Fen, fen, split, sum } from '../../../kernel/money.ts';
import { addDays, type Day, dayOf } from '../../../kernel/time.ts';
import { amountsBySource, type FundedCoverage, type PartFunding } from '../product/funding.rules.ts';

/**
 * Chongqing's two forms (渝市监发〔2023〕70号, annexes 1 and 2): both are counted from one set of lines, so that the
 * summary is always the roll-up of the list.
 */
export const FUNDING_SOURCES = [
  'self', // 自筹
  'repair_fund', // 物业专项维修资金
  'repair_fund_yield', // 专项维修资金增值收益
  'common_income', // 小区公共收益
  'donation', // 捐赠
  'government', // 政府财政支持
] as const;
export type FundingSource = (typeof FUNDING_SOURCES)[number];

/** One insured elevator under one policy, in force at some instant of the period and not void. */
export type AnnexLine = {
  elevatorId: string;
  elevatorCode: string;
  useUnit: { uscc: string; name: string };
  inUseSince: Day | null; // first use registration: renovation does not reset the age; null: not on file
  residents: number | null; // served, by this elevator; null: not known
  leadInsurer: string;
  insurers: readonly string[]; // every member's legal company
  coveredDays: number; // of this line, both ends included; days between leaving and joining again are none
  writtenPremium: Fen; // of this line, endorsements included, gross of subsidy
  funding: Readonly<Partial<Record<FundingSource, number>>>; // basis points, sum 10,000
  payments: readonly { amount: Fen; papersCompleteAt: Date; arrivedAt: Date }[]; // by the bank's time, in the period
  unpaidSince: Date | null; // papers complete and money not there at the cut-off: the longest waiting
  satisfaction: readonly Answers[]; // about this insurer, from this use unit's people, in the period
};

/** Valid answers of one survey. Every elevator of the use unit names it; it counts once. */
export type Answers = { surveyId: string; valid: number; satisfied: number };

/** Annualised gross premium in fen: written × 365 / days covered, rounded half up. */
export const annualPremium = ({ writtenPremium, coveredDays }: AnnexLine): Fen => {
  const days = BigInt(coveredDays);
  return fen(Number((BigInt(writtenPremium) * 365n * 2n + days) / (days * 2n)));
};

export type Annex1Row = {
  source: FundingSource | 'total';
  elevators: number;
  useUnits: number;
  insurers: number;
  lowestPremium: Fen | null; // 元/年; null prints blank, not zero
  highestPremium: Fen | null;
  paid: Fen; // printed in 万元, rounded once
  satisfactionPercent: number | null; // one decimal; null: fewer answers than may be shown
};

/** Annex 1: a row per funding source and their total. Mixed funding makes the rows add to more than the total. */
export function annex1(lines: readonly AnnexLine[], leastAnswers: number): readonly Annex1Row[] {
  const rows = FUNDING_SOURCES.map((source) =>
    rowOf(
      source,
      lines.filter((l) => (l.funding[source] ?? 0) > 0),
      leastAnswers,
    ),
  );
  return [...rows, rowOf('total', lines, leastAnswers)];
}

function rowOf(source: Annex1Row['source'], lines: readonly AnnexLine[], leastAnswers: number): Annex1Row {
  const premiums = lines.filter((l) => l.writtenPremium > 0).map(annualPremium);
  const answers = [...new Map(lines.flatMap((l) => l.satisfaction.map((a) => [a.surveyId, a] as const))).values()];
  const valid = answers.reduce((n, a) => n + a.valid, 0);
  const satisfied = answers.reduce((n, a) => n + a.satisfied, 0);
  return {
    source,
    elevators: new Set(lines.map((l) => l.elevatorId)).size,
    useUnits: new Set(lines.map((l) => l.useUnit.uscc)).size,
    insurers: new Set(lines.flatMap((l) => l.insurers)).size,
    lowestPremium: premiums.length ? fen(Math.min(...premiums)) : null,
    highestPremium: premiums.length ? fen(Math.max(...premiums)) : null,
    paid: sum(lines.map((l) => (source === 'total' ? paidOn(l) : paidFrom(l, source)))),
    satisfactionPercent: valid >= leastAnswers && valid > 0 ? Math.round((satisfied / valid) * 1_000) / 10 : null,
  };
}

const paidOn = (line: AnnexLine): Fen => sum(line.payments.map((p) => p.amount));

/** A line's payments belong to its funding sources by their shares, to the fen. */
function paidFrom(line: AnnexLine, source: FundingSource): Fen {
  const parts = split(
    paidOn(line),
    FUNDING_SOURCES.map((s) => line.funding[s] ?? 0),
  );
  return parts[FUNDING_SOURCES.indexOf(source)] ?? fen(0);
}

export type Annex2Row = {
  elevatorId: string;
  useUnit: string;
  elevatorCode: string;
  ageYears: number | null; // null prints blank: its first day in use is not on file
  residents: number | null;
  insurer: string;
  otherInsurers: readonly string[];
  premium: Fen;
  paid: Fen;
  shortestPaymentHours: number | null; // one decimal, elapsed hours; null prints blank
  longestPaymentHours: number | null;
  unpaidSince?: string | null | undefined; // an instant, where a claim waits longer than any payment took; absent in older reports
};

/** Annex 2: one row per elevator and policy, as of the cut-off. */
export const annex2 = (lines: readonly AnnexLine[], until: Date): readonly Annex2Row[] =>
  lines.map((line) => {
    const cutOff = dayOf(until);
    const hours = line.payments.map((p) => hoursBetween(p.papersCompleteAt, p.arrivedAt));
    return {
      elevatorId: line.elevatorId,
      useUnit: line.useUnit.name,
      elevatorCode: line.elevatorCode,
      ageYears: line.inUseSince && fullYears(line.inUseSince, cutOff),
      residents: line.residents,
      insurer: line.leadInsurer,
      otherInsurers: line.insurers.filter((i) => i !== line.leadInsurer),
      premium: annualPremium(line),
      paid: paidOn(line),
      shortestPaymentHours: hours.length ? oneDecimal(Math.min(...hours)) : null,
      longestPaymentHours: hours.length ? oneDecimal(Math.max(...hours)) : null,
      unpaidSince: waitsLonger(line.unpaidSince, { hours, until }) ? line.unpaidSince.toISOString() : null,
    };
  });

const hoursBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 3_600_000;

/** Does a claim wait longer for its money than any payment took? Its hours are not the form's yet, and are told beside it. */
const waitsLonger = (since: Date | null, { hours, until }: { hours: readonly number[]; until: Date }): since is Date =>
  since !== null && hoursBetween(since, until) > Math.max(0, ...hours);

const oneDecimal = (n: number): number => Math.round(n * 10) / 10;

/** Full years between two days; a 29 February birthday comes on 1 March in common years. */
export function fullYears(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  const birthday =
    from.slice(5) === '02-29'
      ? addDays(`${Number(to.slice(0, 4))}-02-28` as Day, 1)
      : (`${to.slice(0, 4)}-${from.slice(5)}` as Day);
  return to >= birthday ? years : years - 1;
}

/** 万元 with two decimals, rounded once from the sum of fen: never a sum of rounded rows. */
export const tenThousandYuan = (amount: Fen): string => (Math.round(amount / 10_000) / 100).toFixed(2);

/** Where the two forms disagree; empty when annex 1 is the roll-up of annex 2. */
export function disagreements(one: readonly Annex1Row[], two: readonly Annex2Row[]): readonly string[] {
  const total = one.find((r) => r.source === 'total');
  if (!total) return ['total'];
  const premiums = two.filter((r) => r.premium > 0).map((r) => r.premium);
  const checks: readonly [string, unknown, unknown][] = [
    ['elevators', total.elevators, new Set(two.map((r) => r.elevatorId)).size],
    ['paid', total.paid, sum(two.map((r) => r.paid))],
    ['lowestPremium', total.lowestPremium, premiums.length ? Math.min(...premiums) : null],
    ['highestPremium', total.highestPremium, premiums.length ? Math.max(...premiums) : null],
  ];
  return checks.filter(([, a, b]) => a !== b).map(([name]) => name);
}

/** The public purse's part is government money; a payer that is a source by name is that source. */
const SOURCE_OF: Readonly<Record<string, FundingSource>> = { inspection: 'government', government: 'government' };
/** Sources the form has no row for stand where they belong by kind. */
const ROW_OF: Readonly<Record<string, FundingSource>> = { overhaul_fund: 'repair_fund', subsidy: 'government' };

const sourceRowOf = (source: string): FundingSource =>
  FUNDING_SOURCES.find((s) => s === source) ?? ROW_OF[source] ?? 'self';

/** What paid a line: `parts` by payer, `named` the money told for each coverage of the product. */
type Paid = {
  parts: readonly { payer: string; amount: number }[];
  named: readonly PartFunding[];
  coverages: readonly FundedCoverage[];
};

/** What of a line each source pays, in basis points that sum to 10,000: the purse by its part, the payers' own parts from the money that was named for the line. */
export function fundingOf({ parts, named, coverages }: Paid): AnnexLine['funding'] {
  const isSource = (payer: string) => SOURCE_OF[payer] ?? FUNDING_SOURCES.find((s) => s === payer);
  const own = fen(parts.filter((p) => !isSource(p.payer)).reduce((at, p) => at + p.amount, 0));
  const paying = [
    ...parts.flatMap((p) => {
      const source = isSource(p.payer);
      return source ? [{ source, amount: fen(p.amount) }] : [];
    }),
    ...amountsBySource(own, coverages, named).map((a) => ({
      source: sourceRowOf(a.source),
      amount: a.amount,
    })),
  ].filter((p) => p.amount > 0);
  if (paying.length === 0) return { self: 10_000 };
  const shares = split(
    fen(10_000),
    paying.map((p) => p.amount),
  );
  const funding: Partial<Record<FundingSource, Fen>> = {};
  for (const [i, { source }] of paying.entries()) funding[source] = fen((funding[source] ?? 0) + (shares[i] ?? 0));
  return funding;
}
