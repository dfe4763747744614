import { Link } from 'react-router';
import type { z } from 'zod';
import type { incidentItem } from '../../../contract/rescue.ts';
import { useTrapped } from '../../frame/counters.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { RunningClock } from '../../ui/when.tsx';

type Incident = z.infer<typeof incidentItem>;

/** People trapped right now in this area, the most dangerous first; calls without an elevator. Nothing when there are none. */
export function OpenIncidents({ area }: { area: string }) {
  const say = useSay();
  const { data } = useTrapped(area);
  if (!data || data.count + data.unplaced === 0) return null;
  return (
    <Panel
      flush
      title={
        <span className="row wrap">
          <Mark tone="danger">{say('web.frame.trapped', { n: data.count })}</Mark>
          {data.unplaced > 0 ? <Mark tone="danger">{say('web.frame.unplaced', { n: data.unplaced })}</Mark> : null}
        </span>
      }
      actions={<Link to={paths.incidents({ area })}>{say('web.overview.all_incidents')}</Link>}
    >
      <ul className="open-incidents">
        {data.items.map((incident) => (
          <IncidentLine key={incident.id} incident={incident} />
        ))}
      </ul>
    </Panel>
  );
}

function IncidentLine({ incident }: { incident: Incident }) {
  const word = useWord();
  return (
    <li>
      <Link to={paths.incident(incident.id)}>{incident.number}</Link>
      <span className="clip">{incident.address}</span>
      <span>{word('rescue.phase', incident.phase)}</span>
      <span className="push">
        <RunningClock since={incident.awareAt} />
      </span>
    </li>
  );
}
