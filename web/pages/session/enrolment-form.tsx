import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import Input from 'antd/es/input/index.js';
import { useState } from 'react';
import type { SessionState } from '../../../contract/identity-session.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Field } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';

type Enrolment = { secret: string; uri: string; qrSvg: string };
type Props = { onDone: (next: SessionState) => void };

/** Take up a second factor: scan, confirm with the first code, keep the recovery codes. */
export function EnrolmentForm({ onDone }: Props) {
  const enrolment = useQuery({
    queryKey: ['identity', 'enrolment'],
    queryFn: () => post<Enrolment>('/session/enrolment'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return <Loaded query={enrolment}>{(begun) => <Confirm begun={begun} onDone={onDone} />}</Loaded>;
}

function Confirm({ begun, onDone }: Props & { begun: Enrolment }) {
  const say = useSay();
  const act = useAct();
  const [code, setCode] = useState('');
  const [opened, setOpened] = useState<(SessionState & { recoveryCodes: readonly string[] }) | null>(null);
  const send = async () => setOpened(await post('/session/enrolment/code', { code }));
  if (opened) return <Recovery codes={opened.recoveryCodes} onKept={() => onDone(opened)} />;
  return (
    <Form act={act} submit={say('web.sign_in.confirm')} onSubmit={() => void act.run(send)} block>
      <p className="muted">{say('web.sign_in.enrolment_why')}</p>
      <img
        className="totp-qr"
        alt={say('web.sign_in.enrolment_qr')}
        src={`data:image/svg+xml,${encodeURIComponent(begun.qrSvg)}`}
      />
      <a className="totp-here" href={begun.uri}>
        {say('web.sign_in.enrolment_here')}
      </a>
      <Copyable text={begun.secret} label={say('web.sign_in.secret')} />
      <Field label={say('web.sign_in.code')}>
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
    </Form>
  );
}

function Recovery({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const say = useSay();
  return (
    <div className="form">
      <p>{say('web.sign_in.recovery_why')}</p>
      <ul className="recovery-codes mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="row">
        <Button type="primary" onClick={onKept}>
          {say('web.sign_in.recovery_kept')}
        </Button>
        <Button onClick={() => print()}>{say('web.act.print')}</Button>
      </div>
    </div>
  );
}
