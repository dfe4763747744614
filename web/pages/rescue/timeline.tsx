import { useSay, useWord } from '../../say.ts';
import { clockTime, durationWords } from '../../time.ts';
import { Mark } from '../../ui/mark.tsx';
import { When } from '../../ui/when.tsx';
import type { Detail } from './rescue-types.ts';

const CLOCKS = [
  'stop',
  'reported',
  'aware',
  'answered',
  'offered',
  'accepted',
  'departed',
  'arrived',
  'released',
  'confirmed',
  'closed',
] as const;

/** The clocks in their order, as a line to be read at a glance. What has not happened yet stays grey. */
export function Clocks({ detail }: { detail: Detail }) {
  const word = useWord();
  return (
    <ol className="desk-clocks">
      {CLOCKS.map((name) => {
        const clock = detail.clocks[name];
        return (
          <li key={name} className={clock ? 'done' : ''}>
            <span>{word('rescue.clock', name)}</span>
            <b>{clock ? clockTime(clock.at) : '—'}</b>
            {clock && !clock.trusted ? <Mark tone="warn">{word('rescue.remark', 'time_not_plausible')}</Mark> : null}
          </li>
        );
      })}
    </ol>
  );
}

/** Everything that happened, in order. Remarks stand beside what was out of the usual order. */
export function Timeline({ detail }: { detail: Detail }) {
  const say = useSay();
  const word = useWord();
  return (
    <section>
      <h2>{say('rescue.desk.timeline')}</h2>
      <Clocks detail={detail} />
      <ol className="desk-lines">
        {detail.timeline.map((line) => (
          <li key={line.seq}>
            <When at={line.happenedAt ?? line.at} />
            <span>{say(`rescue.what.${line.what}`, line.data)}</span>
            {line.remarks.map((r) => (
              <Mark key={r} tone="warn">
                {word('rescue.remark', r)}
              </Mark>
            ))}
            <Scanned line={line} />
            <LateBy line={line} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Whether the plate that was scanned on site is the one of this car. */
function Scanned({ line }: { line: Detail['timeline'][number] }) {
  const say = useSay();
  const fits = line.data['scanFits'];
  if (typeof fits !== 'boolean') return null;
  return <Mark tone={fits ? 'good' : 'danger'}>{say(fits ? 'rescue.scan.fits' : 'rescue.scan.differs')}</Mark>;
}

/** How much later than it happened we heard of it, when that is more than a moment. */
function LateBy({ line }: { line: Detail['timeline'][number] }) {
  const say = useSay();
  if (!line.happenedAt) return null;
  const seconds = (Date.parse(line.at) - Date.parse(line.happenedAt)) / 1_000;
  return seconds > 10 ? <span className="muted small">+{durationWords(seconds, say)}</span> : null;
}
