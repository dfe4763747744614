import { Link } from 'react-router';
import { INSURERS } from '../../../contract/identity-vocabulary.ts';
import { menuOf } from '../../frame/menu.rules.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Waiting } from './waiting.tsx';

/** Pages that show elevators: empty for whoever has none. */
const OF_ELEVATORS: readonly string[] = [
  paths.overview(),
  paths.map(),
  paths.elevators(),
  paths.gaps(),
  paths.health(),
];
/** Who is party to no elevator. */
const WITHOUT: readonly string[] = [...INSURERS, 'broker', 'rescue_station', 'rescuer'];

/** The first page of those who have no elevators: what waits for them, how elevators would come, and what they can do. */
export function Start() {
  const say = useSay();
  const { role } = useMe();
  const groups = menuOf(role)
    .map((group) => ({ ...group, entries: group.entries.filter(({ path }) => !OF_ELEVATORS.includes(path)) }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <Page title={say('web.menu.overview')}>
      <Waiting alone={WITHOUT.includes(role)} />
      {WITHOUT.includes(role) ? null : <NoElevators />}
      <Panel title={say('web.start.pages')}>
        <div className="start">
          {groups.map(({ word, entries }) => (
            <section key={word}>
              <h3>{say(word)}</h3>
              {entries.map((entry) => (
                <Link key={entry.path} to={entry.path}>
                  {say(entry.word)}
                </Link>
              ))}
            </section>
          ))}
        </div>
      </Panel>
    </Page>
  );
}

function NoElevators() {
  const say = useSay();
  const { role } = useMe();
  if (role === 'owner')
    return (
      <Panel title={say('web.menu.elevators')}>
        <Empty
          title={say('web.start.no_building')}
          hint={say('web.start.no_building_hint')}
          action={<Link to={paths.households()}>{say('web.households.ask')}</Link>}
        />
      </Panel>
    );
  return (
    <Panel title={say('web.menu.elevators')}>
      <Empty title={say('web.start.no_elevators')} hint={say('web.start.no_elevators_hint')} />
    </Panel>
  );
}
