import type { z } from 'zod';
import type { documentAsk } from '../../../contract/registry-documents.ts';
import { type Attachment, attachmentsOf, findAttachment, giveTo } from '../../kernel/files.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { note } from '../../kernel/trace.ts';
import { openFile } from './change.service.ts';
import type { RegistryDeps } from './deps.ts';
import { type DocumentRefusal, judgeDocument, mayWithdraw } from './document.rules.ts';
import { findDocument } from './document.views.ts';
import { REGISTRARS } from './roles.ts';

export type NewDocument = z.output<typeof documentAsk> & { elevatorId: ElevatorId };

/** Put an uploaded paper on an elevator's file. It is seen with the file from then on. */
export async function addDocument(
  deps: RegistryDeps,
  viewer: Viewer,
  { elevatorId, fileId, ...facts }: NewDocument,
): Promise<Result<{ id: string }, DocumentRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const found = await openFile(tx, { id: elevatorId, version: null });
    if (!found.ok)
      return refuse({ code: found.refusal.code === 'registry.merged' ? 'registry.merged' : 'registry.not_found' });
    const file = await findAttachment(tx, fileId);
    if (!file || file.subject !== null) return refuse({ code: 'registry.document_file' });
    const good = judgeDocument(facts, file);
    if (!good.ok) return good;
    const audience = await tx
      .selectFrom('registry.elevator')
      .select(['area_codes as areaCodes', 'org_ids as orgIds'])
      .where('id', '=', elevatorId)
      .executeTakeFirstOrThrow();
    const id = deps.newId();
    const given = await giveTo(tx, [fileId], { subject: id, purpose: 'registry.document', audience });
    if (given.length === 0) return refuse({ code: 'registry.document_file' });
    await tx
      .insertInto('registry.document')
      .values({
        id,
        elevator_id: elevatorId,
        kind: facts.kind,
        title: facts.title,
        issuer: facts.issuer,
        issued_on: facts.issuedOn,
        expires_on: facts.expiresOn,
        file_hash: file.hash,
        attachment_id: fileId,
        added_org_id: viewer.orgId,
        area_codes: [...audience.areaCodes],
        org_ids: [...audience.orgIds],
      })
      .execute();
    const params = { kind: facts.kind, title: facts.title };
    await note(tx, [
      { subject: elevatorId, at: deps.now(), code: 'registry.trace.document_added', params, ref: id, audience },
    ]);
    return accept({ id });
  });
}

type Withdrawal = { elevatorId: ElevatorId; id: string; reason: string };

/** A paper was wrong or replaced. It stays on the file, marked. */
export async function withdrawDocument(
  deps: RegistryDeps,
  viewer: Viewer,
  { elevatorId, id, reason }: Withdrawal,
): Promise<Result<null, DocumentRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const document = await findDocument(tx, { elevatorId, id });
    if (!document) return refuse({ code: 'registry.not_found' });
    if (document.withdrawnAt) return refuse({ code: 'registry.document_withdrawn' });
    const by = { ...viewer, registrar: REGISTRARS.some((role) => role === viewer.role) };
    if (!mayWithdraw(by, document)) return refuse({ code: 'registry.document_foreign' });
    const at = deps.now();
    await tx
      .updateTable('registry.document')
      .set({ withdrawn_at: at, withdrawn_by: viewer.accountId, withdrawn_reason: reason })
      .where('id', '=', id)
      .execute();
    const params = { kind: document.kind, title: document.title, reason };
    const { audience } = document;
    await note(tx, [{ subject: elevatorId, at, code: 'registry.trace.document_withdrawn', params, ref: id, audience }]);
    return accept(null);
  });
}

/**
 * The bytes behind a paper, for those who see the elevator now: the upload's own audience is that of the day it was
 * made, and whoever takes the elevator over needs its papers.
 */
export async function openDocument(
  deps: RegistryDeps,
  viewer: Viewer,
  of: { elevatorId: ElevatorId; id: string },
): Promise<Attachment | undefined> {
  const document = await deps.scoped(viewer, (tx) => findDocument(tx, of));
  if (!document) return undefined;
  const [file] = await attachmentsOf(deps.db, [document.id]);
  return file;
}

/** Today, as papers are judged. */
export const todayOf = ({ now }: RegistryDeps) => dayOf(now());
