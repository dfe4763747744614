import { useState } from 'react';
import { CLOCK_NAMES } from '../../../contract/rescue-vocabulary.ts';
import { useSay, useWord } from '../../say.ts';
import { clockTime, durationWords } from '../../time.ts';
import { Mark } from '../../ui/mark.tsx';
import { When } from '../../ui/when.tsx';
import type { May } from './after.tsx';
import { CorrectForm } from './after-forms.tsx';
import type { Detail } from './rescue-types.ts';

/** Told by the lines of the timeline, not at a glance. */
const IN_TIMELINE: readonly string[] = ['evidence', 'decided', 'cause_reported'];
const CLOCKS = CLOCK_NAMES.filter((name) => !IN_TIMELINE.includes(name));

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

type TimelineProps = { detail: Detail; may: May; onDone: () => void };

/** Everything that happened, in order. Remarks stand beside what was out of the usual order. */
export function Timeline({ detail, may, onDone }: TimelineProps) {
  const say = useSay();
  const [correcting, setCorrecting] = useState(0);
  return (
    <section>
      <h2>{say('rescue.desk.timeline')}</h2>
      <Clocks detail={detail} />
      <ol className="desk-lines desk-timeline">
        {detail.timeline.map((line) => (
          <li key={line.seq}>
            <Line line={line} detail={detail} />
            {may === 'nothing' || correcting === line.seq || line.what === 'correct' ? null : (
              <button type="button" className="plain desk-correct" onClick={() => setCorrecting(line.seq)}>
                {say('rescue.after.correct')}
              </button>
            )}
            {correcting === line.seq ? (
              <CorrectForm {...{ id: detail.id, seq: line.seq, onDone }} onClose={() => setCorrecting(0)} />
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

type LineOf = { line: Detail['timeline'][number] };

function Line({ line, detail }: LineOf & { detail: Detail }) {
  const say = useSay();
  const word = useWord();
  return (
    <>
      <span className="muted desk-seq">{line.seq}</span>
      <When at={line.happenedAt ?? line.at} />
      <span>{say(`rescue.what.${line.what}`, line.data)}</span>
      <Further line={line} detail={detail} />
      {line.corrects === null ? null : (
        <span className="muted small">{say('rescue.after.corrects', { n: line.corrects })}</span>
      )}
      {line.remarks.map((r) => (
        <Mark key={r} tone="warn">
          {word('rescue.remark', r)}
        </Mark>
      ))}
      <Scanned line={line} />
      <LateBy line={line} />
    </>
  );
}

/** What the line is about: the timer that rang, the level that opened, the rescuers it names, what was heard. */
function Further({ line, detail }: LineOf & { detail: Detail }) {
  const say = useSay();
  const word = useWord();
  const { kind, level, crewId, chosen, outcome } = line.data;
  const names = new Map(detail.offers.map((o) => [o.crewId, o.crew]));
  const crews = [crewId, ...crewsIn(chosen)].flatMap((id) => (typeof id === 'string' ? (names.get(id) ?? []) : []));
  const parts = [
    line.what === 'timer' && typeof kind === 'string' ? word('rescue.timer', kind) : '',
    LEVELLED.includes(line.what) && typeof level === 'number' && level > 0 ? say('rescue.desk.level', { level }) : '',
    line.what === 'offer' && crews.length === 0 ? say('rescue.remark.nobody_available') : crews.join(', '),
    line.what === 'report_confirmation' && typeof outcome === 'string' ? word('rescue.after.outcome', outcome) : '',
  ].filter(Boolean);
  return parts.length > 0 ? <span className="muted">{parts.join(' · ')}</span> : null;
}

/** Lines that say at which level the incident stands after them. */
const LEVELLED = ['timer', 'offer', 'escalate', 'hasten'];

const crewsIn = (chosen: unknown): readonly unknown[] =>
  Array.isArray(chosen) ? chosen.map((one: unknown) => (hasCrew(one) ? one.crewId : null)) : [];
const hasCrew = (one: unknown): one is { crewId: unknown } =>
  typeof one === 'object' && one !== null && 'crewId' in one;

/** Whether the plate that was scanned on site is the one of this car. */
function Scanned({ line }: LineOf) {
  const say = useSay();
  const fits = line.data['scanFits'];
  if (typeof fits !== 'boolean') return null;
  return <Mark tone={fits ? 'good' : 'danger'}>{say(fits ? 'rescue.scan.fits' : 'rescue.scan.differs')}</Mark>;
}

/** How much later than it happened we heard of it, when that is more than a moment. */
function LateBy({ line }: LineOf) {
  const say = useSay();
  if (!line.happenedAt) return null;
  const seconds = (Date.parse(line.at) - Date.parse(line.happenedAt)) / 1_000;
  return seconds > 10 ? <span className="muted small">+{durationWords(seconds, say)}</span> : null;
}
