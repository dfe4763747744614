import { sql } from 'kysely';
import type { z } from 'zod';
import { MAINTENANCE, USE_UNIT } from '../../../contract/identity-vocabulary.ts';
import type { gapWork } from '../../../contract/registry-documents.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { type Gap, gapOf } from './file.rules.ts';
import { REGISTRARS } from './roles.ts';
import type { RegistryTables } from './tables.ts';

type Work = z.infer<typeof gapWork>['items'];

/** Which gaps a role can mend. */
function ownOf(role: string): Gap['by'] | null {
  if (REGISTRARS.some((r) => r === role)) return 'registrar';
  if (USE_UNIT.some((r) => r === role)) return 'use_unit';
  if (MAINTENANCE.some((r) => r === role)) return 'maintenance';
  if (role === 'maker') return 'maker';
  if (role === 'inspector') return 'inspection';
  return role === 'street_office' ? 'street' : null;
}

/** What the files that a viewer sees still lack: how many of each, who can mend it, one's own first. */
export async function gapsToMend(db: Db<RegistryTables>, role: string): Promise<Work> {
  const { rows } = await sql<{ code: string; elevators: number }>`select g.code, count(*)::int as elevators
    from registry.elevator e, unnest(e.gaps) as g (code) where e.merged_into is null and e.state <> 'scrapped'
      and e.gaps <> '{}' group by g.code`.execute(db);
  const own = ownOf(role);
  return rows
    .flatMap(({ code, elevators }) => {
      const gap = gapOf(code);
      return gap ? [{ ...gap, elevators, mine: gap.by === own }] : [];
    })
    .sort((a, b) => Number(b.mine) - Number(a.mine) || b.points * b.elevators - a.points * a.elevators);
}

/** Files of an earlier version, whose gaps were never written down. */
export async function filesWithoutGaps(db: Db<RegistryTables>, limit: number): Promise<ElevatorId[]> {
  const rows = await db
    .selectFrom('registry.elevator')
    .select('id')
    .where('quality', '<', 100)
    .where('gaps', '=', sql<string[]>`'{}'::text[]`)
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
