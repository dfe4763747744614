import type { Entry } from './outbox.rules.ts';
import type { Job } from './store.ts';

/** The one thing to do on a job now. planned: others first; lost: somebody else has it; ended: the desk ended it. */
export type Step = 'planned' | 'answer' | 'depart' | 'travel' | 'rescue' | 'done' | 'refused' | 'lost' | 'ended';

const STEP_OF: Readonly<Record<Job['state'], Step>> = {
  planned: 'planned',
  offered: 'answer',
  accepted: 'depart',
  departed: 'travel',
  arrived: 'rescue',
  refused: 'refused',
  expired: 'lost',
  withdrawn: 'lost',
};

const AFTER: Readonly<Record<Entry['act']['do'], Step | null>> = {
  accept: 'depart',
  depart: 'travel',
  arrive: 'rescue',
  release: 'done',
  refuse: 'refused',
  photo: null,
  cause: null,
  work_begin: null,
  work_end: null,
};

const ORDER: readonly Step[] = ['planned', 'lost', 'answer', 'depart', 'travel', 'rescue', 'done'];
const OVER = new Set<Job['phase']>(['closed', 'dismissed', 'joined']);

/** Where the rescuer stands, by what the server knows and what his phone has not been able to tell it yet. */
export function stepOf(job: Job, entries: readonly Entry[]): Step {
  const said = entries.filter(({ offerId, state }) => offerId === job.offerId && state !== 'held');
  const refusedAt = Math.max(-1, ...said.filter(({ act }) => act.do === 'refuse').map(({ seq }) => seq));
  const since = said.filter(({ seq }) => seq > refusedAt); // accepting after all counts
  const steps = since.map(({ act }) => AFTER[act.do]).filter((step) => step !== null);
  if (refusedAt >= 0 && steps.length === 0) return 'refused';
  const base = STEP_OF[job.state];
  const known = job.phase === 'released' && isOwn(base) ? 'done' : base;
  const step = [known, ...steps].reduce((far, one) => (ORDER.indexOf(one) > ORDER.indexOf(far) ? one : far));
  if (step === 'done' || step === 'refused') return step;
  if (!OVER.has(job.phase)) return step;
  return job.phase === 'closed' && isOwn(step) ? 'done' : 'ended';
}

const isOwn = (step: Step): boolean => step === 'depart' || step === 'travel' || step === 'rescue';

/** Is there something to do, now or later? */
export const isOpen = (step: Step): boolean => step === 'answer' || isOwn(step) || step === 'planned';

/** Is the rescuer under way, so that the people inside may hear when he comes? */
export const isMoving = (step: Step): boolean => step === 'depart' || step === 'travel';

const RANK: readonly Step[] = ['answer', 'rescue', 'travel', 'depart', 'planned', 'ended', 'done', 'lost', 'refused'];

/** Offers first, then what is under way, then the plan, then what is over; the newest offer first. */
export const inOrder = (jobs: readonly Job[], entries: readonly Entry[]): { job: Job; step: Step }[] =>
  jobs
    .map((job) => ({ job, step: stepOf(job, entries) }))
    .sort(
      (a, b) =>
        RANK.indexOf(a.step) - RANK.indexOf(b.step) ||
        a.job.place - b.job.place ||
        b.job.offeredAt.localeCompare(a.job.offeredAt),
    );

/** Seconds until the answer is due, by the server's clock; negative: the time is up. Null: no clock runs. */
export const answerSeconds = (job: Job, serverNow: Date): number | null =>
  job.answerBy === null ? null : Math.round((Date.parse(job.answerBy) - serverNow.getTime()) / 1_000);

/** What is known of the people inside, as codes of words; the dangers first. */
export function needCodes({ needs }: Job): readonly string[] {
  const named = ['fire', 'water', 'injuries', 'patients', 'infants', 'elders'] as const;
  return named.filter((name) => needs[name] === true);
}

/** The six digits in what was scanned or typed; null when there are none yet. */
export const codeIn = (text: string): string | null => /(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? null;

/** The signed identity code in what the camera read: `…/~/q/<code>`. Its digits are no rescue code. Null: another text. */
export const plateIn = (text: string): string | null =>
  /\/~\/q\/([\w-]{36})(?:[?#].*)?$/.exec(text.trim())?.[1] ?? null;

/** The unit, where the address does not end with it already. */
export const ownUnit = ({ address, unit }: Job): string => (unit && !address.endsWith(unit) ? unit : '');
