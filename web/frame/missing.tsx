import { useRouteError } from 'react-router';
import { useSay } from '../say.ts';
import { Page } from '../ui/page.tsx';
import { Empty, Failing } from '../ui/states.tsx';

/** An address nobody answers to. */
export function PageMissing() {
  const say = useSay();
  return (
    <Page title={say('web.state.page_missing')}>
      <Empty title={say('web.state.page_missing')} hint={say('web.state.page_missing_hint')} />
    </Page>
  );
}

/** A page that belongs to other roles. The server would say the same at every request of it. */
export function RoleMissing() {
  const say = useSay();
  return (
    <Page title={say('web.state.role_missing')}>
      <Empty title={say('web.state.role_missing')} hint={say('web.state.role_missing_hint')} />
    </Page>
  );
}

/** A page that broke, or could not be fetched after an upgrade: reading it anew helps. */
export function PageFailed() {
  const error = useRouteError();
  return <Failing error={error} onRetry={() => location.reload()} />;
}
