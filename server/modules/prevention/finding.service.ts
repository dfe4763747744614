import type { Tx } from '../../kernel/db.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import type { PreventionDeps } from './deps.ts';
import { findingChanged, findingEnded } from './finding.events.ts';
import { decideFinding, type FindingCommand, type FindingRefusal } from './finding.rules.ts';
import { type FindingWithUnit, findingOf, lockFinding, saveFinding } from './finding.store.ts';
import type { PreventionTables } from './tables.ts';
import { insertStep } from './visit.store.ts';

export type FindingActRefusal =
  | FindingRefusal
  | { code: 'prevention.finding_not_found' }
  | { code: 'prevention.changed_meanwhile' };
export type FindingAct = FindingCommand & { version: number; attached: readonly string[] };

/** Carry out one command on one finding: the step, its photos, the state and the event stand or fall together. */
export const actOnFinding = (
  deps: PreventionDeps,
  viewer: Viewer,
  { id, act }: { id: string; act: FindingAct },
): Promise<Result<{ id: string; state: string; version: number }, FindingActRefusal>> =>
  deps.scoped(
    viewer,
    async (tx): Promise<Result<{ id: string; state: string; version: number }, FindingActRefusal>> => {
      const row = await lockFinding(tx, id);
      if (!row) return refuse({ code: 'prevention.finding_not_found' });
      if (row.version !== act.version) return refuse({ code: 'prevention.changed_meanwhile' });
      const now = deps.now();
      const decided = decideFinding(findingOf(row), act, { orgId: viewer.orgId, now });
      if (!decided.ok) return decided;
      await saveFinding(tx, row, { ...decided.value, endedAt: isOver(decided.value.state) ? now : null });
      await writeStep(tx, { deps, viewer, row, act, now });
      return accept({ id, state: decided.value.state, version: row.version + 1 });
    },
  );

const isOver = (state: string): boolean => state === 'closed' || state === 'withdrawn';

type Writing = { deps: PreventionDeps; viewer: Viewer; row: FindingWithUnit; act: FindingAct; now: Date };

async function writeStep(tx: Tx<PreventionTables>, { deps, viewer, row, act, now }: Writing): Promise<void> {
  await insertStep(tx, {
    id: deps.newId(),
    finding: row,
    at: now,
    step: act.do,
    orgId: viewer.orgId,
    actor: viewer.accountId,
    note: act.note,
    files: act.attached,
  });
  const id = deps.newId();
  await publish(tx, [
    act.do === 'close' || act.do === 'withdraw'
      ? findingEnded(row, { id, at: now, end: act.do === 'close' ? 'closed' : 'withdrawn', dueOn: row.due_on })
      : findingChanged(row, { id, at: now, by: act.do }),
  ]);
}
