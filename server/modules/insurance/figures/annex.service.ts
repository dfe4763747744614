import { createHash } from 'node:crypto';
import type { Db } from '../../../kernel/db.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { addDays, type Day, dayOf, startOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { annex1, annex2, disagreements } from './annex.rules.ts';
import { type AnnexKind, annexLines } from './annex.store.ts';
import { type AnnexContent, type AnnexReport, reportsOf, saveReport } from './annex-report.store.ts';

export type AnnexOf = { areaCode: string; kind: AnnexKind; year: number };
export type AnnexRefusal =
  | { code: 'insurance.annex_not_found' }
  | { code: 'insurance.annex_year'; year: number }
  | { code: 'insurance.annex_area'; area: string }
  | { code: 'insurance.annex_disagrees'; fields: string }
  | { code: 'insurance.annex_reason_missing' }
  | { code: 'insurance.annex_unchanged' }
  | { code: 'insurance.annex_changed_meanwhile' };

export type AnnexDraft = AnnexContent & {
  from: Day;
  until: Date;
  disagreements: readonly string[]; // must be empty before it may be handed in
  withoutAge: readonly string[]; // elevators whose age prints blank: no date of first use on file
  notInUse: readonly string[]; // insured and left out: not in use by the cut-off
  hash: string;
};

type Counting = { of: AnnexOf; now: Date; leastAnswers: number };

/** Count both forms from one set of lines, from 1 January to now or to the end of a year that is over. */
export async function countAnnex(db: Db<InsuranceTables>, { of, now, leastAnswers }: Counting): Promise<AnnexDraft> {
  const from = `${of.year}-01-01` as Day;
  const end = new Date(startOf(`${of.year + 1}-01-01` as Day).getTime() - 1);
  const until = end < now ? end : now;
  const source = await annexLines(db, { areaCode: of.areaCode, kind: of.kind, from, until });
  const one = [...annex1(source.lines, leastAnswers)];
  const two = annex2(source.lines, until).map((row) => ({ ...row, otherInsurers: [...row.otherInsurers] }));
  const content: AnnexContent = { one, two, lineIds: [...source.lineIds] };
  return {
    ...content,
    from,
    until,
    withoutAge: source.withoutAge,
    notInUse: source.notInUse,
    hash: hashOf(content),
    disagreements: disagreements(one, two),
  };
}

/** SHA-256 of the forms and of what they rest on: anybody can count it again from an export. */
export const hashOf = ({ one, two, lineIds }: AnnexContent): string =>
  createHash('sha256').update(JSON.stringify({ one, two, lineIds })).digest('hex');

type Freezing = AnnexOf & { reporter: string; reason: string; leastAnswers: number };

/**
 * Hand a year's forms in: they stand as they are from now on. A further one is a numbered correction that says why and
 * names the hash of the one before. Forms that disagree are refused.
 */
export const freezeAnnex = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { reporter, reason, leastAnswers, ...of }: Freezing,
): Promise<Result<AnnexReport, AnnexRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<AnnexReport, AnnexRefusal>> => {
    const now = deps.now();
    if (of.year > Number(dayOf(now).slice(0, 4))) return refuse({ code: 'insurance.annex_year', year: of.year });
    if (!mayReport(viewer, of.areaCode)) return refuse({ code: 'insurance.annex_area', area: of.areaCode });
    const [last] = await reportsOf(tx, of);
    if (last && !reason) return refuse({ code: 'insurance.annex_reason_missing' });
    const { from, until, disagreements: wrong, hash, ...content } = await countAnnex(tx, { of, now, leastAnswers });
    if (wrong.length > 0) return refuse({ code: 'insurance.annex_disagrees', fields: wrong.join(', ') });
    if (last?.hash === hash) return refuse({ code: 'insurance.annex_unchanged' });
    const { one, two, lineIds } = content;
    const report: AnnexReport = {
      ...of,
      id: deps.newId(),
      no: last ? last.no + 1 : 0,
      from,
      until,
      frozenAt: now,
      reporter,
      hash,
      reason: last ? reason : '',
      previous: last?.hash ?? null,
      content: { one, two, lineIds },
    };
    const saved = await saveReport(tx, report, viewer.accountId);
    return saved ? accept(report) : refuse({ code: 'insurance.annex_changed_meanwhile' });
  });

/** A district hands in its own figures; the city may for any. */
const mayReport = ({ scope }: Viewer, area: string): boolean => scope.all || scope.areas.includes(area);

/** Days until the forms are due, on the city's calendar; negative: overdue. */
export function annexDue(settings: { dueOn: string; remindDays: number }, on: Day): { dueOn: Day; remindFrom: Day } {
  const dueOn = `${on.slice(0, 4)}-${settings.dueOn}` as Day;
  return { dueOn, remindFrom: addDays(dueOn, -settings.remindDays) };
}
