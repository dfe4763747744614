import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { z } from 'zod';
import type { healthSchema } from '../../../contract/telemetry.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Info } from '../../ui/info.tsx';
import { changed } from '../../ui/list/list-state.ts';
import { Figure, Page } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { Rate } from '../overview/rate.tsx';
import { FindingsPanel } from './findings.tsx';
import { OnlineTable } from './online-table.tsx';
import { SourcesTable } from './sources.tsx';

export type Health = z.infer<typeof healthSchema>;
const VIEWS = ['findings', 'source', 'maintenance', 'maker', 'district', 'street', 'community', 'senders'] as const;
type ViewName = (typeof VIEWS)[number];

/** Is everything heard? Online rate, gaps, what was found, and by whom it must be mended. */
export function HealthPage() {
  const say = useSay();
  const health = useQuery({
    queryKey: ['telemetry', '/telemetry/health'],
    queryFn: ({ signal }) => get<Health>('/telemetry/health', {}, signal),
    refetchInterval: 15_000,
  });
  return (
    <Page title={say('web.menu.health')}>
      <Loaded query={health} lines={3}>
        {(data) => <Headline health={data} />}
      </Loaded>
      <Views />
    </Page>
  );
}

function Headline({ health }: { health: Health }) {
  const say = useSay();
  const share = health.heard === 0 ? undefined : { part: health.online, whole: health.heard };
  const figures = [
    ['elevators', health.elevators],
    ['heard', health.heard],
    ['open_findings', health.openFindings],
    ['stored', health.lastHour.stored],
    ['repeated', health.lastHour.repeated],
    ['set_aside', health.lastHour.setAside],
    ['silent', health.silentSources],
  ] as const;
  return (
    <div className="figures">
      <Figure
        name={say('web.overview.column.online')}
        value={<Rate of={share} />}
        mark={<Info label={say('web.chart.source')}>{say(health.definition)}</Info>}
      />
      {figures.map(([key, n]) => (
        <Figure key={key} name={say(`web.health.${key}`)} value={n.toLocaleString('en-US')} />
      ))}
    </div>
  );
}

function Views() {
  const say = useSay();
  const { role } = useMe();
  const [params, setParams] = useSearchParams();
  const offered = VIEWS.filter(
    (view) => view !== 'senders' || role.endsWith('_regulator') || role === 'maintenance_manager',
  );
  const asked = offered.find((view) => view === params.get('view')) ?? 'findings';
  return (
    <section className="panel">
      <TabBar<ViewName>
        label={say('web.menu.health')}
        tabs={offered.map((key) => ({ key, title: say(`web.health.view.${key}`) }))}
        active={asked}
        onChange={(view) => setParams((now) => changed(now, { view }), { replace: true })}
      />
      {asked === 'findings' ? <FindingsPanel /> : asked === 'senders' ? <SourcesTable /> : <OnlineTable by={asked} />}
    </section>
  );
}
