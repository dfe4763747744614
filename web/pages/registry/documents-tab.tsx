import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { DocumentLine, documentList } from '../../../contract/registry-documents.ts';
import { DOCUMENT_KINDS } from '../../../contract/registry-vocabulary.ts';
import { apiUrl, get, post, upload } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, FileField, TextField } from '../../ui/inputs.tsx';
import { IssueFields, issueDays, NOT_ISSUED } from '../../ui/issue-fields.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { VALIDITY_TONES } from '../../ui/validity.ts';
import { Day, When } from '../../ui/when.tsx';

type Props = { elevator: ElevatorFileView };
const PICTURES = /^image\/(jpeg|png|webp)$/;

/** The papers on the file: certificates, reports, contracts, photos. Looked at in place, taken away, withdrawn. */
export function DocumentsTab({ elevator }: Props) {
  const say = useSay();
  const documents = useQuery({
    queryKey: ['registry', '/elevators', elevator.id, 'documents'],
    queryFn: ({ signal }) => get<z.infer<typeof documentList>>(`/elevators/${elevator.id}/documents`, {}, signal),
  });
  return (
    <Loaded query={documents} lines={4}>
      {({ items, canAdd }) => (
        <>
          {items.length === 0 ? (
            <Empty title={say('web.documents.empty')} hint={say('web.documents.empty_hint')} />
          ) : (
            <ul className="documents">
              {items.map((document) => (
                <DocumentItem key={document.id} elevatorId={elevator.id} document={document} />
              ))}
            </ul>
          )}
          {canAdd && !elevator.mergedInto ? <AddDocument elevator={elevator} /> : null}
        </>
      )}
    </Loaded>
  );
}

function DocumentItem({ elevatorId, document }: { elevatorId: string; document: DocumentLine }) {
  const say = useSay();
  const [isShown, setShown] = useState(false);
  const address = apiUrl(`/elevators/${elevatorId}/documents/${document.id}/content`);
  const isPicture = PICTURES.test(document.mediaType);
  return (
    <li className="document">
      <div className="row wrap">
        <strong>{document.title}</strong>
        <span className="muted">{say(`registry.document.${document.kind}`)}</span>
        <Mark tone={VALIDITY_TONES[document.validity]}>{say(`registry.document_validity.${document.validity}`)}</Mark>
      </div>
      <div className="row wrap muted small">
        {document.issuer ? <span>{document.issuer}</span> : null}
        {document.issuedOn ? (
          <span>
            {say('web.documents.issued_on')} <Day on={document.issuedOn} />
          </span>
        ) : null}
        {document.expiresOn ? (
          <span>
            {say('web.documents.expires_on')} <Day on={document.expiresOn} />
          </span>
        ) : null}
        <span>
          {say('web.documents.added')} <When at={document.addedAt} />
        </span>
        <span>
          {document.fileName} · {sizeText(document.sizeBytes)}
        </span>
      </div>
      {document.withdrawnReason ? (
        <p className="muted">{say('web.documents.withdrawn', { reason: document.withdrawnReason })}</p>
      ) : null}
      <div className="row wrap">
        {isPicture ? (
          <Button size="small" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
            {say(isShown ? 'web.documents.hide' : 'web.documents.show')}
          </Button>
        ) : (
          <Button size="small" href={address} target="_blank" rel="noreferrer">
            {say('web.documents.show')}
          </Button>
        )}
        <Button size="small" href={address} download={document.fileName}>
          {say('web.documents.download')}
        </Button>
        {document.canWithdraw ? <Withdraw elevatorId={elevatorId} document={document} /> : null}
      </div>
      {isShown ? <img className="document-picture" src={address} alt={document.title} /> : null}
    </li>
  );
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

function Withdraw({ elevatorId, document }: { elevatorId: string; document: DocumentLine }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null)
    return (
      <Button size="small" onClick={() => setReason('')}>
        {say('web.documents.withdraw')}
      </Button>
    );
  const send = async () => {
    await post(`/elevators/${elevatorId}/documents/${document.id}/withdrawal`, { reason });
    await queries.invalidateQueries({ queryKey: ['registry', '/elevators', elevatorId] });
  };
  return (
    <Form
      act={act}
      submit={say('web.documents.withdraw')}
      onSubmit={() => void act.run(send)}
      onCancel={() => setReason(null)}
    >
      <TextField
        label={say('web.documents.withdraw_reason', { title: document.title })}
        hint={say('web.documents.withdraw_hint')}
        value={reason}
        onChange={setReason}
        fault={faultsByField(act.problem)['reason']}
      />
    </Form>
  );
}

const BLANK = { kind: '', title: '', ...NOT_ISSUED };

function AddDocument({ elevator }: Props) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <AddForm elevator={elevator} onClose={() => setOpen(false)} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{say('web.documents.add')}</Button>
    </div>
  );
}

function AddForm({ elevator, onClose }: Props & { onClose: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState(BLANK);
  const [file, setFile] = useState<File | null>(null);
  const faults = faultsByField(act.problem);
  const set = (field: keyof typeof BLANK) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    if (!file) return;
    const { id: fileId } = await upload<{ id: string }>('/files', file);
    await post(`/elevators/${elevator.id}/documents`, {
      ...given,
      fileId,
      title: given.title || file.name.replace(/\.\w+$/, ''),
      ...issueDays(given),
    });
    await queries.invalidateQueries({ queryKey: ['registry', '/elevators', elevator.id] });
    onClose();
  };
  return (
    <Form act={act} submit={say('web.documents.add')} onSubmit={() => void act.run(send)} onCancel={onClose}>
      <h2>{say('web.documents.add')}</h2>
      <div className="facts">
        <FileField
          label={say('web.documents.file')}
          hint={say('web.documents.file_hint')}
          fault={faults['fileId']}
          accept="application/pdf,image/jpeg,image/png,image/webp,image/heic"
          file={file}
          onChange={setFile}
        />
        <ChoiceField
          label={say('web.documents.kind')}
          options={DOCUMENT_KINDS.map((kind) => ({ value: kind, label: say(`registry.document.${kind}`) }))}
          value={given.kind}
          onChange={set('kind')}
          fault={faults['kind']}
        />
        <TextField
          label={say('web.documents.title')}
          hint={say('web.documents.title_hint')}
          value={given.title}
          onChange={set('title')}
          fault={faults['title']}
        />
        <IssueFields
          labels={{
            issuer: say('web.documents.issuer'),
            issuedOn: say('web.documents.issued_on'),
            expiresOn: say('web.documents.expires_on'),
          }}
          value={given}
          set={set}
          faults={faults}
        />
      </div>
    </Form>
  );
}
