import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { Empty, Loaded } from '../../ui/states.tsx';
import { ArriveScreen } from './arrive-screen.tsx';
import { CauseScreen } from './cause-screen.tsx';
import { isMoving, type Step, stepOf } from './job.rules.ts';
import { JobFacts } from './job-facts.tsx';
import { type Jobs, useHolder, useJobs, useServerNow } from './jobs.ts';
import { NextAct } from './next-act.tsx';
import { type Entry, unsent } from './outbox.rules.ts';
import { type Told, tell, useOutbox } from './outbox.ts';
import { useSharing } from './position.ts';
import { ReleaseScreen } from './release-screen.tsx';
import type { Job } from './store.ts';
import { TopBar } from './top-bar.tsx';

/** One job: where it stands, and the one thing to do next. */
export function JobPage() {
  const say = useSay();
  const { id = '' } = useParams();
  const jobs = useJobs();
  const { accountId } = useHolder();
  const { entries, isRead } = useOutbox();
  const own = unsent(entries, accountId);
  const job = jobs.data?.list.items.find(({ incidentId }) => incidentId === id);
  if (job && isRead && jobs.data) return <OneJob key={job.offerId} job={job} jobs={jobs.data} />;
  return (
    <div className="phone">
      <TopBar title={say('phone.title')} back={paths.jobs()} own={own} />
      <main className="phone-body">
        <Loaded query={jobs}>
          {() => <Empty title={say('phone.job.gone')} hint={say('phone.job.gone_hint')} action={<AllJobs />} />}
        </Loaded>
      </main>
    </div>
  );
}

const AllJobs = () => {
  const say = useSay();
  return (
    <Link className="phone-act" to={paths.jobs()}>
      {say('phone.job.all_jobs')}
    </Link>
  );
};

/** The screen in front of the rescuer: the job, or the form of one act. */
export type Screen = 'job' | 'arrive' | 'release' | 'cause';

function OneJob({ job, jobs }: { job: Job; jobs: Jobs }) {
  const { accountId } = useHolder();
  const { entries } = useOutbox();
  const [screen, setScreen] = useState<Screen>('job');
  const [isNotKept, setNotKept] = useState(false);
  const step = stepOf(job, entries);
  const sharing = useSharing(isMoving(step));
  const now = useServerNow(jobs.aheadMs);
  const say = useSay();
  const act = async (said: Told['act']) => {
    try {
      await tell({ incidentId: job.incidentId, offerId: job.offerId, act: said }, accountId);
      setNotKept(false);
      // Back from the form of this act; a form that was opened while the phone wrote it down stays.
      setScreen((open) => (open === screen ? 'job' : open));
    } catch {
      // The phone itself could not keep it: said on the screen, because then nothing else will.
      setNotKept(true);
    }
  };
  const shown = { job, step, now, entries, onAct: (said: Told['act']) => void act(said), onScreen: setScreen };
  return (
    <div className="phone">
      <TopBar
        title={say('phone.job.title', { n: job.number.split('-').at(-1) })}
        back={screen === 'job' ? paths.jobs() : () => setScreen('job')}
        own={unsent(entries, accountId)}
      />
      {isNotKept ? (
        <p className="phone-held phone-body" role="alert">
          {say('phone.sync.not_kept')}
        </p>
      ) : null}
      {screen === 'arrive' ? <ArriveScreen {...shown} /> : null}
      {screen === 'release' ? <ReleaseScreen {...shown} accountId={accountId} /> : null}
      {screen === 'cause' ? <CauseScreen {...shown} /> : null}
      {screen === 'job' ? (
        <>
          <JobFacts {...shown} sharing={sharing} />
          <NextAct {...shown} />
        </>
      ) : null}
    </div>
  );
}

/** What every screen of a job is given. */
export type ScreenProps = {
  job: Job;
  step: Step;
  now: Date; // the server's
  entries: readonly Entry[];
  onAct: (said: Told['act']) => void;
  onScreen: (screen: Screen) => void;
};
