import { useQuery, useQueryClient } from '@tanstack/react-query';
import Progress from 'antd/es/progress/index.js';
import { useParams } from 'react-router';
import type { ImportRunView } from '../../../contract/registry-imports.ts';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Faults } from './faults.tsx';
import { toneOfRun } from './imports.tsx';
import { Mapping } from './mapping.tsx';

const FOLLOW_MS = 1_000;

/** One import: how its columns are read, how far it is, what was wrong. */
export function ImportRunPage() {
  const { id = '' } = useParams();
  const say = useSay();
  const run = useQuery({
    queryKey: ['registry', '/imports', id],
    queryFn: ({ signal }) => get<ImportRunView>(`/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? FOLLOW_MS : false),
  });
  return (
    <Page title={say('web.menu.import')} note={run.data?.fileName}>
      <Loaded query={run}>{(data) => <Run run={data} />}</Loaded>
    </Page>
  );
}

function Run({ run }: { run: ImportRunView }) {
  const mayBegin = run.state === 'ready' || (run.state === 'done' && run.dry);
  return (
    <>
      <Standing run={run} />
      {mayBegin ? <Mapping run={run} /> : null}
      {run.startedAt && run.state !== 'running' ? (
        <Faults key={`${run.id} ${run.state} ${run.startedAt}`} run={run} />
      ) : null}
    </>
  );
}

function Standing({ run }: { run: ImportRunView }) {
  const say = useSay();
  const word = useWord();
  const queries = useQueryClient();
  const isRunning = run.state === 'running';
  const cancel = async () => {
    await post(`/imports/${run.id}/cancel`);
    await queries.invalidateQueries({ queryKey: ['registry', '/imports'] });
  };
  return (
    <Panel
      title={
        <Mark tone={toneOfRun(run.state)}>
          {word('registry.import_state', run.state)}
          {run.dry && run.startedAt ? ` · ${say('web.import.dry')}` : ''}
        </Mark>
      }
      actions={
        isRunning ? (
          <ActButton
            label={say('web.import.cancel')}
            confirm={{
              title: say('web.import.cancel_title', { name: run.fileName }),
              consequence: say('web.import.cancel_consequence'),
            }}
            onAct={cancel}
          />
        ) : null
      }
    >
      {isRunning ? <Progress percent={100} status="active" showInfo={false} /> : null}
      {run.reason ? <p>{word('registry', run.reason)}</p> : null}
      <div className="figures" hidden={run.startedAt === null}>
        {(['rowsDone', 'created', 'changed', 'unchanged', 'refused', 'remarked'] as const).map((key) => (
          <Figure key={key} name={say(`web.import.${key}`)} value={run[key].toLocaleString('en-US')} />
        ))}
      </div>
      <Missing run={run} />
    </Panel>
  );
}

/** Which fields the table says nothing about, and in how many rows: the register stays silent there too. */
function Missing({ run }: { run: ImportRunView }) {
  const say = useSay();
  const word = useWord();
  const missing = Object.entries(run.missing).filter(([, rows]) => rows > 0);
  if (missing.length === 0) return null;
  return (
    <p className="muted small">
      {say('web.import.missing')}{' '}
      {missing.map(([field, rows]) => `${word('registry.field', field)} ${rows.toLocaleString('en-US')}`).join('；')}
    </p>
  );
}
