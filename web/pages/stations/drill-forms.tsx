import { useState } from 'react';
import { get, post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { useOrgChoice } from '../identity/org-choice.ts';
import { useReread } from './field.ts';

/** Plan a drill: which unit, at which elevator, on which day. */
export function DrillPlan({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const me = useMe();
  const act = useAct();
  const reread = useReread();
  const orgs = useOrgChoice(me.org);
  const [orgId, setOrgId] = useState(me.org?.id ?? '');
  const [code, setCode] = useState('');
  const [plannedOn, setPlannedOn] = useState(() => cityDay(today()));
  const faults = faultsByField(act.problem);
  const send = async () => {
    const { id } = await get<{ id: string }>('/elevators/by-code', { type: 'rescue_code', value: code.trim() });
    await post('/rescue/drills/plan', { orgId, elevatorId: id, plannedOn });
    await reread();
    onDone();
  };
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <h2>{say('rescue.field.plan_drill')}</h2>
        <ChoiceField
          label={say('rescue.field.org')}
          {...orgs}
          value={orgId}
          onChange={setOrgId}
          fault={faults['orgId']}
        />
        <TextField
          label={say('rescue.field.drill_elevator')}
          hint={say('rescue.field.drill_elevator_hint')}
          value={code}
          onChange={setCode}
          fault={faults['value']}
        />
        <TextField
          type="date"
          label={say('rescue.field.planned_on')}
          value={plannedOn}
          onChange={setPlannedOn}
          fault={faults['plannedOn']}
        />
      </Form>
    </div>
  );
}

type EndProps = { id: string; act: 'end' | 'call-off'; onDone: () => void };

/** What was learned in a drill, or why it is called off. */
export function DrillEnd({ id, act: what, onDone }: EndProps) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [text, setText] = useState('');
  const isEnd = what === 'end';
  const send = async () => {
    await post(`/rescue/drills/${id}/${what}`, isEnd ? { summary: text } : { reason: text });
    await reread();
    onDone();
  };
  const faults = faultsByField(act.problem);
  const submit = say(isEnd ? 'rescue.field.drill_end' : 'rescue.field.drill_off');
  return (
    <div className="form-body">
      <Form act={act} submit={submit} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <h2>{submit}</h2>
        <TextField
          label={say(isEnd ? 'rescue.field.drill_summary' : 'rescue.field.drill_reason')}
          value={text}
          onChange={setText}
          fault={faults[isEnd ? 'summary' : 'reason']}
        />
      </Form>
    </div>
  );
}
