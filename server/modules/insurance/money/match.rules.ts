import { type Fen, fen, sum } from '../../../kernel/money.ts';
import type { Allocation } from '../policy/policy.rules.ts';
import type { PayerPart } from '../product/rating.ts';

/** Money in that waits, with what its payer wrote. */
export type WaitingLine = { id: string; at: Date; left: Fen; text: string };
/** A pay notice: what one payer of a policy was asked for. Those of one round were written together. */
export type Asked = { no: number; payer: string; amount: Fen; round: string; part: number | null }; // part: of a schedule
/** A policy that a text may name. */
export type NamedPolicy = {
  id: string;
  number: string;
  isOwn: boolean; // led by the insurer whose money it is
  isOpen: boolean; // it waits for money, or is in force, or is cancelled and still owes for the days it covered
  due: readonly PayerPart[]; // what each payer still owes; the public purse is not asked
  instalments: readonly (PayerPart & { no: number })[]; // what is unpaid of a schedule, the earliest first; empty: paid at once
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
  | { reason: 'policy_ended' | 'already_paid' | 'notice_unsure' | 'part_unsure'; numbers: readonly string[] }
  | { reason: 'amount_over' | 'amount_short'; numbers: readonly string[]; open: Fen; difference: Fen };
export type Verdicts = { clear: readonly Match[]; unclear: ReadonlyMap<string, Unclear> };

/**
 * Which lines say beyond doubt whose money they are: the text names exactly one policy or one pay notice of this insurer, and
 * the amount is what is open of it, to the fen, or the next parts of its schedule where it is paid in parts. Everything else stays with its reason. The money that arrived first counts
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
/** A number by its letters and digits alone: 示例ZR-1 is looked up as ZR-1. */
const keyOf = (number: string): string =>
  plain(number)
    .replaceAll(/[^A-Z0-9_./-]+/g, '')
    .replaceAll(/^[_./-]+|[_./-]+$/g, '');

/** Runs of letters, digits and joining marks; Chinese characters and spaces part them. `A/B` is a word, and so are A and B. */
function wordsIn(text: string): ReadonlySet<string> {
  const runs = plain(text).match(/[A-Z0-9](?:[\w./-]*[A-Z0-9])?/g) ?? [];
  return new Set(runs.flatMap((run) => [run, ...run.split(/[./_]+/)]).filter((word) => word !== ''));
}

/** A text with its words; a number in it is found by its word, and then compared whole. */
type Written = { text: string; words: ReadonlySet<string> };
type Use = Written & { payer: string };
type Part = NamedPolicy['instalments'][number];
type Open = Omit<NamedPolicy, 'due' | 'instalments' | 'used'> & { due: PayerPart[]; instalments: Part[]; used: Use[] };
type Named = { policy: Open; notice: Asked | null };
type Found = { policy: Open; to: { notice: number | null; parts: readonly PayerPart[] } };

function byNumber(policies: readonly NamedPolicy[]): ReadonlyMap<string, readonly Open[]> {
  const known = new Map<string, Open[]>();
  for (const policy of policies) {
    const same = known.get(keyOf(policy.number)) ?? [];
    same.push({ ...policy, due: [...policy.due], instalments: [...policy.instalments], used: policy.used.map(useOf) });
    known.set(keyOf(policy.number), same);
  }
  return known;
}

const written = (text: string): Written => ({ text: plain(text), words: wordsIn(text) });
const useOf = ({ payer, text }: { payer: string; text: string }): Use => ({ payer, ...written(text) });
const says = ({ text, words }: Written, number: string): boolean =>
  words.has(keyOf(number)) && text.includes(plain(number));

function take(policy: Open, { parts, text }: { parts: readonly PayerPart[]; text: string }): void {
  for (const { payer, amount } of parts) {
    policy.due = policy.due.flatMap((d) =>
      d.payer === payer ? atLeastOne({ payer, amount: fen(d.amount - amount) }) : [d],
    );
    policy.instalments = unpaidAfter(policy.instalments, { payer, amount });
    policy.used.push(useOf({ payer, text }));
  }
}

const atLeastOne = <P extends PayerPart>(part: P): P[] => (part.amount > 0 ? [part] : []);

/** Money pays a payer's earliest part first. */
function unpaidAfter(parts: readonly Part[], { payer, amount }: PayerPart): Part[] {
  let rest: number = amount;
  return parts.flatMap((part) => {
    if (part.payer !== payer) return [part];
    const paid = Math.min(rest, part.amount);
    rest -= paid;
    return atLeastOne({ ...part, amount: fen(part.amount - paid) });
  });
}

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
  if (line.left < open) {
    const [way, other] = notices[0] ? [] : nextParts(policy.instalments, line.left);
    if (other) return { reason: 'part_unsure', numbers };
    if (way) return { policy, to: { notice: null, parts: way } };
    return { reason: 'amount_short', numbers, open, difference: fen(open - line.left) };
  }
  return { policy, to: { notice: notices[0]?.no ?? null, parts: [...parts] } };
}

/**
 * Every way to read an amount as parts of a schedule: those whose turn it is, of all who owe one or of one payer; where it is
 * none of these, several parts in a row.
 */
function nextParts(instalments: readonly Part[], amount: Fen): readonly (readonly PayerPart[])[] {
  const first = Math.min(...instalments.map((i) => i.no));
  const turn = waysToRead(
    instalments.filter((i) => i.no === first),
    amount,
  );
  return turn.length > 0 ? turn : waysToRead(instalments, amount);
}

function waysToRead(instalments: readonly Part[], amount: Fen): readonly (readonly PayerPart[])[] {
  const payers = [...new Set(instalments.map((i) => i.payer))];
  const ways = new Map<string, readonly PayerPart[]>();
  for (const who of [payers, ...payers.map((payer) => [payer])]) {
    const asked = instalments.filter((i) => who.includes(i.payer));
    for (const last of new Set(asked.map((i) => i.no))) {
      const upTo = asked.filter((i) => i.no <= last);
      if (sum(upTo.map((i) => i.amount)) !== amount) continue;
      const of = (payer: string) => fen(sum(upTo.filter((i) => i.payer === payer).map((i) => i.amount)));
      const parts = who.flatMap((payer) => atLeastOne({ payer, amount: of(payer) }));
      ways.set(JSON.stringify(parts), parts);
    }
  }
  return [...ways.values()];
}

const labelOf = ({ policy, notice }: Named): string => (notice ? `${policy.number}-${notice.no}` : policy.number);

function namedIn(text: string, known: ReadonlyMap<string, readonly Open[]>): readonly Named[] {
  const said = written(text);
  const named = [...said.words].flatMap((word) => {
    const [, number = '', no = ''] = NOTICE.exec(word) ?? [];
    const noticesOf = (policy: Open) => policy.notices.filter((n) => n.no === Number(no));
    return [
      ...(known.get(word) ?? []).map((policy): Named => ({ policy, notice: null })),
      ...(known.get(number) ?? []).flatMap((policy) => noticesOf(policy).map((notice): Named => ({ policy, notice }))),
    ];
  });
  return named.filter((n) => says(said, labelOf(n)));
}

/**
 * What is open of one notice. Where several units share a payer's part, the books know only the payer: the notice is sure as
 * long as what the payer owes is what the unpaid notices of its round ask for; when it is not, some of it came another way.
 */
function openOfNotice(policy: Open, notice: Asked): readonly PayerPart[] | 'unsure' {
  const { payer, amount, part } = notice;
  const owed = part === null ? policy.due : policy.instalments.filter((i) => i.no === part);
  const due = sum(owed.filter((d) => d.payer === payer).map((d) => d.amount));
  if (due === 0) return [];
  const isPaid = (one: Asked) =>
    policy.used.some((u) => u.payer === payer && says(u, labelOf({ policy, notice: one })));
  const round = policy.notices.filter((n) => n.round === notice.round && n.payer === payer && n.part === part);
  if (round.length === 1) return due > amount && isPaid(notice) ? [] : [{ payer, amount: fen(Math.min(due, amount)) }];
  if (isPaid(notice)) return [];
  return due === sum(round.filter((n) => !isPaid(n)).map((n) => n.amount)) ? [{ payer, amount }] : 'unsure';
}
