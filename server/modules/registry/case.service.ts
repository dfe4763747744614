import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Audience, Viewer } from '../../kernel/scope.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { note } from '../../kernel/trace.ts';
import { type ChangeRefusal, groundOf, openFile, writeChange } from './change.service.ts';
import type { RegistryDeps } from './deps.ts';
import { applyEdit, diffOf, type EditedFile } from './edit.rules.ts';
import type { RegistryTables, ResponsibilityCaseRow } from './tables.ts';

export type CaseRefusal = ChangeRefusal | { code: 'registry.case_closed' } | { code: 'registry.org_unknown' };

/** What was found out about who answers for an elevator. */
export const caseEvidence = z.array(
  z.object({ at: z.string(), by: z.string(), note: z.string(), fileHash: z.string().nullable() }),
);

/** States in which somebody must answer for the elevator. */
const ANSWERED_FOR = ['registered', 'in_use', 'stopped', 'sealed'] as const;

/**
 * Open a case for each of these elevators that nobody answers for, unless one is open. Runs as the owner, when files
 * come in or a use unit leaves.
 */
export async function openCases(
  deps: Pick<RegistryDeps, 'now' | 'newId' | 'city'>,
  tx: Tx<RegistryTables>,
  ids: readonly ElevatorId[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const at = deps.now();
  const dueOn = addDays(dayOf(at), deps.city.facts.lifeCycle.settleUseUnitWithinDays);
  const opened = (await unanswered(tx, ids)).map((e) => ({ e, id: deps.newId() }));
  if (opened.length === 0) return 0;
  await insertCases(
    tx,
    opened.map(({ e, id }) => ({
      id,
      elevator_id: e.id,
      street_code: e.street_code,
      opened_at: at,
      due_on: dueOn,
      area_codes: e.area_codes,
      org_ids: e.org_ids,
    })),
  );
  await tellOpened(
    deps,
    tx,
    opened.map(({ e, id }) => ({
      subject: e.id,
      at,
      audience: { areaCodes: e.area_codes, orgIds: e.org_ids },
      version: e.version,
      caseId: id,
      dueOn,
    })),
  );
  return opened.length;
}

type Opening = { subject: ElevatorId; at: Date; audience: Audience; version: number; caseId: string; dueOn: string };

async function tellOpened(
  { newId }: Pick<RegistryDeps, 'newId'>,
  tx: Tx<RegistryTables>,
  opened: readonly Opening[],
): Promise<void> {
  await note(
    tx,
    opened.map(({ subject, at, audience, caseId, dueOn }) => ({
      subject,
      at,
      audience,
      code: 'registry.trace.case_opened',
      params: { due: dueOn },
      ref: caseId,
    })),
  );
  await publish(
    tx,
    opened.map(({ subject, at, audience, version, caseId }) => ({
      id: newId(),
      type: 'registry.responsibility_changed',
      v: 1,
      occurredAt: at,
      subject,
      version,
      audience,
      data: { elevatorId: subject, caseId, open: true },
    })),
  );
}

/** Those of the elevators that somebody must answer for, that nobody does, and that have no open case. */
const unanswered = (tx: Tx<RegistryTables>, ids: readonly ElevatorId[]) =>
  tx
    .selectFrom('registry.elevator as e')
    .leftJoin('registry.responsibility_case as c', (join) =>
      join.onRef('c.elevator_id', '=', 'e.id').on('c.outcome', 'is', null),
    )
    .select(['e.id', 'e.street_code', 'e.area_codes', 'e.org_ids', 'e.version'])
    .where('e.id', 'in', [...ids])
    .where('e.use_org_id', 'is', null)
    .where('e.merged_into', 'is', null)
    .where('e.state', 'in', ANSWERED_FOR)
    .where('c.id', 'is', null)
    .execute();

async function insertCases(tx: Tx<RegistryTables>, rows: readonly Record<string, unknown>[]): Promise<void> {
  await sql`insert into registry.responsibility_case (id, elevator_id, street_code, opened_at, due_on, area_codes, org_ids)
    select id, elevator_id, street_code, opened_at, due_on, area_codes, org_ids
    from jsonb_populate_recordset(null::registry.responsibility_case, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(tx);
}

/** Put what was found out on the case. It is never taken off again. */
export async function addEvidence(
  deps: RegistryDeps,
  viewer: Viewer,
  ask: { id: string; note: string; fileHash: string | null },
): Promise<Result<{ id: string }, CaseRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const open = await openCase(tx, ask.id);
    if (!open.ok) return open;
    const at = deps.now();
    const evidence = [
      ...caseEvidence.parse(open.value.evidence),
      { at: at.toISOString(), by: viewer.accountId, note: ask.note, fileHash: ask.fileHash },
    ];
    await tx
      .updateTable('registry.responsibility_case')
      .set((eb) => ({ evidence: JSON.stringify(evidence), version: eb('version', '+', 1) }))
      .where('id', '=', ask.id)
      .execute();
    await trace(tx, open.value, { at, code: 'registry.trace.case_evidence' });
    return accept({ id: ask.id });
  });
}

type OpenCase = Omit<ResponsibilityCaseRow, 'version'> & { version: number };

async function openCase(tx: Tx<RegistryTables>, id: string): Promise<Result<OpenCase, CaseRefusal>> {
  const row = await tx
    .selectFrom('registry.responsibility_case')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return refuse({ code: 'registry.not_found' });
  return row.outcome ? refuse({ code: 'registry.case_closed' }) : accept(row);
}

const trace = (tx: Tx<RegistryTables>, row: OpenCase, { at, code }: { at: Date; code: string }) =>
  note(tx, [
    {
      subject: row.elevator_id,
      at,
      code,
      params: {},
      ref: row.id,
      audience: { areaCodes: row.area_codes, orgIds: row.org_ids },
    },
  ]);

export type CaseDecision = {
  id: string;
  version: number;
  outcome: 'use_unit_named' | 'not_in_use' | 'opened_in_error';
  decision: string;
  useOrgId: string | null;
};

/** Settle a case: a named use unit takes the role from today on. */
export async function settleCase(
  deps: RegistryDeps,
  viewer: Viewer,
  ask: CaseDecision,
): Promise<Result<{ id: string }, CaseRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const open = await openCase(tx, ask.id);
    if (!open.ok) return open;
    if (open.value.version !== ask.version) return refuse({ code: 'registry.changed_meanwhile' });
    const named = ask.outcome === 'use_unit_named';
    if (named) {
      const done = await nameUseUnit(deps, tx, { row: open.value, orgId: ask.useOrgId, source: ask.decision });
      if (!done.ok) return done;
    }
    const at = deps.now();
    await tx
      .updateTable('registry.responsibility_case')
      .set({
        outcome: ask.outcome,
        decision: ask.decision,
        use_org_id: named ? (ask.useOrgId as OrgId | null) : null,
        decided_by: viewer.accountId,
        decided_at: at,
        version: ask.version + 1,
      })
      .where('id', '=', ask.id)
      .execute();
    await trace(tx, open.value, { at, code: 'registry.trace.case_settled' });
    await publish(tx, [
      {
        id: deps.newId(),
        type: 'registry.responsibility_changed',
        v: 1,
        occurredAt: at,
        subject: open.value.elevator_id,
        version: ask.version + 1,
        audience: { areaCodes: open.value.area_codes, orgIds: open.value.org_ids },
        data: { elevatorId: open.value.elevator_id, caseId: ask.id, open: false },
      },
    ]);
    return accept({ id: ask.id });
  });
}

type Naming = { row: OpenCase; orgId: string | null; source: string };

async function nameUseUnit(
  deps: RegistryDeps,
  tx: Tx<RegistryTables>,
  { row, orgId, source }: Naming,
): Promise<Result<number, CaseRefusal>> {
  const org = orgId
    ? await tx
        .selectFrom('identity.org_card')
        .select('id')
        .where('id', '=', orgId as OrgId)
        .executeTakeFirst()
    : undefined;
  if (!org) return refuse({ code: 'registry.org_unknown' });
  const found = await openFile(tx, { id: row.elevator_id, version: null });
  if (!found.ok) return found;
  const was = found.value;
  const parties = [{ role: 'use_unit' as const, orgId: org.id, personId: null, fromOn: dayOf(deps.now()), source }];
  const edit = { addIdentifiers: [], endIdentifiers: [], classes: [], endParties: [], parties };
  const next = applyEdit<EditedFile>(was, edit, groundOf(deps));
  return next.ok ? writeChange(deps, tx, { was, next: next.value, diff: diffOf(was, next.value) }) : next;
}
