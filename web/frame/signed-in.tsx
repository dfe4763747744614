import { Navigate, Outlet, useLocation } from 'react-router';
import { paths } from '../paths.ts';
import { MeContext, useSessionState } from '../session.ts';
import { Loaded } from '../ui/states.tsx';

/** Lets through who is signed in; everyone else goes to the sign-in page and comes back afterwards. */
export function SignedIn() {
  const session = useSessionState();
  const location = useLocation();
  return (
    <Loaded query={session}>
      {(state) => {
        if (state.setupNeeded) return <Navigate to={paths.setup()} replace />;
        if (!state.me) return <Navigate to={paths.signIn(location.pathname + location.search)} replace />;
        return (
          <MeContext value={state.me}>
            <Outlet />
          </MeContext>
        );
      }}
    </Loaded>
  );
}
