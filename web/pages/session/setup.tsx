import { useQueryClient } from '@tanstack/react-query';
import Input from 'antd/es/input/index.js';
import { useEffect, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { PASSWORD_LEAST } from '../../../contract/identity-vocabulary.ts';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useSessionState } from '../../session.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { SessionCard } from './card.tsx';

/** An empty system asks for its first administrator. */
export function SetupPage() {
  const session = useSessionState();
  return (
    <Loaded query={session}>
      {(state) => {
        if (!state.setupNeeded) return <Navigate to={paths.signIn()} replace />;
        return state.demo ? <DemoPreparing onLook={() => void session.refetch()} /> : <FirstAdministrator />;
      }}
    </Loaded>
  );
}

const LOOK_AGAIN_MS = 1_500;

/** The demo city is still being built; its accounts appear within a minute. */
function DemoPreparing({ onLook }: { onLook: () => void }) {
  const say = useSay();
  useEffect(() => {
    const timer = setInterval(onLook, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [onLook]);
  return (
    <main className="session-page">
      <SessionCard title={say('web.setup.demo')}>
        <p className="muted" role="status">
          {say('web.setup.demo_why')}
        </p>
      </SessionCard>
    </main>
  );
}

function FirstAdministrator() {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [given, setGiven] = useState({ setupCode: '', username: '', password: '' });
  const set = (field: keyof typeof given) => (event: { target: { value: string } }) =>
    setGiven({ ...given, [field]: event.target.value });
  const send = async () => {
    await post('/setup', given);
    queries.clear();
    await navigate(paths.signIn());
  };
  return (
    <main className="session-page">
      <SessionCard title={say('web.setup.title')}>
        <Form act={act} submit={say('web.setup.do')} onSubmit={() => void act.run(send)} block>
          <p className="muted">{say('web.setup.why')}</p>
          <Field label={say('web.setup.code')} hint={say('web.setup.code_hint')}>
            {(wiring) => <Input {...wiring} autoComplete="off" value={given.setupCode} onChange={set('setupCode')} />}
          </Field>
          <Field label={say('web.sign_in.username')}>
            {(wiring) => (
              <Input {...wiring} autoComplete="username" value={given.username} onChange={set('username')} />
            )}
          </Field>
          <Field
            label={say('web.sign_in.password_label')}
            hint={say('web.sign_in.password_hint', { n: PASSWORD_LEAST })}
          >
            {(wiring) => (
              <Input.Password
                {...wiring}
                autoComplete="new-password"
                value={given.password}
                onChange={set('password')}
              />
            )}
          </Field>
        </Form>
      </SessionCard>
    </main>
  );
}
