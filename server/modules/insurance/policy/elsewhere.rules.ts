import { readDay } from '../../../kernel/cells.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Day } from '../../../kernel/time.ts';
import { plainCode } from './roster.rules.ts';

export const ELSEWHERE_COLUMNS = ['insurer', 'number', 'kind', 'from', 'to', 'premium', 'code'] as const;
export type ElsewhereColumn = (typeof ELSEWHERE_COLUMNS)[number];
export type ElsewhereCells = Readonly<Record<ElsewhereColumn, string>>;
export type Kind = 'liability' | 'comprehensive' | 'pension';

export type ElsewhereFaultCode =
  | 'insurance.elsewhere_empty_cell'
  | 'insurance.elsewhere_insurer_unknown'
  | 'insurance.elsewhere_kind'
  | 'insurance.elsewhere_day'
  | 'insurance.elsewhere_to_before_from'
  | 'insurance.elsewhere_term_long'
  | 'insurance.elsewhere_premium'
  | 'insurance.elsewhere_unknown'
  | 'insurance.elsewhere_twice'
  | 'insurance.elsewhere_differs'
  | 'insurance.elsewhere_number_taken'
  | 'insurance.elsewhere_confirmed'
  | 'insurance.elsewhere_of_other';
/** What is wrong in a table: its line as a spreadsheet counts, the column, what stands there, why. */
export type ElsewhereFault = { row: number; column: ElsewhereColumn; value: string; code: ElsewhereFaultCode };

/** One elevator of one policy, as a row says it. */
export type ElsewhereRow = {
  row: number;
  insurerOrgId: string;
  number: string;
  kind: Kind;
  from: Day;
  to: Day;
  premium: Fen;
  code: string;
};
/** Names as people write them, to what they mean. */
export type Names = { insurers: ReadonlyMap<string, string>; kinds: ReadonlyMap<string, Kind> };

const LONGEST_YEARS = 5;
const plainName = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
/** A list of names, ready to be found however a person writes them. */
export const named = <T>(pairs: Iterable<readonly [string, T]>): ReadonlyMap<string, T> =>
  new Map([...pairs].map(([name, value]) => [plainName(name), value]));

/** Read one row; every fault of it is told, not only the first. */
export function readElsewhereRow(
  row: number,
  cells: ElsewhereCells,
  names: Names,
): Result<ElsewhereRow, readonly ElsewhereFault[]> {
  const faults: ElsewhereFault[] = [];
  const fault = (column: ElsewhereColumn, code: ElsewhereFaultCode) =>
    faults.push({ row, column, value: cells[column].slice(0, 80), code });
  for (const column of ELSEWHERE_COLUMNS)
    if (cells[column].trim() === '') fault(column, 'insurance.elsewhere_empty_cell');
  const isFilled = (column: ElsewhereColumn) => cells[column].trim() !== '';
  const insurerOrgId = names.insurers.get(plainName(cells.insurer));
  if (isFilled('insurer') && insurerOrgId === undefined) fault('insurer', 'insurance.elsewhere_insurer_unknown');
  const kind = names.kinds.get(plainName(cells.kind));
  if (isFilled('kind') && kind === undefined) fault('kind', 'insurance.elsewhere_kind');
  const [from, to] = [readDay(cells.from), readDay(cells.to)];
  if (isFilled('from') && !from.ok) fault('from', 'insurance.elsewhere_day');
  if (isFilled('to') && !to.ok) fault('to', 'insurance.elsewhere_day');
  if (from.ok && to.ok && to.value < from.value) fault('to', 'insurance.elsewhere_to_before_from');
  if (from.ok && to.ok && Number(to.value.slice(0, 4)) - Number(from.value.slice(0, 4)) > LONGEST_YEARS)
    fault('to', 'insurance.elsewhere_term_long');
  const premium = readYuan(cells.premium);
  if (isFilled('premium') && premium === undefined) fault('premium', 'insurance.elsewhere_premium');
  if (faults.length > 0 || !insurerOrgId || !kind || !from.ok || !to.ok || premium === undefined) return refuse(faults);
  const days = { from: from.value as Day, to: to.value as Day };
  const number = cells.number.normalize('NFKC').trim().slice(0, 64);
  return accept({ row, insurerOrgId, number, kind, ...days, premium, code: cells.code.trim() });
}

/** Yuan as a table writes it, in whole fen; nothing else is an amount. */
export function readYuan(cell: string): Fen | undefined {
  const found = /^(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(cell.normalize('NFKC').replaceAll(/[,¥元\s]/g, ''));
  return found ? fen(Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))) : undefined;
}

export type ElsewherePolicy = Omit<ElsewhereRow, 'row' | 'premium' | 'code'> & {
  lines: readonly { row: number; elevatorId: string; code: string; premium: Fen }[];
};
export type ElsewhereCard = { elevatorId: string; codes: readonly string[] };

/** Rows by policy, in the order they come. A row that names no elevator, one twice, or another term is a fault of its own line. */
export function gather(
  rows: readonly ElsewhereRow[],
  cards: readonly ElsewhereCard[],
): { policies: readonly ElsewherePolicy[]; faults: readonly ElsewhereFault[] } {
  const byCode = new Map(
    cards.flatMap((card) => card.codes.map((code) => [plainCode(code), card.elevatorId] as const)),
  );
  const policies = new Map<string, ElsewherePolicy & { lines: ElsewherePolicy['lines'][number][] }>();
  const seen = new Set<string>();
  const faults: ElsewhereFault[] = [];
  for (const { row, premium, code, ...policy } of rows) {
    const key = `${policy.insurerOrgId} ${policy.number}`;
    const elevatorId = byCode.get(plainCode(code));
    const known = policies.get(key);
    const differs = known && (known.kind !== policy.kind || known.from !== policy.from || known.to !== policy.to);
    if (elevatorId === undefined)
      faults.push({ row, column: 'code', value: code, code: 'insurance.elsewhere_unknown' });
    else if (differs) faults.push({ row, column: 'number', value: policy.number, code: 'insurance.elsewhere_differs' });
    else if (seen.has(`${key} ${elevatorId}`))
      faults.push({ row, column: 'code', value: code, code: 'insurance.elsewhere_twice' });
    else {
      seen.add(`${key} ${elevatorId}`);
      const line = { row, elevatorId, code, premium };
      if (known) known.lines.push(line);
      else policies.set(key, { ...policy, lines: [line] });
    }
  }
  return { policies: [...policies.values()], faults };
}

/** A policy of that insurer and number that stands already. */
export type Standing = {
  id: string;
  elsewhere: boolean;
  state: string;
  confirmed: boolean;
  mine: boolean; // the viewer's unit recorded it or is its party
  kind: string;
  from: string;
  to: string;
  elevatorIds: ReadonlySet<string>;
};

export type Split = {
  fresh: ElsewherePolicy['lines'];
  known: number;
  faults: readonly ElsewhereFault[];
};

/** What of a policy's rows is new beside what stands: the same again changes nothing, another term is a fault. */
export function beside(policy: ElsewherePolicy, standing: Standing | undefined): Split {
  if (!standing) return { fresh: policy.lines, known: 0, faults: [] };
  const same =
    standing.elsewhere &&
    standing.state === 'issued' &&
    standing.kind === policy.kind &&
    standing.from === policy.from &&
    standing.to === policy.to;
  const at = (column: ElsewhereColumn, code: ElsewhereFaultCode, lines: ElsewherePolicy['lines']) =>
    lines.map((l): ElsewhereFault => ({ row: l.row, column, value: column === 'code' ? l.code : policy.number, code }));
  if (!same) return { fresh: [], known: 0, faults: at('number', 'insurance.elsewhere_number_taken', policy.lines) };
  const fresh = policy.lines.filter((l) => !standing.elevatorIds.has(l.elevatorId));
  const known = policy.lines.length - fresh.length;
  if (fresh.length === 0) return { fresh, known, faults: [] };
  if (standing.confirmed) return { fresh: [], known, faults: at('code', 'insurance.elsewhere_confirmed', fresh) };
  return standing.mine
    ? { fresh, known, faults: [] }
    : { fresh: [], known, faults: at('number', 'insurance.elsewhere_of_other', fresh) };
}
