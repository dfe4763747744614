import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useDocumentTitle } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { Due, When } from '../../ui/when.tsx';
import { Work } from '../telemetry/work.tsx';
import { toneOfState } from './elevator-columns.tsx';
import { FILE_TABS, type FileTab, isFileTab } from './file-tabs.tsx';
import { PrintMenu } from './print-menu.tsx';
import './file.css';

/** One elevator on a page of its own; the tab stands in the address. */
export function ElevatorPage() {
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const asked = params.get('tab') ?? '';
  return (
    <section className="page file-page">
      <div className="panel">
        <ElevatorFile
          id={id}
          tab={isFileTab(asked) ? asked : 'facts'}
          onTab={(tab) => setParams({ tab }, { replace: true })}
        />
      </div>
    </section>
  );
}

type FileProps = { id: string; tab?: FileTab; onTab?: (tab: FileTab) => void; inDrawer?: boolean };

/** The file of one elevator: 一机一档. */
export function ElevatorFile({ id, tab, onTab, inDrawer = false }: FileProps) {
  const [own, setOwn] = useState<FileTab>('facts');
  const file = useQuery({
    queryKey: ['registry', '/elevators', id],
    queryFn: ({ signal }) => get<ElevatorFileView>(`/elevators/${id}`, {}, signal),
  });
  return (
    <Loaded query={file} lines={12}>
      {(elevator) => <FileBody elevator={elevator} tab={tab ?? own} onTab={onTab ?? setOwn} inDrawer={inDrawer} />}
    </Loaded>
  );
}

type BodyProps = { elevator: ElevatorFileView; tab: FileTab; onTab: (tab: FileTab) => void; inDrawer: boolean };

function FileBody({ elevator, tab, onTab, inDrawer }: BodyProps) {
  const say = useSay();
  const Content = FILE_TABS[tab];
  return (
    <article className="file">
      <FileHead elevator={elevator} inDrawer={inDrawer} />
      <TabBar
        label={say('web.elevator.file')}
        tabs={Object.keys(FILE_TABS)
          .filter(isFileTab)
          .map((key) => ({ key, title: say(`web.elevator.tab.${key}`) }))}
        active={tab}
        onChange={onTab}
      />
      <div className="file-body">
        <Content elevator={elevator} />
      </div>
    </article>
  );
}

/** Identity line, state in words, what is due next. */
function FileHead({ elevator, inDrawer }: { elevator: ElevatorFileView; inDrawer: boolean }) {
  const say = useSay();
  const word = useWord();
  const title = [elevator.address, elevator.inHouseNo].filter(Boolean).join(' · ') || say('web.elevator.no_address');
  useDocumentTitle(inDrawer ? say('web.menu.elevators') : title);
  return (
    <header className="file-head">
      <h1>{title}</h1>
      <p className="row wrap">
        {elevator.rescueCode ? (
          <Copyable text={elevator.rescueCode} label={say('registry.identifier.rescue_code')} />
        ) : null}
        {elevator.registrationCode ? (
          <Copyable text={elevator.registrationCode} label={say('registry.identifier.registration_code')} />
        ) : null}
        {elevator.rescueCode ? (
          <PrintMenu short plates={{ q: elevator.rescueCode }} signs={{ id: elevator.id }} />
        ) : null}
      </p>
      <dl className="file-state">
        <div>
          <dt>{say('web.elevator.state')}</dt>
          <dd>
            <Mark tone={toneOfState(elevator.state)}>{word('registry.state', elevator.state)}</Mark>{' '}
            <span className="muted small">
              {say('web.elevator.since')} <When at={elevator.stateAt} />
            </span>
          </dd>
        </div>
        <div>
          <dt>{say('web.elevators.column.next_inspection')}</dt>
          <dd>
            <Due on={elevator.nextInspectionOn} />
          </dd>
        </div>
        <div>
          <dt>{say('web.elevators.column.use_unit')}</dt>
          <dd>{elevator.useUnit?.name ?? <Mark tone="warn">{say('web.elevators.no_use_unit')}</Mark>}</dd>
        </div>
        <div>
          <dt>{say('web.elevators.column.maintenance')}</dt>
          <dd>{elevator.maintenance?.name ?? <Mark tone="unknown">{say('web.state.unknown')}</Mark>}</dd>
        </div>
      </dl>
      <Work elevatorId={elevator.id} />
      {elevator.mergedInto ? (
        <p>
          <Mark tone="warn">{say('web.elevator.merged')}</Mark>{' '}
          <a href={paths.elevator(elevator.mergedInto)}>{say('web.act.open_page')}</a>
        </p>
      ) : null}
    </header>
  );
}
