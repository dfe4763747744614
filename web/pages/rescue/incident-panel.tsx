import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { clockOf } from '../../time.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { DrillBanner } from '../../ui/drill-banner.tsx';
import { Mark } from '../../ui/mark.tsx';
import { When } from '../../ui/when.tsx';
import { WorkMark } from '../telemetry/work.tsx';
import { Acts, type Asking } from './acts.tsx';
import { After, type May } from './after.tsx';
import { TimerLeft } from './queue.tsx';
import { type Detail, NEEDS } from './rescue-types.ts';
import { Timeline } from './timeline.tsx';

type Props = {
  detail: Detail;
  now: number;
  asking: Asking;
  may: May; // what the reader may write down; only the desk gives orders
  onAsk: (asking: Asking) => void;
  onDone: () => void;
};

/** One incident: where, who, how sure, who was asked, what to say, what happened. */
export function IncidentPanel({ detail, now, asking, may, onAsk, onDone }: Props) {
  return (
    <div className="desk-incident">
      <Identity detail={detail} now={now} />
      {may === 'all' ? <Acts key={asking} {...{ detail, asking, onAsk, onDone }} /> : null}
      <Evidence detail={detail} />
      <Offers detail={detail} />
      {detail.endedAt ? null : <Script detail={detail} />}
      <After {...{ detail, may, onDone }} />
      <Timeline {...{ detail, may, onDone }} />
    </div>
  );
}

function Identity({ detail, now }: { detail: Detail; now: number }) {
  const say = useSay();
  const word = useWord();
  const people = detail.people ?? detail.needs.people;
  return (
    <header className="desk-identity">
      {detail.drill ? <DrillBanner /> : null}
      <p className="row">
        <Mark tone={detail.releasedAt ? 'good' : detail.endedAt || detail.drill ? 'unknown' : 'danger'}>
          {word('rescue.phase', detail.phase)}
        </Mark>
        <b className="desk-clock">
          {clockOf(((detail.releasedAt ? Date.parse(detail.releasedAt) : now) - Date.parse(detail.awareAt)) / 1_000)}
        </b>
        <span className="desk-level">{say('rescue.desk.level', { level: detail.level })}</span>
        <TimerLeft item={detail} now={now} />
        <Copyable text={detail.number} label={say('rescue.incidents.number')} />
        <WorkMark elevatorId={detail.elevatorId} />
      </p>
      <h1>
        <Link to={paths.elevator(detail.elevatorId)}>{detail.address || detail.number}</Link>
      </h1>
      <p className="row wrap muted">
        {detail.rescueCode ? <Copyable text={detail.rescueCode} label={say('registry.field.rescueCode')} /> : null}
        <span>{[detail.unit, detail.useOrg, detail.maintenanceOrg].filter(Boolean).join(' · ')}</span>
      </p>
      <p className="row">
        <b>{people === null ? say('rescue.desk.people_unknown') : say('rescue.desk.people', { n: people })}</b>
        {NEEDS.filter((n) => detail.needs[n]).map((n) => (
          <Mark key={n} tone="danger">
            {say(`rescue.need.${n}`)}
          </Mark>
        ))}
        <span className="muted">{say('rescue.desk.confidence', { share: detail.confidence.toFixed(2) })}</span>
      </p>
    </header>
  );
}

function Evidence({ detail }: { detail: Detail }) {
  const say = useSay();
  const word = useWord();
  return (
    <section>
      <h2>{say('rescue.desk.evidence')}</h2>
      <ol className="desk-lines">
        {detail.evidence.map((e) => (
          <li key={`${e.kind}${e.at}`}>
            <When at={e.at} />
            <span>{word('rescue.evidence', e.kind)}</span>
            <span className="muted">{e.confidence.toFixed(2)}</span>
            <span className="muted small">
              {e.reasons
                .filter((r) => r !== `rescue.evidence.${e.kind}`)
                .map((r) => say(r))
                .join(' · ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Offers({ detail }: { detail: Detail }) {
  const say = useSay();
  if (detail.offers.length === 0) return null;
  return (
    <section>
      <h2>{say('rescue.desk.offers')}</h2>
      <ol className="desk-lines">
        {detail.offers.map((o) => (
          <li key={o.id}>
            <When at={o.offeredAt} />
            <span className="desk-level">L{o.level}</span>
            <b>{o.crew}</b>
            {o.org === o.crew ? null : <span className="muted">{o.org}</span>}
            <Mark tone={toneOf(o.state)}>{say(`rescue.offer.${o.state}`, { place: o.place })}</Mark>
            <span className="muted small">{o.reasons.map((r) => say(r.code, r.params)).join(' · ')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function toneOf(state: Detail['offers'][number]['state']) {
  if (state === 'arrived') return 'good';
  if (state === 'accepted' || state === 'departed') return 'accent';
  return state === 'refused' || state === 'expired' ? 'warn' : 'unknown';
}

function Script({ detail }: { detail: Detail }) {
  const say = useSay();
  return (
    <section>
      <h2>{say('rescue.desk.script')}</h2>
      <ul className="desk-script">
        {detail.script.map((code) => (
          <li key={code}>{say(code)}</li>
        ))}
      </ul>
    </section>
  );
}
