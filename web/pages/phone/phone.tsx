import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { startLive } from '../../live.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useSessionState } from '../../session.ts';
import { Empty, Failing, Loading } from '../../ui/states.tsx';
import { HolderContext } from './jobs.ts';
import { openWithoutNetwork } from './offline.ts';
import { startOutbox } from './outbox.ts';
import { forgetJobs, type KeptJobs, keptJobs } from './store.ts';
import { TopBar } from './top-bar.tsx';
import './phone.css';

/**
 * Lets in who is signed in, and, while the server cannot be asked, the one whose jobs this phone keeps. Everyone else
 * goes to the sign-in page and comes back afterwards.
 */
export function PhoneGate() {
  const session = useSessionState();
  const location = useLocation();
  const kept = useKept();
  const me = session.data?.me;
  const isRefused = session.data !== undefined && !me;
  useEffect(() => {
    if (isRefused) void forgetJobs();
  }, [isRefused]);
  if (isRefused) return <Navigate to={paths.signIn(location.pathname + location.search)} replace />;
  if (kept === undefined) return <Loading />;
  const accountId = me?.accountId ?? kept?.accountId;
  if (accountId) {
    const own = kept?.accountId === accountId ? kept : null;
    return (
      <Holding key={accountId} accountId={accountId} kept={own} isSignedIn={me !== undefined}>
        <Outlet />
      </Holding>
    );
  }
  return <Nobody error={session.error} isWaiting={session.isLoading} />;
}

/** The jobs kept on this phone; undefined until it has answered, null when there are none or it cannot keep any. */
function useKept(): KeptJobs | null | undefined {
  const [kept, setKept] = useState<KeptJobs | null>();
  useEffect(() => {
    keptJobs().then(setKept, () => setKept(null));
  }, []);
  return kept;
}

type HoldingProps = { accountId: string; kept: KeptJobs | null; isSignedIn: boolean; children: ReactNode };

function Holding({ accountId, kept, isSignedIn, children }: HoldingProps) {
  const queries = useQueryClient();
  useEffect(() => startOutbox(accountId), [accountId]);
  useEffect(() => (isSignedIn ? startLive(queries) : undefined), [queries, isSignedIn]);
  useEffect(() => {
    if (isSignedIn) void openWithoutNetwork();
  }, [isSignedIn]);
  return <HolderContext value={{ accountId, kept }}>{children}</HolderContext>;
}

/** Nobody is known yet: the server was not reached, and the phone keeps no jobs. */
function Nobody({ error, isWaiting }: { error: unknown; isWaiting: boolean }) {
  const say = useSay();
  return (
    <div className="phone">
      <TopBar title={say('phone.title')} />
      <main className="phone-body">
        {error ? <Failing error={error} onRetry={() => location.reload()} /> : null}
        {isWaiting && !error ? (
          <Empty title={say('phone.not_kept_jobs')} hint={say('phone.not_kept_jobs_hint')} />
        ) : null}
      </main>
    </div>
  );
}
