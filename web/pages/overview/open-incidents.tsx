import { Link } from 'react-router';
import type { z } from 'zod';
import type { incidentItem } from '../../../contract/rescue.ts';
import { useOpenIncidents } from '../../frame/counters.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { RunningClock } from '../../ui/when.tsx';

type Incident = z.infer<typeof incidentItem>;
const MOST_SHOWN = 6;

/** People trapped right now in this area, the most dangerous first. Nothing is shown when there are none. */
export function OpenIncidents({ area }: { area: string }) {
  const say = useSay();
  const { data } = useOpenIncidents(area);
  const incidents = [...(data?.items ?? [])].sort((a, b) => b.danger - a.danger || a.awareAt.localeCompare(b.awareAt));
  if (incidents.length === 0) return null;
  return (
    <Panel
      flush
      title={<Mark tone="danger">{say('web.frame.trapped', { n: incidents.length })}</Mark>}
      actions={<Link to={paths.incidents({ area })}>{say('web.overview.all_incidents')}</Link>}
    >
      <ul className="open-incidents">
        {incidents.slice(0, MOST_SHOWN).map((incident) => (
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
