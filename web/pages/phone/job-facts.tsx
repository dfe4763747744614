import { useSay } from '../../say.ts';
import { clockOf } from '../../time.ts';
import { DrillBanner } from '../../ui/drill-banner.tsx';
import { Mark } from '../../ui/mark.tsx';
import { answerSeconds, isMoving, needCodes, ownUnit } from './job.rules.ts';
import type { ScreenProps } from './job-page.tsx';
import type { useSharing } from './position.ts';
import type { Job } from './store.ts';

type Props = ScreenProps & { sharing: ReturnType<typeof useSharing> };

const DANGERS = new Set(['fire', 'water', 'injuries', 'patients']);

/** Where, who is inside, and what matters at this step. */
export function JobFacts({ job, step, now, entries, sharing }: Props) {
  const unit = ownUnit(job);
  return (
    <main className="phone-body">
      {job.drill ? <DrillBanner /> : null}
      {step === 'answer' ? <AnswerClock job={job} now={now} /> : <StepLine step={step} />}
      <div>
        <p className="phone-where">{job.address}</p>
        <p className="muted">{[unit, job.number].filter(Boolean).join(' · ')}</p>
      </div>
      <Inside job={job} />
      {isMoving(step) || step === 'answer' || step === 'rescue' ? (
        <Plate job={job} isThere={step === 'rescue'} />
      ) : null}
      {isMoving(step) ? <Sharing {...sharing} /> : null}
      <Hint step={step} job={job} />
      {step === 'done' ? <Done job={job} entries={entries} /> : null}
    </main>
  );
}

function StepLine({ step }: { step: ScreenProps['step'] }) {
  const say = useSay();
  const tone =
    step === 'done' ? 'good' : step === 'lost' || step === 'ended' || step === 'refused' ? 'unknown' : 'accent';
  return (
    <p className="row">
      <Mark tone={tone}>{say(`phone.step.${step}`)}</Mark>
    </p>
  );
}

/** How long the desk waits for the answer; afterwards others are asked as well, and accepting still counts. */
function AnswerClock({ job, now }: { job: Job; now: Date }) {
  const say = useSay();
  const seconds = answerSeconds(job, now);
  if (seconds === null) return <Mark tone="danger">{say('phone.step.answer')}</Mark>;
  const tone = seconds <= 0 ? 'over' : seconds <= 40 ? 'late' : '';
  return (
    <div className={`phone-answer ${tone}`} role="timer">
      <span>{say(seconds > 0 ? 'phone.job.answer_in' : 'phone.job.answer_over')}</span>
      <strong>{clockOf(Math.abs(seconds))}</strong>
    </div>
  );
}

function Inside({ job }: { job: Job }) {
  const say = useSay();
  const people = job.people ?? job.needs.people;
  return (
    <p className="row wrap">
      <span className="phone-chip big">
        {people === null ? say('phone.job.people_unknown') : say('phone.job.people_n', { n: people })}
      </span>
      {needCodes(job).map((code) => (
        <span key={code} className={`phone-chip big ${DANGERS.has(code) ? 'danger' : ''}`}>
          {DANGERS.has(code) ? <span aria-hidden="true">● </span> : null}
          {say(`phone.need.${code}`)}
        </span>
      ))}
    </p>
  );
}

function Plate({ job, isThere }: { job: Job; isThere: boolean }) {
  const say = useSay();
  const minutes = job.etaSeconds === null || isThere ? null : Math.max(1, Math.round(job.etaSeconds / 60));
  return (
    <dl className="phone-facts">
      <div>
        <dt>{say('phone.job.code')}</dt>
        <dd className="phone-code">{job.rescueCode ?? say('phone.job.code_unknown')}</dd>
      </div>
      {minutes === null ? null : (
        <div>
          <dt>{say('phone.job.eta')}</dt>
          <dd>{say('phone.job.eta_minutes', { m: minutes })}</dd>
        </div>
      )}
    </dl>
  );
}

function Sharing({ sharing, allow }: ReturnType<typeof useSharing>) {
  const say = useSay();
  if (sharing === 'on') return <Mark tone="good">{say('phone.position.on')}</Mark>;
  if (sharing === 'off') return <p className="muted">{say('phone.position.off')}</p>;
  return (
    <section className="phone-ask">
      <p>{say('phone.position.ask')}</p>
      <button type="button" className="phone-small" onClick={allow}>
        {say('phone.position.allow')}
      </button>
    </section>
  );
}

const HINTS: Partial<Record<ScreenProps['step'], string>> = {
  planned: 'phone.job.planned_hint',
  lost: 'phone.job.lost_hint',
  ended: 'phone.job.ended_hint',
  refused: 'phone.job.refused_hint',
};

function Hint({ step, job }: { step: ScreenProps['step']; job: Job }) {
  const say = useSay();
  const word = HINTS[step];
  if (!word) return null;
  return (
    <div className="stack">
      {step === 'planned' ? <p>{say('phone.job.place', { n: job.place })}</p> : null}
      <p>{say(word)}</p>
    </div>
  );
}

function Done({ job, entries }: Pick<ScreenProps, 'job' | 'entries'>) {
  const say = useSay();
  const own = entries.filter(({ offerId }) => offerId === job.offerId);
  const told = own.find(({ act }) => act.do === 'release')?.act;
  const people = told?.do === 'release' ? told.people : job.people;
  return (
    <div className="stack">
      <p className="phone-where">{say('phone.done.title')}</p>
      {people === null ? null : <p>{say('phone.done.people', { n: people })}</p>}
      {own.some(({ act }) => act.do === 'cause') ? <Mark tone="good">{say('phone.done.cause_told')}</Mark> : null}
      {own.some(({ state }) => state !== 'sent') ? <p className="muted">{say('phone.done.waiting')}</p> : null}
    </div>
  );
}
