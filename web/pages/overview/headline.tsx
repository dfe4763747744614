import { Link } from 'react-router';
import type { Overview } from '../../../contract/registry-search.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { Figure } from '../../ui/page.tsx';
import { HitRate } from './hit-rate.tsx';
import { Rate } from './rate.tsx';

type Share = { part: number; whole: number };
type Props = { here: Overview['here']; online: Share | undefined };

/** The headline figures of an area. Each opens the elevators it counts. */
export function Headline({ here, online }: Props) {
  const say = useSay();
  const area = here.level === 'city' ? {} : { area: here.code };
  const figures = [
    ['elevators', here.elevators, {}],
    ['in_use', here.inUse, { state: 'in_use' }],
    ['older', here.olderThan15, { minAgeYears: '15' }],
    ['unknown_use_unit', here.unknownUseUnit, { unknownUseUnit: 'true' }],
  ] as const;
  return (
    <div className="figures">
      {figures.map(([key, n, query]) => (
        <Link key={key} className="figure-link" to={paths.elevators({ ...area, ...query })}>
          <Figure
            name={say(`web.overview.column.${key}`)}
            value={n.toLocaleString('en-US')}
            unit={say('web.overview.unit')}
          />
        </Link>
      ))}
      <Link className="figure-link" to={paths.health()}>
        <Figure name={say('web.overview.column.online')} value={<Rate of={online} />} />
      </Link>
      <Figure
        name={say('web.overview.rescue_coded')}
        value={<Rate of={{ part: here.rescueCoded, whole: here.elevators }} />}
      />
      {here.level === 'city' ? <HitRate /> : null}
      <Figure name={say('web.overview.column.quality')} value={here.meanQuality ?? '—'} />
    </div>
  );
}
