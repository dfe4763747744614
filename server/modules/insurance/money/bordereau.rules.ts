import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { issuingFees, type Member, memberParts } from './pool.rules.ts';

/** One movement of the lead's books that co-insurers share: premium written or given back, a claim, or commission. */
export type PoolLine = {
  kind: 'premium' | 'claim' | 'commission';
  record: string; // policy or claim number
  amount: Fen; // of the whole pool; given back, or clawed back, is negative
  members: readonly Member[]; // as printed on the policy, lead first
};

export type PoolPart = { insurer: string; amount: Fen };
export type SharedLine = Omit<PoolLine, 'members'> & { parts: readonly PoolPart[] };
export type MemberTotal = {
  insurer: string;
  premium: Fen; // parts of the lines with the true-up
  claims: Fen;
  commission: Fen;
  trueUp: Fen; // of all three, what one split of the month's sum gives beyond the split lines
  fee: Fen; // issuing fee the follower owes; the lead's is zero
  net: Fen; // what the lead owes this member; the lead's own is zero
};
export type Bordereau = { lines: readonly SharedLine[]; totals: readonly MemberTotal[]; premium: Fen; claims: Fen };

/** What a line adds to what the lead owes a member. */
const SIGN: Readonly<Record<PoolLine['kind'], 1 | -1>> = { premium: 1, claim: -1, commission: -1 };

/**
 * Share a month's lines: each line by largest remainder, so that every line can be shown; then the month's sums of premium,
 * claims and commission once more per pool, so that no member gains by rounding. Pools with other shares are summed by themselves.
 */
export function bordereauOf(lines: readonly PoolLine[], feeBp: number): Bordereau {
  const shared = lines.map(({ members, ...line }) => ({ ...line, parts: memberParts(line.amount, members) }));
  const totals = new Map<string, MemberTotal>();
  for (const pool of poolsOf(lines)) {
    const of = (kind: PoolLine['kind']) => sum(pool.lines.filter((l) => l.kind === kind).map((l) => l.amount));
    const partsOf = (kind: PoolLine['kind']) => memberParts(of(kind), pool.members);
    const [premium, claims, commissions] = [partsOf('premium'), partsOf('claim'), partsOf('commission')];
    const fees = issuingFees(of('premium'), pool.members, feeBp);
    for (const [i, { insurer }] of pool.members.entries()) {
      const isLead = i === 0;
      const [p, c, k] = [premium, claims, commissions].map((parts) => parts[i]?.amount ?? fen(0)) as [Fen, Fen, Fen];
      const fee = isLead ? fen(0) : (fees[i - 1]?.amount ?? fen(0));
      const drift = fen(p - c - k - lineParts(pool.lines, i));
      const net = isLead ? fen(0) : fen(p - c - k - fee);
      totals.set(
        insurer,
        plus(totals.get(insurer), { insurer, premium: p, claims: c, commission: k, trueUp: drift, fee, net }),
      );
    }
  }
  const whole = (kind: PoolLine['kind']) => sum(lines.filter((l) => l.kind === kind).map((l) => l.amount));
  return { lines: shared, totals: [...totals.values()], premium: whole('premium'), claims: whole('claim') };
}

/** What member `i` has by the lines alone: premium less claims and commission, each line split by itself. */
const lineParts = (lines: readonly PoolLine[], i: number): Fen =>
  sum(lines.map((l) => fen(SIGN[l.kind] * (memberParts(l.amount, l.members)[i]?.amount ?? 0))));

function poolsOf(lines: readonly PoolLine[]) {
  const pools = new Map<string, { members: readonly Member[]; lines: PoolLine[] }>();
  for (const line of lines) {
    const key = JSON.stringify(line.members);
    const pool = pools.get(key) ?? { members: line.members, lines: [] };
    pool.lines.push(line);
    pools.set(key, pool);
  }
  return pools.values();
}

const plus = (was: MemberTotal | undefined, more: MemberTotal): MemberTotal =>
  was
    ? {
        insurer: more.insurer,
        premium: fen(was.premium + more.premium),
        claims: fen(was.claims + more.claims),
        commission: fen(was.commission + more.commission),
        trueUp: fen(was.trueUp + more.trueUp),
        fee: fen(was.fee + more.fee),
        net: fen(was.net + more.net),
      }
    : more;
