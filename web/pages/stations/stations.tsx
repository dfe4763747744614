import { useSearchParams } from 'react-router';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Page } from '../../ui/page.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { CoverageTab } from './coverage.tsx';
import { DrillsTab } from './drills.tsx';
import { RescuersTab } from './rescuers.tsx';
import { RosterTab } from './roster.tsx';
import { StationsTab } from './station-list.tsx';
import { VolunteersTab } from './volunteers.tsx';

const TABS = {
  stations: StationsTab,
  rescuers: RescuersTab,
  roster: RosterTab,
  drills: DrillsTab,
  volunteers: VolunteersTab,
  coverage: CoverageTab,
} as const;
type Tab = keyof typeof TABS;
const NAMES: readonly Tab[] = ['stations', 'rescuers', 'roster', 'drills', 'volunteers', 'coverage'];

/** Who may keep stations, rescuers, rosters and drills; the server decides again. */
const KEEPERS = ['agent', 'shift_leader', 'city_regulator', 'rescue_station', 'maintenance_manager'];

/** Who decides on volunteer forces; nobody else is shown them. */
const DECIDERS = ['shift_leader', 'city_regulator', 'district_regulator'];

/** Who stands ready and where, and what must be kept for it. */
export function StationsPage() {
  const say = useSay();
  const { role } = useMe();
  const [params, setParams] = useSearchParams();
  const names = NAMES.filter((name) => name !== 'volunteers' || DECIDERS.includes(role));
  const active = names.find((name) => name === params.get('tab')) ?? 'stations';
  const Content = TABS[active];
  return (
    <Page title={say('web.menu.stations')}>
      <TabBar
        label={say('web.menu.stations')}
        tabs={names.map((key) => ({
          key,
          title: say(key === 'volunteers' ? 'rescue.volunteer.tab' : `rescue.field.tab.${key}`),
        }))}
        active={active}
        onChange={(tab) => setParams({ tab }, { replace: true })}
      />
      <Content mayKeep={KEEPERS.includes(role)} />
    </Page>
  );
}
