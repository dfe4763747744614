import { useSay, useWord } from '../../say.ts';
import { durationWords, fullTime } from '../../time.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { useNow } from '../../ui/when.tsx';

const PHASE_TONE: Readonly<Record<string, Tone>> = {
  reported: 'accent',
  assessing: 'accent',
  accepted: 'good',
  refused: 'unknown',
  closed: 'unknown',
};

export function PhaseMark({ phase }: { phase: string }) {
  const word = useWord();
  return <Mark tone={PHASE_TONE[phase] ?? 'plain'}>{word('claims.phase', phase)}</Mark>;
}

const SOON_MS = 48 * 3_600_000;

/** How long until a clock runs out, or by how much it is late. */
export function RunsOut({ dueAt, clock }: { dueAt: string | null; clock: string | null }) {
  const say = useSay();
  const word = useWord();
  const now = useNow(60_000).getTime();
  if (!dueAt) return <span className="muted">—</span>;
  const left = Date.parse(dueAt) - now;
  const words = say(left < 0 ? 'claims.late_by' : 'claims.left', { time: durationWords(Math.abs(left) / 1_000, say) });
  return (
    <span title={fullTime(dueAt)}>
      <Mark tone={left < SOON_MS ? 'warn' : 'plain'}>{words}</Mark>
      {clock ? <span className="muted small"> {word('claims.clock', clock)}</span> : null}
    </span>
  );
}

const CLOCK_TONE: Readonly<Record<string, Tone>> = {
  in_time: 'good',
  late: 'warn',
  running: 'accent',
  paused: 'unknown',
};

export function ClockMark({ state }: { state: string }) {
  const word = useWord();
  return <Mark tone={CLOCK_TONE[state] ?? 'plain'}>{word('claims.clock_state', state)}</Mark>;
}

const PAYMENT_TONE: Readonly<Record<string, Tone>> = {
  proposed: 'accent',
  ordered: 'accent',
  paid: 'good',
  returned: 'warn',
};

export function PaymentMark({ state }: { state: string }) {
  const word = useWord();
  return <Mark tone={PAYMENT_TONE[state] ?? 'plain'}>{word('claims.payment', state)}</Mark>;
}
