import { type Fen, fen, sum } from '../../../kernel/money.ts';
import type { Allocation } from '../policy/policy.rules.ts';
import type { PayerPart } from '../product/rating.ts';

/** Money in that waits, with what its payer wrote. */
export type WaitingLine = { id: string; at: Date; left: Fen; text: string };
/** A pay notice: what one payer of a policy was asked for. Those of one round were written together. */
export type Asked = { no: number; payer: string; amount: Fen; round: string };
/** A policy that a text may name. */
export type NamedPolicy = {
  id: string;
  number: string;
  isOwn: boolean; // led by the insurer whose money it is
  isOpen: boolean; // it waits for money, or is in force
  due: readonly PayerPart[]; // what each payer still owes; the public purse is not asked
  notices: readonly Asked[];
  used: readonly { payer: string; text: string }[]; // what was written with money that it has been given
};

export type Match = {
  lineId: string;
  policyId: string;
  number: string;
  notice: number | null;
  parts: readonly PayerPart[];
};
export type Unclear =
  | { reason: 'number_unknown' }
  | { reason: 'names_two' | 'other_insurer'; numbers: readonly string[] }
  | { reason: 'policy_ended' | 'already_paid' | 'notice_unsure'; numbers: readonly string[] }
  | { reason: 'amount_over' | 'amount_short'; numbers: readonly string[]; open: Fen; difference: Fen };
export type Verdicts = { clear: readonly Match[]; unclear: ReadonlyMap<string, Unclear> };

/**
 * Which lines say beyond doubt whose money they are: the text names exactly one policy or one pay notice of this insurer, and
 * the amount is what is open of it, to the fen. Everything else stays with its reason. The money that arrived first counts
 * first, in whatever order the lines are given; what is paid by one line is not paid again by the next.
 */
export function matchLines(lines: readonly WaitingLine[], policies: readonly NamedPolicy[]): Verdicts {
  const known = byNumber(policies);
  const clear: Match[] = [];
  const unclear = new Map<string, Unclear>();
  for (const line of lines.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))) {
    const found = readLine(line, known);
    if ('reason' in found) unclear.set(line.id, found);
    else {
      clear.push({ lineId: line.id, policyId: found.policy.id, number: found.policy.number, ...found.to });
      take(found.policy, { parts: found.to.parts, text: line.text });
    }
  }
  return { clear, unclear };
}

/** What a match gives to whom. */
export const allocationsOf = ({ policyId, parts }: Match): readonly Allocation[] =>
  parts.map(({ payer, amount }) => ({ policyId, payer, amount }));

/** The numbers a text may mean: its words, their pieces, and each of them without the number of a notice. */
export const numbersIn = (text: string): readonly string[] => [
  ...new Set([...wordsIn(text)].flatMap((word) => [word, ...(NOTICE.exec(word)?.slice(1, 2) ?? [])])),
];

const NOTICE = /^(.+)-([1-9]\d{0,5})$/;
const plain = (text: string): string => text.normalize('NFKC').toUpperCase();

/** Runs of letters, digits and joining marks; Chinese characters and spaces part them. `A/B` is a word, and so are A and B. */
function wordsIn(text: string): ReadonlySet<string> {
  const runs = plain(text).match(/[A-Z0-9](?:[\w./-]*[A-Z0-9])?/g) ?? [];
  return new Set(runs.flatMap((run) => [run, ...run.split(/[./_]+/)]).filter((word) => word !== ''));
}

type Use = { payer: string; word: string };
type Open = Omit<NamedPolicy, 'due' | 'used'> & { due: PayerPart[]; used: Use[] };
type Named = { policy: Open; notice: Asked | null };
type Found = { policy: Open; to: { notice: number | null; parts: readonly PayerPart[] } };

function byNumber(policies: readonly NamedPolicy[]): ReadonlyMap<string, readonly Open[]> {
  const known = new Map<string, Open[]>();
  for (const policy of policies) {
    const same = known.get(plain(policy.number)) ?? [];
    same.push({ ...policy, due: [...policy.due], used: policy.used.flatMap(usesOf) });
    known.set(plain(policy.number), same);
  }
  return known;
}

const usesOf = ({ payer, text }: { payer: string; text: string }): Use[] =>
  [...wordsIn(text)].map((word) => ({ payer, word }));

function take(policy: Open, { parts, text }: { parts: readonly PayerPart[]; text: string }): void {
  for (const { payer, amount } of parts) {
    policy.due = policy.due.flatMap((d) =>
      d.payer === payer ? atLeastOne({ payer, amount: fen(d.amount - amount) }) : [d],
    );
    policy.used.push(...usesOf({ payer, text }));
  }
}

const atLeastOne = (part: PayerPart): PayerPart[] => (part.amount > 0 ? [part] : []);

function readLine(line: WaitingLine, known: ReadonlyMap<string, readonly Open[]>): Found | Unclear {
  const all = namedIn(line.text, known);
  const own = all.filter((n) => n.policy.isOwn);
  const ofOthers = [...new Set(all.filter((n) => !n.policy.isOwn).map((n) => n.policy.number))];
  const [first] = own;
  if (!first)
    return ofOthers.length > 0 ? { reason: 'other_insurer', numbers: ofOthers } : { reason: 'number_unknown' };
  const { policy } = first;
  const notices = own.flatMap((n) => n.notice ?? []);
  if (own.some((n) => n.policy !== policy) || notices.length > 1)
    return { reason: 'names_two', numbers: [...new Set(own.map(labelOf))] };
  const numbers = [labelOf({ policy, notice: notices[0] ?? null })];
  if (!policy.isOpen) return { reason: 'policy_ended', numbers };
  const parts = notices[0] ? openOfNotice(policy, notices[0]) : policy.due;
  if (parts === 'unsure') return { reason: 'notice_unsure', numbers };
  const open = sum(parts.map((p) => p.amount));
  if (open === 0) return { reason: 'already_paid', numbers };
  if (line.left > open) return { reason: 'amount_over', numbers, open, difference: fen(line.left - open) };
  if (line.left < open) return { reason: 'amount_short', numbers, open, difference: fen(open - line.left) };
  return { policy, to: { notice: notices[0]?.no ?? null, parts: [...parts] } };
}

const labelOf = ({ policy, notice }: Named): string => (notice ? `${policy.number}-${notice.no}` : policy.number);

function namedIn(text: string, known: ReadonlyMap<string, readonly Open[]>): readonly Named[] {
  return [...wordsIn(text)].flatMap((word) => {
    const policies = (known.get(word) ?? []).map((policy): Named => ({ policy, notice: null }));
    const [, number = '', no = ''] = NOTICE.exec(word) ?? [];
    const notices = (known.get(number) ?? []).flatMap((policy) =>
      policy.notices.filter((n) => n.no === Number(no)).map((notice): Named => ({ policy, notice })),
    );
    return [...policies, ...notices];
  });
}

/**
 * What is open of one notice. Where several units share a payer's part, the books know only the payer: the notice is sure as
 * long as what the payer owes is what the unpaid notices of its round ask for; when it is not, some of it came another way.
 */
function openOfNotice(policy: Open, notice: Asked): readonly PayerPart[] | 'unsure' {
  const { payer, amount } = notice;
  const due = sum(policy.due.filter((d) => d.payer === payer).map((d) => d.amount));
  if (due === 0) return [];
  const isPaid = ({ no }: Asked) =>
    policy.used.some((u) => u.payer === payer && u.word === plain(`${policy.number}-${no}`));
  const round = policy.notices.filter((n) => n.round === notice.round && n.payer === payer);
  if (round.length === 1) return due > amount && isPaid(notice) ? [] : [{ payer, amount: fen(Math.min(due, amount)) }];
  if (isPaid(notice)) return [];
  return due === sum(round.filter((n) => !isPaid(n)).map((n) => n.amount)) ? [{ payer, amount }] : 'unsure';
}
