import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { callUnmasked } from '../../../contract/rescue-field.ts';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { Facts } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import type { Call } from './calls.tsx';

/** One call: what was said, the number for whoever must ring back, and what was heard then. */
export function CallSheet({ call }: { call: Call }) {
  const say = useSay();
  return (
    <div className="form-body stack">
      <h2>{say(`rescue.call.kind.${call.kind}`)}</h2>
      <Facts
        rows={[
          [say('rescue.calls.at'), <When key="at" at={call.at} />],
          [say('rescue.calls.channel'), say(`rescue.calls.channel.${call.channel}`)],
          [say('rescue.call.said'), call.said],
          [say('rescue.calls.routed_to'), call.routedTo],
          [
            say('rescue.calls.elevator'),
            call.elevatorId ? (
              <Link key="e" to={paths.elevator(call.elevatorId)}>
                {call.address || say('web.act.open_page')}
              </Link>
            ) : (
              ''
            ),
          ],
          [say('rescue.calls.said_back'), call.callBackSaid],
        ]}
      />
      {call.caller ? <CallerNumber call={call} /> : null}
      {call.callBack === 'wanted' ? <RingBack call={call} /> : null}
    </div>
  );
}

/** The caller's number: masked, and in full for a reason that is kept. */
export function CallerNumber({ call, reason: first = '' }: { call: Pick<Call, 'id' | 'caller'>; reason?: string }) {
  const say = useSay();
  const act = useAct();
  const [reason, setReason] = useState(first);
  const [shown, setShown] = useState('');
  if (shown) return <p className="figure-value">{shown}</p>;
  const send = async () => {
    const { caller } = await post<z.infer<typeof callUnmasked>>(`/rescue/calls/${call.id}/unmasking`, { reason });
    setShown(caller);
  };
  return (
    <Form act={act} submit={say('rescue.calls.unmask')} onSubmit={() => void act.run(send)}>
      <p>
        {say('rescue.call.caller')} {call.caller}
      </p>
      <TextField
        label={say('rescue.calls.unmask_reason')}
        value={reason}
        onChange={setReason}
        fault={faultsByField(act.problem)['reason']}
      />
    </Form>
  );
}

function RingBack({ call }: { call: Call }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const send = async () => {
    await post(`/rescue/calls/${call.id}/call-back`, { said });
    await queries.invalidateQueries({ queryKey: ['rescue'] });
  };
  return (
    <Form act={act} submit={say('rescue.calls.record')} onSubmit={() => void act.run(send)}>
      <TextField
        label={say('rescue.calls.said_back')}
        value={said}
        onChange={setSaid}
        fault={faultsByField(act.problem)['said']}
      />
    </Form>
  );
}
