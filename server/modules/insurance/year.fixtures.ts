import { type ElevatorId, newId, type OrgId } from '../../kernel/ids.ts';
import { type Fen, fen, sum } from '../../kernel/money.ts';
import type { Result } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { type Day, startOf } from '../../kernel/time.ts';
import type { CommandDeps as RescueDeps } from '../rescue/deps.ts';
import type { ClaimDeps } from './claim/claim.deps.ts';
import { takeStatement } from './money/bank.service.ts';

/** Elevators of one use unit kept by one maintenance unit: what becomes one policy. */
export type Fleet = {
  holder: OrgId;
  agent: OrgId;
  elevators: readonly { id: ElevatorId; code: string }[]; // the last one joins later, by endorsement
};

/** A city in which a year is lived. `relay` hands what rescue told to insurance, as the running product does. */
export type YearCity = {
  deps: ClaimDeps;
  rescue: RescueDeps;
  setNow: (at: Date) => void;
  relay: () => Promise<void>;
  viewer: (org: OrgId, role: string) => Viewer;
  lead: OrgId;
  productId: string;
  fleets: readonly Fleet[];
};

/** What people did, as each act answered: written beside the books, to be compared with them at the end. */
export type Diary = {
  written: Map<string, number>; // by policy, fen
  claims: Map<string, number>; // by claim, fen that the bank says arrived and stayed
  bank: number; // what the statements sum to
  cancelled: Set<string>;
  renewals: number;
};

export const ACCOUNT = '****1234';
export function must<T>(done: Result<T, { code: string }>): T {
  if (!done.ok) throw new Error(JSON.stringify(done.refusal));
  return done.value;
}

export const lead = (city: YearCity, role: string): Viewer => city.viewer(city.lead, role);
export const at = (city: YearCity, day: Day, hour: number): void =>
  city.setNow(new Date(startOf(day).getTime() + hour * 3_600_000));
export const after = (city: YearCity, seconds: number): void =>
  city.setNow(new Date(city.deps.now().getTime() + seconds * 1_000));
/** One line of the bank's statement, taken in as the cashier does. */
export async function bankLine(
  city: YearCity,
  diary: Diary,
  amount: number,
): Promise<{ id: string; ref: string; at: Date }> {
  const now = city.deps.now();
  const time = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const ref = newId();
  const rows = [{ row: 2, cells: { ref, at: time, amount: (amount / 100).toFixed(2) } }];
  const statement = { fileHash: null, fileName: 'x', account: ACCOUNT, rows };
  const taken = await takeStatement(city.deps, lead(city, 'cashier'), statement);
  if (taken.taken !== 1) throw new Error(JSON.stringify(taken));
  diary.bank += amount;
  const line = await city.deps.db
    .selectFrom('insurance.bank_line')
    .select('id')
    .where('bank_ref', '=', ref)
    .executeTakeFirstOrThrow();
  return { id: line.id, ref, at: now };
}

export type OnPolicy = { policyId: string; first: Day };

/** A sum over a diary's map. */
export const total = (map: ReadonlyMap<string, number>): Fen => sum([...map.values()].map((n) => fen(n)));
