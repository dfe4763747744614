import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import type { SessionState } from '../../../contract/identity-session.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { keepSession, useSessionState } from '../../session.ts';
import { Loaded } from '../../ui/states.tsx';
import { SessionCard } from './card.tsx';
import { CodeForm } from './code-form.tsx';
import { type DemoAccount, DemoAccounts } from './demo-accounts.tsx';
import { EnrolmentForm } from './enrolment-form.tsx';
import { landing } from './landing.ts';
import { NewPasswordForm, PasswordForm } from './password-form.tsx';

/** Sign in: name and password, then the second factor, or whatever step the account still needs. */
export function SignInPage() {
  const session = useSessionState();
  return <Loaded query={session}>{(state) => <SignIn state={state} />}</Loaded>;
}

function SignIn({ state }: { state: SessionState }) {
  const queries = useQueryClient();
  const [params] = useSearchParams();
  const [demo, setDemo] = useState<DemoAccount | null>(null);
  const onDone = (next: SessionState) => keepSession(queries, next);
  if (state.setupNeeded) return <Navigate to={paths.setup()} replace />;
  if (state.me) return <Navigate to={landing(params.get('next'), state.me.role)} replace />;
  return (
    <main className={state.demo ? 'session-page with-demo' : 'session-page'}>
      <Step state={state} demo={demo} onDone={onDone} />
      {state.demo ? <DemoAccounts chosen={demo} onChoose={setDemo} onDone={onDone} /> : null}
    </main>
  );
}

type StepProps = { state: SessionState; demo: DemoAccount | null; onDone: (next: SessionState) => void };

function Step({ state, demo, onDone }: StepProps) {
  const say = useSay();
  const title = say(`web.sign_in.${state.stage ?? 'password'}`);
  const form = {
    second_factor: () => <CodeForm key={demo?.code} given={demo?.code ?? ''} onDone={onDone} />,
    enrolment: () => <EnrolmentForm onDone={onDone} />,
    new_password: () => <NewPasswordForm onDone={onDone} />,
    open: () => null,
    password: () => <PasswordForm key={demo?.username} given={demo} onDone={onDone} />,
  }[state.stage ?? 'password'];
  return <SessionCard title={title}>{form()}</SessionCard>;
}
