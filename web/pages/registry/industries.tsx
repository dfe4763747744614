import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { industryWork } from '../../../contract/registry-industries.ts';
import { get, put, type Query } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ManyField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

type Work = z.infer<typeof industryWork>;
type Line = Work['items'][number];

const KEY = ['registry', '/registry/industries'];

/** What each industry's department has to do about its elevators: one's own first; every figure opens its elevators. */
export function IndustriesPage() {
  const say = useSay();
  const { role } = useMe();
  const work = useQuery({ queryKey: KEY, queryFn: ({ signal }) => get<Work>('/registry/industries', {}, signal) });
  return (
    <Page title={say('web.menu.industries')} note={say('web.industries.what')}>
      <Loaded query={work} lines={8}>
        {(data) => (
          <>
            {role === 'department' ? <Own data={data} /> : null}
            <Panel flush title={say(role === 'department' ? 'web.industries.others' : 'web.industries.all')}>
              <Industries
                rows={data.items.filter(({ mine }) => role !== 'department' || !mine)}
                canName={data.canName}
              />
            </Panel>
            {data.nobodys > 0 ? (
              <p className="muted">{say('web.industries.nobodys', { n: data.nobodys.toLocaleString('en-US') })}</p>
            ) : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Own({ data }: { data: Work }) {
  const say = useSay();
  const rows = data.items.filter(({ mine }) => mine);
  return (
    <Panel flush title={say('web.industries.mine')}>
      {rows.length === 0 ? (
        <Empty title={say('web.industries.none_mine')} hint={say('web.industries.none_mine_hint')} />
      ) : (
        <Industries rows={rows} canName={false} />
      )}
    </Panel>
  );
}

const COUNTS = {
  elevators: {},
  unknownUseUnit: { unknownUseUnit: 'true' },
  uninsured: { uninsured: 'true' },
  withGaps: { withGaps: 'true' },
  openCases: { openCase: 'true' },
  overdue: null,
} as const;

function Industries({ rows, canName }: { rows: readonly Line[]; canName: boolean }) {
  const say = useSay();
  const word = useWord();
  const [naming, setNaming] = useState<string | null>(null);
  const overdue: Query = { inspectionBefore: cityDay(today()) };
  const columns: readonly Column<Line>[] = [
    {
      key: 'industry',
      title: say('web.industries.industry'),
      cell: (row) => word('registry.industry', row.industry),
    },
    {
      key: 'offices',
      title: say('web.industries.offices'),
      cell: (row) => (
        <span className="row wrap">
          {row.offices.map(({ name }) => name).join(say('web.and')) || (
            <Mark tone="unknown">{say('web.industries.no_office')}</Mark>
          )}
          {canName ? (
            <Button size="small" onClick={() => setNaming(row.industry)}>
              {say('web.industries.name_offices')}
            </Button>
          ) : null}
        </span>
      ),
      wide: true,
    },
    ...(Object.keys(COUNTS) as (keyof typeof COUNTS)[]).map(
      (key): Column<Line> => ({
        key,
        title: say(`web.industries.${key}`),
        numeric: true,
        cell: (row) =>
          row[key] === 0 ? (
            <span className="muted">0</span>
          ) : (
            <Link to={paths.elevators({ industry: row.industry, ...(COUNTS[key] ?? overdue) })}>
              {row[key].toLocaleString('en-US')}
            </Link>
          ),
      }),
    ),
  ];
  const chosen = rows.find(({ industry }) => industry === naming);
  return (
    <>
      <DataTable short label={say('web.menu.industries')} rows={rows} rowId={(row) => row.industry} columns={columns} />
      {chosen ? <OfficesForm key={chosen.industry} line={chosen} onDone={() => setNaming(null)} /> : null}
    </>
  );
}

/** Which departments answer for an industry. */
function OfficesForm({ line, onDone }: { line: Line; onDone: () => void }) {
  const say = useSay();
  const word = useWord();
  const queries = useQueryClient();
  const act = useAct();
  const [orgIds, setOrgIds] = useState<string[]>(() => line.offices.map(({ id }) => id));
  const { data } = useQuery({
    queryKey: ['identity', '/orgs', 'departments'],
    queryFn: ({ signal }) =>
      get<{ items: readonly { id: string; name: string }[] }>('/orgs', { kind: 'department', limit: 100 }, signal),
  });
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const save = () =>
    act.run(async () => {
      await put(`/registry/industries/${line.industry}/offices`, { orgIds });
      await queries.invalidateQueries({ queryKey: KEY });
      onDone();
    });
  return (
    <div className="panel-part">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void save()} onCancel={onDone}>
        <ManyField
          label={`${word('registry.industry', line.industry)} · ${say('web.industries.offices')}`}
          options={options}
          value={orgIds}
          onChange={setOrgIds}
        />
      </Form>
    </div>
  );
}
