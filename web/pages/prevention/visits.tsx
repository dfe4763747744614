import { Link } from 'react-router';
import type { z } from 'zod';
import type { visitItem } from '../../../contract/prevention.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Facts, Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { useFacts } from './facts.ts';

type Visit = z.infer<typeof visitItem>;
const NAMES = ['kind'] as const;
export const KINDS = ['prevention_visit', 'quality_check', 'assessment_help', 'three_no_help'] as const;

/** What insurers did on site, the newest first. */
export function VisitsPage() {
  const say = useSay();
  const { role } = useMe();
  const state = useListState(NAMES);
  const rows = useRows<Visit>('prevention', '/prevention/visits', state.filters);
  const shown = rows.rows?.find(({ id }) => id === state.open);
  const goes = role === 'surveyor' || role === 'handler';
  return (
    <Page
      title={say('web.menu.visits')}
      note={say('web.prevention.visits_what')}
      actions={goes ? <Link to={paths.survey()}>{say('web.prevention.go_survey')}</Link> : null}
    >
      <FilterBar
        state={state}
        finder={null}
        filters={[
          {
            name: 'kind',
            label: say('web.prevention.kind'),
            options: KINDS.map((value) => ({ value, label: say(`web.prevention.kind.${value}`) })),
          },
        ]}
      />
      <WithDrawer
        label={say('web.menu.visits')}
        onClose={() => state.setOpen('')}
        list={
          <ListBody
            label={say('web.menu.visits')}
            state={state}
            rows={rows}
            columns={useVisitColumns()}
            rowId={(row) => row.id}
            onOpen={state.setOpen}
            empty={<Empty title={say('web.prevention.visits_empty')} hint={say('web.prevention.visits_empty_hint')} />}
          />
        }
      >
        {shown ? <VisitSheet visit={shown} /> : null}
      </WithDrawer>
    </Page>
  );
}

function useVisitColumns(): readonly Column<Visit>[] {
  const say = useSay();
  return [
    { key: 'number', title: say('web.prevention.number'), cell: (row) => <code>{row.number}</code> },
    { key: 'at', title: say('web.prevention.visited_at'), cell: (row) => <When at={row.endedAt} /> },
    { key: 'kind', title: say('web.prevention.kind'), cell: (row) => say(`web.prevention.kind.${row.kind}`) },
    { key: 'address', title: say('web.elevators.column.address'), cell: (row) => row.address, wide: true },
    { key: 'unit', title: say('web.prevention.maintenance_unit'), cell: (row) => row.maintenanceUnit ?? '' },
    { key: 'insurer', title: say('web.prevention.insurer'), cell: (row) => row.insurer },
    {
      key: 'rate',
      title: say('web.prevention.pass_rate'),
      numeric: true,
      cell: (row) => (row.passRate === null ? '' : row.passRate.toFixed(1)),
    },
    { key: 'findings', title: say('web.prevention.findings'), numeric: true, cell: (row) => row.findings },
    {
      key: 'open',
      title: say('web.prevention.open_findings'),
      numeric: true,
      cell: (row) => (row.open > 0 ? <Mark tone="warn">{row.open}</Mark> : row.open),
    },
  ];
}

function VisitSheet({ visit }: { visit: Visit }) {
  const say = useSay();
  const { check } = useFacts();
  const minutes = Math.round((Date.parse(visit.endedAt) - Date.parse(visit.startedAt)) / 60_000);
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{visit.address}</h1>
        {visit.elevatorId ? <Link to={paths.elevator(visit.elevatorId)}>{say('web.elevator.file')}</Link> : null}
      </header>
      <Facts
        rows={[
          [say('web.prevention.number'), visit.number],
          [say('web.prevention.kind'), say(`web.prevention.kind.${visit.kind}`)],
          [say('web.prevention.visited_at'), <When key="at" at={visit.endedAt} />],
          [say('web.prevention.on_site'), say('web.prevention.minutes', { n: minutes })],
          [say('web.prevention.use_unit'), visit.useUnit],
          [say('web.prevention.maintenance_unit'), visit.maintenanceUnit],
        ]}
      />
      {visit.remarks.length > 0 ? (
        <p className="row wrap">
          {visit.remarks.map((remark) => (
            <Mark key={remark} tone="warn">
              {say(`web.prevention.remark.${remark}`)}
            </Mark>
          ))}
        </p>
      ) : null}
      {visit.summary ? <p>{visit.summary}</p> : null}
      {visit.checks.length > 0 ? (
        <section className="file-part">
          <h2>{say('web.prevention.checks')}</h2>
          <ul className="stack">
            {visit.checks.map(({ code, result }) => (
              <li key={code} className="row">
                <Mark tone={result === 'pass' ? 'good' : result === 'fail' ? 'warn' : 'unknown'}>
                  {say(`web.prevention.check.${result}`)}
                </Mark>
                {check(code)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </article>
  );
}
