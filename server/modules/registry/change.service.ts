import type { DiffLine, FileEdit } from '../../../contract/registry-changes.ts';
import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { type Event, publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Audience, Viewer } from '../../kernel/scope.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { note } from '../../kernel/trace.ts';
import { saveChange } from './change.store.ts';
import type { RegistryDeps } from './deps.ts';
import { applyEdit, diffOf, type EditedFile, type EditGround, type EditRefusal, isClassValue } from './edit.rules.ts';
import { findFiles, type StoredFile } from './file.store.ts';
import type { RegistryTables } from './tables.ts';
import { codeTaken } from './taken.views.ts';
import { toWgs84 } from './wgs84.ts';

export type FileRefusal =
  | { code: 'registry.not_found' }
  | { code: 'registry.merged' }
  | { code: 'registry.changed_meanwhile' }
  | { code: 'registry.identifier_taken'; value: string };
export type ChangeRefusal = FileRefusal | EditRefusal;
export type Edited = { done: boolean; version: number; changeId: string | null; diff: DiffLine[] };

const classCodes = ({ facts }: RegistryDeps['city']): string[] => facts.placeClasses.map(({ code }) => code);

export type EditAsk = { id: ElevatorId; version: number; reason: string; edit: FileEdit };

export const groundOf = ({ city, now, newId }: RegistryDeps): EditGround => ({
  today: dayOf(now()),
  hasArea: city.areas.has,
  toWgs84,
  newBuildingId: newId,
  isClassValue: (field, value) => isClassValue(field, value, classCodes(city)),
});

/** Change a file at once, or, for those who only answer for it, ask for the change and wait. */
export async function editFile(
  deps: RegistryDeps,
  viewer: Viewer,
  ask: EditAsk & { waits: boolean },
): Promise<Result<Edited, ChangeRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const found = await openFile(tx, ask);
    if (!found.ok) return found;
    const was = found.value;
    const next = applyEdit<EditedFile>(was, ask.edit, groundOf(deps));
    if (!next.ok) return next;
    const diff = diffOf(was, next.value);
    if (ask.waits) return accept(await askForChange(deps, tx, { was, ask, diff, viewer }));
    const saved = await writeChange(deps, tx, { was, next: next.value, diff });
    return saved.ok ? accept({ done: true, version: saved.value, changeId: null, diff }) : saved;
  });
}

/** The file as the one who changes it saw it. */
export async function openFile(
  tx: Tx<RegistryTables>,
  { id, version }: { id: ElevatorId; version: number | null },
): Promise<Result<StoredFile, FileRefusal>> {
  const [file] = await findFiles(tx, [id]);
  if (!file) return refuse({ code: 'registry.not_found' });
  if (file.mergedInto) return refuse({ code: 'registry.merged' });
  return version === null || file.version === version ? accept(file) : refuse({ code: 'registry.changed_meanwhile' });
}

type Writing = { was: StoredFile; next: EditedFile; diff: readonly DiffLine[] };

/** Save a changed file with its trace lines and events. */
export async function writeChange(
  deps: RegistryDeps,
  tx: Tx<RegistryTables>,
  { was, next, diff }: Writing,
): Promise<Result<number, FileRefusal>> {
  const taken = await codeTaken(tx, was.id, next.identifiers);
  if (taken) return refuse({ code: 'registry.identifier_taken', value: taken });
  const at = deps.now();
  const saved = await saveChange(tx, { was, next }, { now: at, newId: deps.newId, areaName: deps.city.areas.name });
  if (!saved) return refuse({ code: 'registry.changed_meanwhile' });
  const audience = audienceOf(was, saved.derived);
  const fields = diff.map((line) => line.field);
  await note(tx, [
    { subject: was.id, at, code: 'registry.trace.changed', params: { fields: fields.join(', ') }, ref: null, audience },
  ]);
  const event = { v: 1, occurredAt: at, subject: was.id, version: saved.version, audience };
  const events: Event[] = [
    { ...event, id: deps.newId(), type: 'registry.elevator_changed', data: { elevatorId: was.id, fields } },
  ];
  const roles = [...new Set(fields.flatMap((f) => (f.startsWith('party.') ? [f.split('.')[1] ?? ''] : [])))];
  if (roles.length > 0) {
    events.push({ ...event, id: deps.newId(), type: 'registry.parties_changed', data: { elevatorId: was.id, roles } });
  }
  await publish(tx, events);
  return accept(saved.version);
}

/** Those who saw the file before the change and those who see it after. */
function audienceOf(was: StoredFile, is: Audience): Audience {
  const orgs = was.parties.flatMap((p) => (p.toOn === null && p.orgId ? [p.orgId] : []));
  return { areaCodes: is.areaCodes, orgIds: [...new Set([...orgs, ...is.orgIds])] };
}

type Asking = { was: StoredFile; ask: EditAsk; diff: readonly DiffLine[]; viewer: Viewer };

async function askForChange(
  deps: RegistryDeps,
  tx: Tx<RegistryTables>,
  { was, ask, diff, viewer }: Asking,
): Promise<Edited> {
  const at = deps.now();
  const changeId = deps.newId();
  const current = await tx
    .selectFrom('registry.elevator')
    .select(['area_codes', 'org_ids'])
    .where('id', '=', was.id)
    .executeTakeFirstOrThrow();
  const audience = { areaCodes: current.area_codes, orgIds: current.org_ids };
  await tx
    .insertInto('registry.change_request')
    .values({
      id: changeId,
      elevator_id: was.id,
      base_version: was.version,
      edit: JSON.stringify(ask.edit),
      diff: JSON.stringify(diff),
      reason: ask.reason,
      asked_by: viewer.accountId,
      asked_org_id: viewer.orgId,
      asked_at: at,
      due_on: addDays(dayOf(at), deps.city.facts.lifeCycle.approveChangeWithinDays),
      decision: null,
      decided_by: null,
      decided_at: null,
      decided_note: null,
      area_codes: current.area_codes,
      org_ids: current.org_ids,
    })
    .execute();
  const fields = diff.map((line) => line.field).join(', ');
  await note(tx, [
    { subject: was.id, at, code: 'registry.trace.change_asked', params: { fields }, ref: changeId, audience },
  ]);
  return { done: false, version: was.version, changeId, diff: [...diff] };
}
