import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { FindingItem, Live } from '../../../contract/telemetry.ts';
import { useSay, useWord } from '../../say.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { Car } from './car.tsx';
import { useLiveCar } from './live-car.ts';
import { PresentFacts } from './present-facts.tsx';

/** One car as it is now: shaft, doors, direction, load; and what is wrong with it. */
export function LiveTab({ elevator }: { elevator: ElevatorFileView }) {
  const { live, isFollowing } = useLiveCar(elevator.id);
  return (
    <>
      <Loaded query={live}>{(car) => <Present car={car} isFollowing={isFollowing} />}</Loaded>
      <OpenFindings elevatorId={elevator.id} />
    </>
  );
}

function Present({ car, isFollowing }: { car: Live; isFollowing: boolean }) {
  const say = useSay();
  if (!car.heardAt) return <Empty title={say('web.car.never_heard')} hint={say('web.car.never_heard_hint')} />;
  return (
    <section className="file-part">
      <p className="row wrap">
        {car.online ? (
          <Mark tone="good">{say('web.car.online')}</Mark>
        ) : (
          <Mark tone="warn">{say('web.car.offline')}</Mark>
        )}
        <span className="muted small">
          {say('web.car.heard')} <When at={car.heardAt} /> · {car.source?.name} ·{' '}
          {say(isFollowing ? 'web.car.following' : 'web.car.not_following')}
        </span>
      </p>
      <div className="live-view">
        <Car present={car.present} shaft={car.shaft} />
        <PresentFacts present={car.present} />
      </div>
    </section>
  );
}

function OpenFindings({ elevatorId }: { elevatorId: string }) {
  const say = useSay();
  const word = useWord();
  const { rows } = useRows<FindingItem>('telemetry', '/findings', { elevatorId, state: 'open' });
  return (
    <section className="file-part">
      <h2>{say('web.health.open_findings')}</h2>
      {rows?.length === 0 ? <p className="muted">{say('web.finding.empty')}</p> : null}
      <ul>
        {rows?.map((finding) => (
          <li key={finding.id} className="row wrap">
            <Mark tone={finding.kind.startsWith('entrapment') || finding.kind === 'button_alarm' ? 'danger' : 'warn'}>
              {word('telemetry.finding', finding.kind)}
            </Mark>
            <When at={finding.startedAt} />
            <span className="muted small">{finding.reasons.map((reason) => say(reason)).join('；')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
