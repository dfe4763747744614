import Button from 'antd/es/button/index.js';
import Popconfirm from 'antd/es/popconfirm/index.js';
import { useState } from 'react';
import { usePreferences } from '../preferences.ts';
import { problemWords } from '../problem.ts';
import { useSay } from '../say.ts';
import { LongTextField } from './inputs.tsx';
import { useAct } from './use-act.ts';

/** May the act be done? `true`, the code of the refusal, or the refusal itself: its words explain a button that is off. */
export type Can = true | string | ({ code: string } & Record<string, unknown>);

type Props = {
  label: string;
  can?: Can;
  // Names the object and what follows; left out for harmless acts. With `reason` the act waits until one is written.
  confirm?: { title: string; consequence: string; reason?: string };
  onAct: (reason: string) => Promise<unknown>;
  primary?: boolean;
};
const LEAST_REASON = 2;

/** A button that does one thing, asks first when it must, and says under itself why it could not. */
export function ActButton({ label, can = true, confirm, onAct, primary = false }: Props) {
  const say = useSay();
  const { language } = usePreferences();
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const refusal = can === true ? '' : typeof can === 'string' ? say(can) : say(can.code, can);
  const button = (
    <Button
      type={primary ? 'primary' : 'default'}
      disabled={refusal !== ''}
      loading={act.isRunning}
      title={refusal}
      {...(confirm ? {} : { onClick: () => void act.run(() => onAct('')) })}
    >
      {label}
    </Button>
  );
  return (
    <span className="act">
      {confirm ? (
        <Popconfirm
          title={confirm.title}
          description={
            confirm.reason ? (
              <>
                <p>{confirm.consequence}</p>
                <LongTextField label={confirm.reason} value={reason} onChange={setReason} />
              </>
            ) : (
              confirm.consequence
            )
          }
          open={isAsking}
          onOpenChange={setAsking}
          disabled={refusal !== ''}
          okText={label}
          cancelText={say('web.act.cancel')}
          okButtonProps={{ disabled: confirm.reason !== undefined && reason.trim().length < LEAST_REASON }}
          onConfirm={() => void act.run(() => onAct(reason.trim()))}
        >
          {button}
        </Popconfirm>
      ) : (
        button
      )}
      {refusal ? <span className="muted small">{refusal}</span> : null}
      {act.problem ? (
        <span className="field-fault" role="alert">
          {[problemWords(act.problem, language).title, problemWords(act.problem, language).detail]
            .filter(Boolean)
            .join(' ')}
        </span>
      ) : null}
    </span>
  );
}
