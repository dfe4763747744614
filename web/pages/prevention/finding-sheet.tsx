import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import { INSURERS } from '../../../contract/identity-vocabulary.ts';
import type { findingDetail } from '../../../contract/prevention.ts';
import { apiUrl, get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { LongTextField, TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Facts } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Due, When } from '../../ui/when.tsx';
import { useFacts } from './facts.ts';
import { FindingState } from './findings.tsx';
import { idsOf, type Photo, PhotoField, sendPhotos } from './photo-field.tsx';

type Finding = z.infer<typeof findingDetail>;
const MENDERS = ['use_unit_head', 'safety_director', 'safety_officer', 'maintenance_manager', 'technician'];

/** One finding: what it is, every step with its photos, and what the reader may do next. */
export function FindingSheet({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ['prevention', '/prevention/findings', id],
    queryFn: ({ signal }) => get<Finding>(`/prevention/findings/${id}`, {}, signal),
  });
  return <Loaded query={found}>{(finding) => <Sheet finding={finding} />}</Loaded>;
}

function Sheet({ finding }: { finding: Finding }) {
  const say = useSay();
  const { role } = useMe();
  const { category } = useFacts();
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{finding.description}</h1>
        <span className="row wrap">
          <code>{finding.number}</code> <FindingState finding={finding} />
          {finding.wasLate ? <Mark tone="warn">{say('web.prevention.was_late')}</Mark> : null}
          {finding.returned > 0 ? (
            <Mark tone="warn">{say('web.prevention.returned', { n: finding.returned })}</Mark>
          ) : null}
        </span>
        {finding.elevatorId ? <Link to={paths.elevator(finding.elevatorId)}>{say('web.elevator.file')}</Link> : null}
      </header>
      <Facts
        rows={[
          [say('web.elevators.column.address'), finding.address],
          [say('web.elevators.column.rescue_code'), finding.rescueCode],
          [say('web.prevention.category'), category(finding.category)],
          [say('web.prevention.severity'), say(`web.prevention.severity.${finding.severity}`)],
          [say('web.prevention.owner'), finding.owner],
          [say('web.prevention.insurer'), finding.insurer],
          [
            say('web.prevention.due'),
            finding.state === 'open' ? <Due key="due" on={finding.dueOn} soonDays={3} /> : finding.dueOn,
          ],
          [say('web.prevention.visit'), finding.visitNumber],
        ]}
      />
      <Steps finding={finding} />
      {MENDERS.includes(role) && finding.state === 'open' ? <MendForm finding={finding} /> : null}
      {INSURERS.includes(role) ? <InsurerForm key={finding.version} finding={finding} /> : null}
    </article>
  );
}

function Steps({ finding }: { finding: Finding }) {
  const say = useSay();
  return (
    <section className="file-part">
      <h2>{say('web.prevention.steps')}</h2>
      <ol className="timeline">
        {finding.steps.map((step) => (
          <li key={`${step.at} ${step.step}`}>
            <When at={step.at} />
            <span className="stack">
              <span>
                <strong>{say(`web.prevention.step.${step.step}`)}</strong> <span className="muted">{step.org}</span>
              </span>
              {step.note ? <span>{step.note}</span> : null}
              {step.files.length > 0 ? (
                <span className="phone-photos">
                  {step.files.map((file) => (
                    <a
                      key={file.id}
                      className="phone-photo"
                      href={apiUrl(`/files/${file.id}`)}
                      target="_blank"
                      rel="noreferrer"
                    >
                      <img src={apiUrl(`/files/${file.id}`)} alt={file.name} />
                    </a>
                  ))}
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Who must mend it says that it is done, with a photo. */
function MendForm({ finding }: { finding: Finding }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<Photo[]>([]);
  const send = async () => {
    const sent = await sendPhotos(photos);
    setPhotos(sent);
    const body = { do: 'mend', version: finding.version, note, files: idsOf(sent) };
    await post(`/prevention/findings/${finding.id}/steps`, body);
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <Form act={act} submit={say('web.prevention.act.mend')} onSubmit={() => void act.run(send)}>
      <h2>{say('web.prevention.act.mend')}</h2>
      <LongTextField label={say('web.prevention.mend_note')} value={note} onChange={setNote} />
      <PhotoField photos={photos} onChange={setPhotos} />
    </Form>
  );
}

/** The insurer looks again, gives more time, or takes back what was an error. */
function InsurerForm({ finding }: { finding: Finding }) {
  const say = useSay();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const [dueOn, setDueOn] = useState('');
  if (finding.state === 'closed' || finding.state === 'withdrawn') return null;
  const act =
    (command: string, more: object = {}) =>
    async () => {
      await post(`/prevention/findings/${finding.id}/steps`, { do: command, version: finding.version, note, ...more });
      await queries.invalidateQueries({ queryKey: ['prevention'] });
    };
  const isMended = finding.state === 'mended';
  return (
    <section className="file-part">
      <h2>{say(isMended ? 'web.prevention.look_again' : 'web.prevention.manage')}</h2>
      <LongTextField label={say('web.prevention.note')} value={note} onChange={setNote} />
      <TextField label={say('web.prevention.new_due')} type="date" value={dueOn} onChange={setDueOn} />
      <div className="row wrap">
        {isMended ? (
          <>
            <ActButton
              primary
              label={say('web.prevention.act.close')}
              can={finding.can['close'] ?? true}
              onAct={act('close', { files: [] })}
            />
            <ActButton
              label={say('web.prevention.act.return')}
              can={finding.can['return'] ?? true}
              onAct={act('return', { dueOn, files: [] })}
            />
          </>
        ) : (
          <ActButton
            label={say('web.prevention.act.extend')}
            can={finding.can['extend'] ?? true}
            onAct={act('extend', { dueOn })}
          />
        )}
        <ActButton
          label={say('web.prevention.act.withdraw')}
          can={finding.can['withdraw'] ?? true}
          confirm={{ title: finding.number, consequence: say('web.prevention.withdraw_consequence') }}
          onAct={act('withdraw')}
        />
      </div>
    </section>
  );
}
