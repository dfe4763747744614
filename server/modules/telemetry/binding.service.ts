import { sql } from 'kysely';
import type { z } from 'zod';
import type { bindingAnswer, bindingLine } from '../../../contract/telemetry-work.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { elevatorsFor, findByIdentifier, type RegistryTables } from '../registry/index.ts';
import type { TelemetryDeps } from './deps.ts';
import { tellDirectory } from './directory.channel.ts';
import type { TelemetryTables } from './tables.ts';

type Line = z.infer<typeof bindingLine>;
type Row = Omit<Line, 'boundAt'> & { boundAt: Date };
type Refusal = { code: 'telemetry.not_found' };

const sourceNo = async (tx: Db<TelemetryTables>, id: string): Promise<number | undefined> =>
  (await tx.selectFrom('telemetry.source').select('no').where('id', '=', id).executeTakeFirst())?.no;

/** The elevators that a sender may speak for by binding, as far as the viewer sees them. */
export async function listBindingsOf(db: Db<TelemetryTables>, sourceId: string): Promise<Line[]> {
  const { rows } = await sql<Row>`select e.id as "elevatorId", e.address, e.rescue_code as "rescueCode",
      e.registration_code as "registrationCode", b.bound_at as "boundAt"
    from telemetry.binding b join telemetry.source s on s.no = b.source_no
    join registry.elevator_card e on e.id = b.elevator_id
    where s.id = ${sourceId} order by b.bound_at desc, e.id limit 1000`.execute(db);
  return rows.map((row) => ({ ...row, boundAt: row.boundAt.toISOString() }));
}

/** Let a sender speak for these elevators. A code nobody knows costs no other its binding. */
export const bindElevators = (
  { scoped }: Pick<TelemetryDeps, 'scoped'>,
  viewer: Viewer,
  { sourceId, codes }: { sourceId: string; codes: readonly string[] },
): Promise<Result<z.infer<typeof bindingAnswer>, Refusal>> =>
  scoped(viewer, async (tx) => {
    const no = await sourceNo(tx, sourceId);
    if (no === undefined) return refuse({ code: 'telemetry.not_found' } as const);
    const meant = await elevatorsMeant(tx as unknown as Tx<RegistryTables>, codes);
    const ids = [...new Set(meant.flatMap((id) => id ?? []))];
    const { rows } = await sql`insert into telemetry.binding (source_no, elevator_id, bound_by)
      select ${no}, id, ${viewer.accountId} from unnest(${ids}::uuid[]) id on conflict do nothing returning elevator_id`.execute(
      tx,
    );
    if (rows.length > 0) await tellDirectory(tx, ids);
    const unknown = codes.filter((_, i) => meant[i] === null);
    return accept({ bound: rows.length, known: ids.length - rows.length, unknown: [...unknown] });
  });

/** The elevator of each code that the viewer sees: its six digits in the car, or its registration code. */
async function elevatorsMeant(tx: Tx<RegistryTables>, codes: readonly string[]): Promise<(ElevatorId | null)[]> {
  const byRescue = await findByIdentifier(
    tx,
    codes.map((value) => ({ type: 'rescue_code' as const, value })),
  );
  const byRegistration = await findByIdentifier(
    tx,
    codes.map((value) => ({ type: 'registration_code' as const, value })),
  );
  const found = codes.map((_, i) => byRescue[i] ?? byRegistration[i] ?? null);
  const seen = await elevatorsFor(
    tx,
    found.flatMap((id) => id ?? []),
  );
  return found.map((id) => (id !== null && seen.has(id) ? id : null));
}

/** A sender no longer speaks for an elevator by binding. */
export const unbindElevator = (
  { scoped }: Pick<TelemetryDeps, 'scoped'>,
  viewer: Viewer,
  { sourceId, elevatorId }: { sourceId: string; elevatorId: ElevatorId },
): Promise<Result<null, Refusal>> =>
  scoped(viewer, async (tx) => {
    const no = await sourceNo(tx, sourceId);
    const { numDeletedRows } =
      no === undefined
        ? { numDeletedRows: 0n }
        : await tx
            .deleteFrom('telemetry.binding')
            .where('source_no', '=', no)
            .where('elevator_id', '=', elevatorId)
            .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return refuse({ code: 'telemetry.not_found' } as const);
    await tellDirectory(tx, [elevatorId]);
    return accept(null);
  });
