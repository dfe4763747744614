import { useQueryClient } from '@tanstack/react-query';
import Input from 'antd/es/input/index.js';
import { useState } from 'react';
import type { SessionState } from '../../../contract/identity-session.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { signOut } from '../../session.ts';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useAct } from '../../ui/use-act.ts';

/** The six digits of the second factor, or a recovery code. */
export function CodeForm({ given, onDone }: { given: string; onDone: (next: SessionState) => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [code, setCode] = useState(given);
  const send = async () => onDone(await post<SessionState>('/session/code', { code }));
  return (
    <Form act={act} submit={say('web.sign_in.confirm')} onSubmit={() => void act.run(send)} block>
      <Field label={say('web.sign_in.code')} hint={say('web.sign_in.code_hint')}>
        {(wiring) => (
          <Input
            {...wiring}
            size="large"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
        )}
      </Field>
      <button type="button" className="plain muted small" onClick={() => void signOut(queries)}>
        {say('web.sign_in.other_account')}
      </button>
    </Form>
  );
}
