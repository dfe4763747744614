import type { DocumentLine } from '../../../contract/registry-documents.ts';
import { documentKind } from '../../../contract/registry-documents.ts';
import type { Db } from '../../kernel/db.ts';
import { attachmentsOf } from '../../kernel/files.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { Audience, Viewer } from '../../kernel/scope.ts';
import type { Day } from '../../kernel/time.ts';
import { documentValidity, mayWithdraw } from './document.rules.ts';
import type { RegistryTables } from './tables.ts';

export type StoredDocument = {
  id: string;
  kind: string;
  title: string;
  issuer: string;
  issuedOn: string | null;
  expiresOn: string | null;
  addedAt: Date;
  addedBy: string;
  orgId: OrgId | null;
  withdrawnAt: Date | null;
  withdrawnReason: string | null;
  audience: Audience;
};

async function documentsOf(db: Db<RegistryTables>, elevatorId: ElevatorId): Promise<StoredDocument[]> {
  const rows = await db
    .selectFrom('registry.document')
    .selectAll()
    .where('elevator_id', '=', elevatorId)
    .where('attachment_id', 'is not', null)
    .orderBy('added_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    issuer: row.issuer,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    addedAt: row.added_at,
    addedBy: row.added_by,
    orgId: row.added_org_id,
    withdrawnAt: row.withdrawn_at,
    withdrawnReason: row.withdrawn_reason,
    audience: { areaCodes: row.area_codes, orgIds: row.org_ids },
  }));
}

export async function findDocument(
  db: Db<RegistryTables>,
  { elevatorId, id }: { elevatorId: ElevatorId; id: string },
): Promise<StoredDocument | undefined> {
  return (await documentsOf(db, elevatorId)).find((document) => document.id === id);
}

type Showing = { today: Day; viewer: Viewer; registrar: boolean; files: Db<RegistryTables> };

/** The papers on a file, newest first, withdrawn ones last. `db` is the viewer's; `files` reads what lies behind them. */
export async function listDocuments(
  db: Db<RegistryTables>,
  elevatorId: ElevatorId,
  { today, viewer, registrar, files }: Showing,
): Promise<DocumentLine[]> {
  const documents = await documentsOf(db, elevatorId);
  const attached = await attachmentsOf(
    files,
    documents.map((document) => document.id),
  );
  const byDocument = new Map(attached.map((file) => [file.subject, file]));
  return documents
    .flatMap((document): DocumentLine[] => {
      const file = byDocument.get(document.id);
      const kind = documentKind.safeParse(document.kind);
      if (!file) return [];
      const withdrawn = document.withdrawnAt !== null;
      return [
        {
          id: document.id,
          kind: kind.success ? kind.data : 'other',
          title: document.title,
          issuer: document.issuer,
          issuedOn: document.issuedOn,
          expiresOn: document.expiresOn,
          validity: documentValidity(today, { expiresOn: document.expiresOn, withdrawn }),
          fileName: file.name,
          mediaType: file.mediaType,
          sizeBytes: file.sizeBytes,
          addedAt: document.addedAt.toISOString(),
          withdrawnReason: document.withdrawnReason,
          canWithdraw: !withdrawn && mayWithdraw({ ...viewer, registrar }, document),
        },
      ];
    })
    .sort((a, b) => Number(a.withdrawnReason !== null) - Number(b.withdrawnReason !== null));
}
