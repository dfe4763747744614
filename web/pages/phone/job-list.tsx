import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useSessionState } from '../../session.ts';
import { clockOf } from '../../time.ts';
import { Mark, type Tone } from '../../ui/mark.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { DutyLine } from './duty-line.tsx';
import { answerSeconds, inOrder, isOpen, needCodes, ownUnit, type Step } from './job.rules.ts';
import { type Jobs, useHolder, useJobs, useRing, useServerNow } from './jobs.ts';
import { unsent } from './outbox.rules.ts';
import { useOutbox } from './outbox.ts';
import type { Job } from './store.ts';
import { TopBar } from './top-bar.tsx';

type Line = { job: Job; step: Step };

/** My jobs: what must be answered first, then what is under way, then the plan, then what is over. */
export function JobListPage() {
  const say = useSay();
  const jobs = useJobs();
  const { accountId } = useHolder();
  const { entries } = useOutbox();
  return (
    <div className="phone">
      <TopBar title={say('phone.title')} own={unsent(entries, accountId)} />
      <main className="phone-body">
        <Loaded query={jobs}>{(data) => <List jobs={data} />}</Loaded>
        <ToWork />
      </main>
    </div>
  );
}

/** 维保作业 is declared by those who maintain; without network nobody can say who that is, and the way stays open. */
function ToWork() {
  const say = useSay();
  const role = useSessionState().data?.me?.role;
  if (role !== undefined && role !== 'technician' && role !== 'maintenance_manager') return null;
  return (
    <Link className="phone-small" to={paths.workAtCar()}>
      {say('phone.work.title')}
    </Link>
  );
}

const GROUPS: readonly { word: string; holds: (step: Step) => boolean }[] = [
  { word: 'phone.group.answer', holds: (step) => step === 'answer' },
  { word: 'phone.group.open', holds: (step) => isOpen(step) && step !== 'answer' && step !== 'planned' },
  { word: 'phone.group.planned', holds: (step) => step === 'planned' },
  { word: 'phone.group.over', holds: (step) => !isOpen(step) },
];

function List({ jobs: { list, keptAt, aheadMs } }: { jobs: Jobs }) {
  const say = useSay();
  const { entries, isOnline } = useOutbox();
  const now = useServerNow(aheadMs);
  const lines = inOrder(list.items, entries);
  const offers = lines.filter(({ step }) => step === 'answer').map(({ job }) => job.offerId);
  useRing(offers);
  if (list.label === null && lines.length === 0) {
    return <Empty title={say('phone.not_rescuer')} hint={say('phone.not_rescuer_hint')} />;
  }
  const hint = say(!isOnline ? 'phone.empty_offline' : list.onDuty ? 'phone.empty_hint' : 'phone.empty_off');
  return (
    <>
      <DutyLine label={list.label ?? ''} isOn={list.onDuty} />
      {keptAt ? (
        <p className="phone-stale muted">
          <StaleSince at={keptAt} />
        </p>
      ) : null}
      {lines.some(({ step }) => isOpen(step)) ? null : <Empty title={say('phone.empty')} hint={hint} />}
      {GROUPS.map(({ word, holds }) => (
        <Group key={word} title={say(word)} lines={lines.filter(({ step }) => holds(step))} now={now} />
      ))}
    </>
  );
}

/** What stands here was read at this time: there was no network since. */
function StaleSince({ at }: { at: string }) {
  const say = useSay();
  const [before = '', after = ''] = say('phone.stale', { at: '\0' }).split('\0');
  return (
    <>
      {before}
      <When at={at} />
      {after}
    </>
  );
}

function Group({ title, lines, now }: { title: string; lines: readonly Line[]; now: Date }) {
  if (lines.length === 0) return null;
  return (
    <section className="phone-group" aria-label={title}>
      <h2>
        {title} <span className="muted">{lines.length}</span>
      </h2>
      <ul>
        {lines.map((line) => (
          <li key={line.job.offerId}>
            <Card {...line} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONE: Readonly<Record<Step, Tone>> = {
  answer: 'danger',
  depart: 'accent',
  travel: 'accent',
  rescue: 'accent',
  planned: 'plain',
  done: 'good',
  refused: 'unknown',
  lost: 'unknown',
  ended: 'unknown',
};

function Card({ job, step, now }: Line & { now: Date }) {
  const say = useSay();
  const people = job.people ?? job.needs.people;
  const seconds = step === 'answer' ? answerSeconds(job, now) : null;
  return (
    <Link className={`phone-card ${step}`} to={paths.job(job.incidentId)}>
      <span className="row">
        <Mark tone={TONE[step]}>{say(`phone.step.${step}`)}</Mark>
        {job.drill ? <span className="phone-chip">{say('phone.job.drill')}</span> : null}
        {seconds !== null ? (
          <span className={`push phone-clock ${seconds <= 40 ? 'late' : ''}`}>{clockOf(seconds)}</span>
        ) : (
          <span className="push muted">
            <When at={job.offeredAt} />
          </span>
        )}
      </span>
      <strong className="phone-address">{job.address}</strong>
      <span className="muted">
        {[
          ownUnit(job),
          people === null ? '' : say('phone.job.people_n', { n: people }),
          ...needCodes(job).map((code) => say(`phone.need.${code}`)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </Link>
  );
}
