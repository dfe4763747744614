import { sql } from 'kysely';
import { z } from 'zod';
import type { programmeItem } from '../../../contract/market.ts';
import type { Db } from '../../kernel/db.ts';
import { insuredOn } from '../insurance/index.ts';
import { elevatorsMarked } from '../registry/index.ts';
import { coverageBp, PHASES } from './programme.rules.ts';
import type { MarketTables } from './tables.ts';

type Item = z.output<typeof programmeItem>;
type PhaseLine = Item['phases'][number];
type Figures = { inScope: number; insured: number; coverageBp: number | null };
const figuresRow = z.object({ inScope: z.int(), insured: z.int(), coverageBp: z.int().nullable() });

/** How far a programme is: distinct elevators in use within its scope, and how many of them anybody insures on the day. */
export async function figuresOf(
  db: Db<MarketTables>,
  { areaCode, marks, on }: { areaCode: string; marks: readonly string[]; on: string },
): Promise<Figures> {
  const elevatorIds = await elevatorsMarked(db, { areaCode, marks });
  const insured = await insuredOn(db, { elevatorIds, on });
  return {
    inScope: elevatorIds.length,
    insured: insured.size,
    coverageBp: coverageBp(insured.size, elevatorIds.length),
  };
}

type PhaseRead = Omit<PhaseLine, 'items' | 'closedAt' | 'figures'> & {
  programmeId: string;
  closedAt: Date | null;
  figures: unknown;
};
type ItemRead = PhaseLine['items'][number] & { phaseId: string };

/** Programmes as far as the viewer sees them, with phases, start-up lists and how far each is today. */
export async function listProgrammes(db: Db<MarketTables>, on: string): Promise<Item[]> {
  const programmes = await db.selectFrom('market.programme').selectAll().orderBy('area_code').orderBy('id').execute();
  const { rows: phases } = await sql<PhaseRead>`select id, programme_id as "programmeId", version, phase,
      from_on::text as "from", to_on::text as "to", target_bp as "targetBp", state, evaluation, lessons, figures,
      closed_at as "closedAt" from market.programme_phase`.execute(db);
  const { rows: items } = await sql<ItemRead>`select id, phase_id as "phaseId", version, code, title,
      due_on::text as "dueOn", done_on::text as "doneOn", note from market.programme_item order by id`.execute(db);
  const listed: Item[] = [];
  for (const { id, name, kind, area_code, marks, aim } of programmes) {
    const figures = await figuresOf(db, { areaCode: area_code, marks, on });
    const own = PHASES.flatMap((phase) => phases.filter((p) => p.programmeId === id && p.phase === phase));
    const shown = own.map((phase) => phaseOf(phase, items));
    listed.push({ id, name, kind, areaCode: area_code, marks, aim, ...figures, phases: shown });
  }
  return listed;
}

const phaseOf = ({ closedAt, figures, ...phase }: PhaseRead, items: readonly ItemRead[]): PhaseLine => ({
  ...phase,
  closedAt: closedAt?.toISOString() ?? null,
  figures: figures === null ? null : figuresRow.parse(figures),
  items: items.filter((item) => item.phaseId === phase.id),
});
