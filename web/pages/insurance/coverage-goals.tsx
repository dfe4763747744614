import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { coverageAnswer } from '../../../contract/insurance-coverage.ts';
import type { Query } from '../../api.ts';
import { usePlace } from '../../frame/place.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day } from '../../ui/when.tsx';

type Coverage = z.infer<typeof coverageAnswer>;
type Target = Coverage['targets'][number];

export const count = (n: number) => n.toLocaleString('en-US');
export const percent = (rate: number | null) => (rate === null ? '—' : `${rate.toFixed(1)} %`);

/** A figure that opens its elevators. */
export const Opens = ({ n, query }: { n: number; query: Query }): ReactNode =>
  n === 0 ? <span className="muted">0</span> : <Link to={paths.coverageElevators(query)}>{count(n)}</Link>;

const TONES: Readonly<Record<Target['standing'], Tone>> = {
  reached: 'good',
  running: 'plain',
  missed: 'warn',
  no_number: 'unknown',
};

/** The goals of the notice, each against its own elevators. */
export function CoverageGoals({ data, on, district }: { data: Coverage; on: string; district: string | undefined }) {
  const say = useSay();
  const word = useWord();
  const { nameOf } = usePlace();
  const columns: readonly Column<Target>[] = [
    { key: 'name', title: say('web.coverage.target'), cell: (t) => t.name, wide: true },
    {
      key: 'places',
      title: say('web.coverage.places'),
      cell: (t) => {
        const places =
          t.places.map((p) => word('registry.place_class', p)).join(say('web.and')) || say('web.coverage.all_places');
        const without = t.excludedAreas.map(nameOf).join(say('web.and'));
        return without ? say('web.coverage.without', { places, without }) : places;
      },
      wide: true,
    },
    {
      key: 'percent',
      title: say('web.coverage.goal'),
      numeric: true,
      cell: (t) => (t.percent === null ? '—' : `${t.percent} %`),
    },
    { key: 'due', title: say('web.coverage.due'), cell: (t) => <Day on={t.dueOn} /> },
    { key: 'rate', title: say('web.coverage.rate'), numeric: true, cell: (t) => percent(t.rate) },
    {
      key: 'missing',
      title: say('web.coverage.uninsured'),
      numeric: true,
      cell: (t) => (
        <Opens
          n={t.should - t.insured}
          query={{ on, district, place: t.places.join(','), without: t.excludedAreas.join(','), insured: 'false' }}
        />
      ),
    },
    {
      key: 'standing',
      title: say('web.coverage.standing'),
      // A district outside the goal has nothing to reach, and has not reached it.
      cell: (t) =>
        t.should === 0 ? (
          <Mark tone="plain">{say('web.coverage.standing.nothing_due')}</Mark>
        ) : (
          <Mark tone={TONES[t.standing]}>{say(`web.coverage.standing.${t.standing}`, { n: count(t.missing) })}</Mark>
        ),
    },
  ];
  const publicPlaces = { on, district, place: data.publicPlaces.join(','), insured: 'false' };
  return (
    <Panel
      flush
      title={say('web.coverage.targets')}
      actions={<Link to={paths.coverageElevators(publicPlaces)}>{say('web.coverage.work_list')}</Link>}
    >
      {data.targets.length === 0 ? (
        <Empty title={say('web.coverage.no_targets')} hint={say('web.coverage.no_targets_hint')} />
      ) : (
        <DataTable
          short
          label={say('web.coverage.targets')}
          rows={data.targets}
          rowId={(t) => t.id}
          columns={columns}
        />
      )}
    </Panel>
  );
}
