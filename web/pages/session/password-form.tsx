import Input from 'antd/es/input/index.js';
import { useState } from 'react';
import type { SessionState } from '../../../contract/identity-session.ts';
import { PASSWORD_LEAST } from '../../../contract/identity-vocabulary.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useAct } from '../../ui/use-act.ts';

type Props = { onDone: (next: SessionState) => void };

/** Name and password. */
export function PasswordForm({ given, onDone }: Props & { given: { username: string; password: string } | null }) {
  const say = useSay();
  const act = useAct();
  const [username, setUsername] = useState(given?.username ?? '');
  const [password, setPassword] = useState(given?.password ?? '');
  const send = async () => onDone(await post<SessionState>('/session', { username, password }));
  return (
    <Form act={act} submit={say('web.sign_in.do')} onSubmit={() => void act.run(send)} block>
      <Field label={say('web.sign_in.username')}>
        {(wiring) => (
          <Input
            {...wiring}
            size="large"
            autoComplete="username"
            value={username}
            onChange={(e) => setUsername(e.target.value)}
          />
        )}
      </Field>
      <Field label={say('web.sign_in.password_label')}>
        {(wiring) => (
          <Input.Password
            {...wiring}
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(e) => setPassword(e.target.value)}
          />
        )}
      </Field>
    </Form>
  );
}

/** Change the password. One given by an administrator is for one use: choose one's own before going on. */
export function NewPasswordForm({ onDone, ownWish = false }: Props & { ownWish?: boolean }) {
  const say = useSay();
  const act = useAct();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const send = async () => onDone(await post<SessionState>('/session/password', { current, next }));
  return (
    <Form act={act} submit={say('web.sign_in.change_password')} onSubmit={() => void act.run(send)} block={!ownWish}>
      {ownWish ? null : <p className="muted">{say('web.sign_in.new_password_why')}</p>}
      <Field label={say('web.sign_in.current_password')}>
        {(wiring) => (
          <Input.Password
            {...wiring}
            autoComplete="current-password"
            value={current}
            onChange={(e) => setCurrent(e.target.value)}
          />
        )}
      </Field>
      <Field label={say('web.sign_in.next_password')} hint={say('web.sign_in.password_hint', { n: PASSWORD_LEAST })}>
        {(wiring) => (
          <Input.Password
            {...wiring}
            autoComplete="new-password"
            value={next}
            onChange={(e) => setNext(e.target.value)}
          />
        )}
      </Field>
    </Form>
  );
}
