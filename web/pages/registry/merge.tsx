import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { DoubleLine } from '../../../contract/registry-documents.ts';
import type { SearchHit } from '../../../contract/registry-search.ts';
import { get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day } from '../../ui/when.tsx';
import { TraceTab } from './file-trace.tsx';
import './file.css';

/** Two files that are one elevator: both side by side with their histories, then one goes into the other. */
export function MergePage() {
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const say = useSay();
  const other = params.get('with') ?? '';
  const stays = useFile(id);
  return (
    <Page title={say('web.merge.title')} note={say('web.merge.what')}>
      <Loaded query={stays}>
        {(file) => (
          <>
            <Panel title={say('web.merge.choose')}>
              <OtherFile file={file} chosen={other} onChoose={(chosen) => setParams({ with: chosen })} />
            </Panel>
            {other && other !== file.id ? <Pair stays={file} goneId={other} /> : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const useFile = (id: string) =>
  useQuery({
    queryKey: ['registry', '/elevators', id],
    queryFn: ({ signal }) => get<ElevatorFileView>(`/elevators/${id}`, {}, signal),
  });

type OtherProps = { file: ElevatorFileView; chosen: string; onChoose: (id: string) => void };

/** The files that share a code with this one, and a search for any other. */
function OtherFile({ file, chosen, onChoose }: OtherProps) {
  const say = useSay();
  const [text, setText] = useState('');
  const doubles = useQuery({
    queryKey: ['registry', '/elevators', file.id, 'doubles'],
    queryFn: ({ signal }) => get<{ items: readonly DoubleLine[] }>(`/elevators/${file.id}/doubles`, {}, signal),
  });
  const hits = useQuery({
    queryKey: ['registry', '/search', text],
    queryFn: ({ signal }) => get<{ items: readonly SearchHit[] }>('/search', { q: text }, signal),
    enabled: text.length > 1,
  });
  const found = (hits.data?.items ?? []).filter((hit) => hit.kind === 'elevator' && hit.id !== file.id);
  return (
    <div className="stack">
      <Loaded query={doubles} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{say('web.merge.no_doubles')}</p>
          ) : (
            <ul className="documents">
              {items.map((one) => (
                <li key={one.id} className="row wrap">
                  <Button
                    size="small"
                    type={one.id === chosen ? 'primary' : 'default'}
                    onClick={() => onChoose(one.id)}
                  >
                    {say('web.merge.compare')}
                  </Button>
                  <span>{one.address || say('web.elevator.no_address')}</span>
                  <code>{one.rescueCode ?? one.registrationCode}</code>
                  <span className="muted small">{say(`web.merge.by.${one.by}`)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <ChoiceField
        label={say('web.merge.search')}
        options={found.map((hit) => ({ value: hit.id, label: `${hit.title} · ${hit.code ?? hit.subtitle}` }))}
        value=""
        onSearch={setText}
        onChange={(id) => (id ? onChoose(id) : undefined)}
      />
    </div>
  );
}

function Pair({ stays, goneId }: { stays: ElevatorFileView; goneId: string }) {
  const gone = useFile(goneId);
  return <Loaded query={gone}>{(file) => <Compared stays={stays} gone={file} />}</Loaded>;
}

type PairProps = { stays: ElevatorFileView; gone: ElevatorFileView };

function Compared({ stays, gone }: PairProps) {
  const say = useSay();
  return (
    <>
      <MergeForm key={`${stays.id} ${gone.id}`} stays={stays} gone={gone} />
      <div className="merge-pair">
        <Side title={say('web.merge.stays')} file={stays} />
        <Side title={say('web.merge.gone')} file={gone} />
      </div>
    </>
  );
}

function MergeForm({ stays, gone }: PairProps) {
  const say = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  if (gone.mergedInto) return <Empty title={say('web.elevator.merged')} />;
  const nameOf = (file: ElevatorFileView) =>
    [file.rescueCode ?? file.registrationCode, file.address].filter(Boolean).join(' · ');
  const merge = async () => {
    await post(`/elevators/${stays.id}/merge`, { gone: gone.id, reason });
    await queries.invalidateQueries({ queryKey: ['registry'] });
    await navigate(paths.elevator(stays.id, 'trace'));
  };
  const can = stays.can['merge'] ?? true;
  return (
    <Panel title={say('web.merge.do')}>
      <div className="stack">
        <TextField
          label={say('web.edit.reason')}
          hint={say('web.merge.reason_hint')}
          value={reason}
          onChange={setReason}
        />
        <div className="row wrap">
          <ActButton
            primary
            label={say('web.merge.do')}
            can={can === true && reason.trim() === '' ? 'web.merge.reason_missing' : can}
            confirm={{
              title: say('web.merge.confirm', { gone: nameOf(gone) }),
              consequence: say('web.merge.consequence', { stays: nameOf(stays) }),
            }}
            onAct={merge}
          />
          <Link to={`${paths.merge(gone.id)}?with=${stays.id}`}>{say('web.merge.swap')}</Link>
        </div>
      </div>
    </Panel>
  );
}

function Side({ title, file }: { title: string; file: ElevatorFileView }) {
  const say = useSay();
  const word = useWord();
  const codes = file.identifiers.map(
    ({ type, value, validTo }) =>
      [word('registry.identifier', type), `${value}${validTo ? ` (${validTo})` : ''}`] as const,
  );
  const parties = file.parties.map(
    ({ role, org, fromOn, toOn }) =>
      [
        word('registry.party', role),
        `${org?.name ?? '—'} · ${fromOn} – ${toOn ?? say('web.elevator.party.now')}`,
      ] as const,
  );
  return (
    <Panel title={title}>
      <div className="stack">
        <h3>
          <Link to={paths.elevator(file.id)}>{file.address || say('web.elevator.no_address')}</Link>
        </h3>
        <Facts
          rows={[
            [say('web.elevator.state'), word('registry.state', file.state)],
            [say('web.elevator.fact.variety'), word('registry.variety', file.variety)],
            [say('web.elevator.fact.brand'), file.brand],
            [say('web.elevator.fact.made_on'), <Day key="made" on={file.madeOn} />],
            [say('web.elevator.fact.in_use_on'), <Day key="used" on={file.inUseOn} />],
            [say('web.elevator.fact.source'), file.source],
          ]}
        />
        <h3>{say('web.elevator.tab.identifiers')}</h3>
        <Facts rows={codes} />
        <h3>{say('web.elevator.tab.parties')}</h3>
        <Facts rows={parties} />
        <h3>{say('web.elevator.tab.trace')}</h3>
        <TraceTab elevator={file} />
      </div>
    </Panel>
  );
}
