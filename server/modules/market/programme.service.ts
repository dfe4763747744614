import type { Tx } from '../../kernel/db.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import type { MarketDeps } from './deps.ts';
import {
  checkPlan,
  closePhase,
  doneItem,
  type PhasePlan,
  type ProgrammeRefusal,
  phaseAfter,
} from './programme.rules.ts';
import { figuresOf } from './programme.views.ts';
import type { MarketTables, PhaseRow, ProgrammeRow } from './tables.ts';

export type NewProgramme = {
  name: string;
  kind: ProgrammeRow['kind'];
  areaCode: string;
  marks: readonly string[];
  aim: string;
  phases: readonly PhasePlan[];
};
export type ProgrammeActRefusal =
  | ProgrammeRefusal
  | { code: 'market.programme_not_found' }
  | { code: 'market.programme_area'; areaCode: string }
  | { code: 'market.changed_meanwhile' };
type Acted = Result<{ ok: true }, ProgrammeActRefusal>;

/** Set up a district's programme with its three phases; what each needs comes from the city's pack. */
export const openProgramme = (
  deps: MarketDeps,
  viewer: Viewer,
  given: NewProgramme,
): Promise<Result<{ programmeId: string }, ProgrammeActRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ programmeId: string }, ProgrammeActRefusal>> => {
    if (!viewer.scope.all && !viewer.scope.areas.includes(given.areaCode))
      return refuse({ code: 'market.programme_area', areaCode: given.areaCode });
    const fault = checkPlan(given.phases);
    if (fault) return refuse(fault);
    const id = deps.newId();
    const audience = { area_codes: [given.areaCode], org_ids: viewer.orgId ? [viewer.orgId] : [] };
    await tx
      .insertInto('market.programme')
      .values({
        id,
        name: given.name,
        kind: given.kind,
        area_code: given.areaCode,
        marks: [...given.marks],
        aim: given.aim,
        ...audience,
      })
      .execute();
    for (const plan of given.phases) await insertPhase(tx, { deps, programmeId: id, plan, audience });
    return accept({ programmeId: id });
  });

type Inserting = {
  deps: MarketDeps;
  programmeId: string;
  plan: PhasePlan;
  audience: { area_codes: string[]; org_ids: string[] };
};

async function insertPhase(tx: Tx<MarketTables>, { deps, programmeId, plan, audience }: Inserting): Promise<void> {
  const phaseId = deps.newId();
  await tx
    .insertInto('market.programme_phase')
    .values({
      id: phaseId,
      programme_id: programmeId,
      phase: plan.phase,
      from_on: plan.from,
      to_on: plan.to,
      target_bp: plan.targetBp,
      state: plan.phase === 'pilot' ? 'running' : 'planned',
      evaluation: '',
      lessons: '',
      figures: null,
      closed_at: null,
      closed_by: null,
      ...audience,
    })
    .execute();
  const items = deps.settings.programme.items[plan.phase];
  if (items.length === 0) return;
  await tx
    .insertInto('market.programme_item')
    .values(
      items.map(({ code, title }) => ({
        id: deps.newId(),
        phase_id: phaseId,
        code,
        title,
        due_on: plan.to,
        done_on: null,
        note: '',
        ...audience,
      })),
    )
    .execute();
}

/** One thing of the start-up list is done. */
export const finishItem = (
  deps: MarketDeps,
  viewer: Viewer,
  done: { id: string; version: number; on: string; note: string },
): Promise<Acted> =>
  deps.scoped(viewer, async (tx): Promise<Acted> => {
    const item = await tx
      .selectFrom('market.programme_item as i')
      .innerJoin('market.programme_phase as p', 'p.id', 'i.phase_id')
      .select(['i.version', 'p.state'])
      .where('i.id', '=', done.id)
      .executeTakeFirst();
    if (!item) return refuse({ code: 'market.programme_not_found' });
    if (item.version !== done.version) return refuse({ code: 'market.changed_meanwhile' });
    const fault = doneItem(item.state, done, dayOf(deps.now()));
    if (fault) return refuse(fault);
    const { numUpdatedRows } = await tx
      .updateTable('market.programme_item')
      .set({ done_on: done.on, note: done.note, version: item.version + 1 })
      .where('id', '=', done.id)
      .where('version', '=', done.version)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n ? accept({ ok: true as const }) : refuse({ code: 'market.changed_meanwhile' });
  });

/** Close the running phase with its evaluation, its lessons and its figures; the next one runs. */
export const closeRunning = (
  deps: MarketDeps,
  viewer: Viewer,
  said: { id: string; version: number; evaluation: string; lessons: string },
): Promise<Acted> =>
  deps.scoped(viewer, async (tx): Promise<Acted> => {
    const row = await tx
      .selectFrom('market.programme_phase')
      .selectAll()
      .where('id', '=', said.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse({ code: 'market.programme_not_found' });
    if (row.version !== said.version) return refuse({ code: 'market.changed_meanwhile' });
    const items = await tx
      .selectFrom('market.programme_item')
      .select(['title', 'done_on as doneOn'])
      .where('phase_id', '=', said.id)
      .orderBy('id')
      .execute();
    const decided = closePhase(row.state, items, said);
    if (!decided.ok) return decided;
    await saveClosed(tx, { deps, viewer, row, said });
    return accept({ ok: true as const });
  });

type Closing = { deps: MarketDeps; viewer: Viewer; row: PhaseRowRead; said: { evaluation: string; lessons: string } };
type PhaseRowRead = Omit<PhaseRow, 'version'> & { version: number };

async function saveClosed(tx: Tx<MarketTables>, { deps, viewer, row, said }: Closing): Promise<void> {
  const programme = await tx
    .selectFrom('market.programme')
    .selectAll()
    .where('id', '=', row.programme_id)
    .executeTakeFirstOrThrow();
  const figures = await figuresOf(tx, { areaCode: programme.area_code, marks: programme.marks, on: dayOf(deps.now()) });
  await tx
    .updateTable('market.programme_phase')
    .set({
      state: 'closed',
      evaluation: said.evaluation,
      lessons: said.lessons,
      figures: JSON.stringify(figures),
      closed_at: deps.now(),
      closed_by: viewer.accountId,
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .execute();
  const next = phaseAfter(row.phase);
  if (!next) return;
  await tx
    .updateTable('market.programme_phase')
    .set((eb) => ({ state: 'running' as const, version: eb('version', '+', 1) }))
    .where('programme_id', '=', row.programme_id)
    .where('phase', '=', next)
    .execute();
}
