import { type Fen, fen, split, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { addDays, type Day } from '../../../kernel/time.ts';
import type { PayerPart } from '../product/rating.ts';

/** Paying in parts (分期), as the contract on file allows it. */
export type InstalmentTerms = {
  least: Fen; // premium from which it is allowed
  parts: readonly { weight: number; afterDays: number }[]; // the first before cover begins, the others so many days after it did
  remindDays: number; // before a part is due
  graceDays: number; // after that day, before a notice may be given
  noticeDays: number; // from the notice to the end of the cover
};

/** One payer's part of the premium, with the last day it may come. */
export type Instalment = { no: number; dueOn: Day; payer: string; amount: Fen };

export type InstalmentRefusal =
  | { code: 'insurance.instalments_not_filed'; product: string }
  | { code: 'insurance.instalments_below_least'; total: Fen; least: Fen };

/** May this premium be paid in parts? Only where the filed contract says so, and from its least premium on. */
export function mayPayInParts(
  terms: InstalmentTerms | null,
  { product, total }: { product: string; total: Fen },
): Result<InstalmentTerms, InstalmentRefusal> {
  if (!terms) return refuse({ code: 'insurance.instalments_not_filed', product });
  return total < terms.least
    ? refuse({ code: 'insurance.instalments_below_least', total, least: terms.least })
    : accept(terms);
}

/**
 * Who pays how much by when. Each payer's part is split by the filed weights, largest remainder, a tie to the earlier part, so
 * that the parts of every payer sum to what he owes. The first is due before the cover begins (见费出单).
 */
export function scheduleOf(
  terms: InstalmentTerms,
  { from, owed }: { from: Day; owed: readonly PayerPart[] },
): readonly Instalment[] {
  const weights = terms.parts.map((p) => p.weight);
  return owed
    .filter((o) => o.amount > 0)
    .flatMap(({ payer, amount }) =>
      split(amount, weights).map((part, i) => ({
        no: i + 1,
        dueOn: i === 0 ? addDays(from, -1) : addDays(from, terms.parts[i]?.afterDays ?? 0),
        payer,
        amount: part,
      })),
    )
    .filter((i) => i.amount > 0);
}

/** A payer on a policy: what he owes as it stands today, after all that changed it, and what came of it. */
export type Payer = { payer: string; owed: Fen; arrived: Fen };
export type Due = Instalment & { asked: Fen; unpaid: Fen };

/**
 * The schedule against the money. What a payer owes less than when it was made falls off its last parts; what he owes more was
 * due when the change was made and stands before every part. Money pays the earliest first.
 */
export function standOf(schedule: readonly Instalment[], payers: readonly Payer[]): readonly Due[] {
  return payers.flatMap(({ payer, owed, arrived }) => {
    const own = schedule.filter((i) => i.payer === payer).toSorted((a, b) => a.no - b.no);
    const more = Math.max(owed - sum(own.map((i) => i.amount)), 0);
    let planned = 0;
    let before = Math.min(more, owed);
    return own.map((instalment) => {
      planned += instalment.amount;
      const upTo = Math.min(planned + more, owed);
      const asked = upTo - before;
      before = upTo;
      return { ...instalment, asked: fen(asked), unpaid: fen(Math.min(Math.max(upTo - arrived, 0), asked)) };
    });
  });
}

/** What each payer must have paid by a day: whatever is not a later part of a schedule. */
export const dueBy = (schedule: readonly Instalment[], payers: readonly Payer[], day: Day): readonly PayerPart[] =>
  payers.map(({ payer, owed, arrived }) => {
    const later = standOf(schedule, [{ payer, owed, arrived }]).filter((i) => i.dueOn > day);
    return { payer, amount: fen(owed - sum(later.map((i) => i.asked))) };
  });

export type Stage = 'not_due' | 'reminded' | 'grace' | 'overdue';

/** How pressing an unpaid part is on a day. Within the grace nothing follows from it; cover stands until the contract ends. */
export function stageOn(terms: InstalmentTerms, dueOn: Day, today: Day): Stage {
  if (today > addDays(dueOn, terms.graceDays)) return 'overdue';
  if (today > dueOn) return 'grace';
  return today >= addDays(dueOn, -terms.remindDays) ? 'reminded' : 'not_due';
}

export type Pressing = { no: number; stage: Exclude<Stage, 'not_due'>; dueOn: Day; dues: readonly Due[] };

/** The parts that are to be spoken of on a day, each with what is missing of it. */
export function pressingOn(terms: InstalmentTerms, dues: readonly Due[], today: Day): readonly Pressing[] {
  const unpaid = dues.filter((d) => d.unpaid > 0);
  return [...new Set(unpaid.map((d) => d.no))].flatMap((no) => {
    const parts = unpaid.filter((d) => d.no === no);
    const dueOn = parts[0]?.dueOn ?? today;
    const stage = stageOn(terms, dueOn, today);
    return stage === 'not_due' ? [] : [{ no, stage, dueOn, dues: parts }];
  });
}

/** A written notice that the contract ends unless the overdue premium comes. */
export type DueNotice = { sentOn: Day; endsOn: Day };

export type NoticeRefusal =
  | { code: 'insurance.instalment_not_overdue'; graceUntil: Day | null }
  | { code: 'insurance.instalment_notice_running'; endsOn: Day };

/** May the notice be given? Only after the grace of an unpaid part, and once while it runs. It names its last day of cover. */
export function giveNotice(
  terms: InstalmentTerms,
  { dues, running, today }: { dues: readonly Due[]; running: DueNotice | undefined; today: Day },
): Result<DueNotice & { unpaid: Fen }, NoticeRefusal> {
  if (running) return refuse({ code: 'insurance.instalment_notice_running', endsOn: running.endsOn });
  const unpaid = dues.filter((d) => d.unpaid > 0 && d.dueOn <= today);
  const overdue = unpaid.filter((d) => stageOn(terms, d.dueOn, today) === 'overdue');
  if (overdue.length === 0) {
    const [first] = unpaid.map((d) => d.dueOn).toSorted();
    return refuse({
      code: 'insurance.instalment_not_overdue',
      graceUntil: first === undefined ? null : addDays(first, terms.graceDays),
    });
  }
  return accept({
    sentOn: today,
    endsOn: addDays(today, terms.noticeDays),
    unpaid: sum(unpaid.map((d) => d.unpaid)),
  });
}

export type UnpaidEndRefusal =
  | { code: 'insurance.instalment_notice_missing' }
  | { code: 'insurance.instalment_paid' }
  | { code: 'insurance.instalment_notice_first'; endsOn: Day };

/**
 * May the insurer end the policy because a part was not paid? Not without a notice, not while its days run, not when the money
 * came meanwhile, and never back to a day before: nothing suspends cover behind the insured's back.
 */
export function mayEndUnpaid({
  dues,
  notice,
  lastOn,
  today,
}: {
  dues: readonly Due[];
  notice: DueNotice | undefined;
  lastOn: Day;
  today: Day;
}): UnpaidEndRefusal | undefined {
  if (!dues.some((d) => d.unpaid > 0 && d.dueOn <= today)) return { code: 'insurance.instalment_paid' };
  if (!notice) return { code: 'insurance.instalment_notice_missing' };
  if (today <= notice.endsOn || lastOn < today)
    return { code: 'insurance.instalment_notice_first', endsOn: notice.endsOn };
  return undefined;
}
