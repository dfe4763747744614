import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { reportTaken } from '../../../contract/insurance-claims.ts';
import { LOSS_KINDS } from '../../../contract/insurance-vocabulary.ts';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { cityInstant, cityLocal } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, MomentField, TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';

type Taken = z.infer<typeof reportTaken>;

/** Take an accident down: the elevator by its rescue code, when, what, and who says so. */
export function ReportForm({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [taken, setTaken] = useState<Taken | null>(null);
  const [given, setGiven] = useState(() => ({
    code: '',
    kind: 'injury',
    at: cityLocal(new Date()),
    said: '',
    name: '',
    phone: '',
  }));
  const set = (name: keyof typeof given) => (value: string) => setGiven((now) => ({ ...now, [name]: value }));
  const faults = faultsByField(act.problem);
  const send = async () => {
    const { code, kind, at, said, name, phone } = given;
    const reporter = name || phone ? { name, phone } : null;
    const body = { key, code, kind, happenedAt: cityInstant(at), said, reporter, channel: 'desk' };
    setTaken(await post<Taken>('/insurance/claims', body));
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  if (taken) return <TakenPanel taken={taken} onDone={onDone} />;
  return (
    <Panel title={say('claims.report')}>
      <Form act={act} submit={say('claims.report_send')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <TextField
          label={say('claims.elevator_code')}
          hint={say('claims.elevator_code_hint')}
          value={given.code}
          onChange={set('code')}
          fault={faults['elevatorId']}
        />
        <ChoiceField
          label={say('claims.kind')}
          options={LOSS_KINDS.map((value) => ({ value, label: say(`claims.kind.${value}`) }))}
          value={given.kind}
          onChange={set('kind')}
        />
        <MomentField
          label={say('claims.happened')}
          value={given.at}
          onChange={set('at')}
          fault={faults['happenedAt']}
        />
        <LongTextField label={say('claims.said')} value={given.said} onChange={set('said')} fault={faults['said']} />
        <TextField label={say('claims.reporter')} value={given.name} onChange={set('name')} />
        <TextField label={say('claims.phone')} value={given.phone} onChange={set('phone')} />
      </Form>
    </Panel>
  );
}

function TakenPanel({ taken, onDone }: { taken: Taken; onDone: () => void }) {
  const say = useSay();
  return (
    <Panel
      title={say('claims.report')}
      actions={
        <button type="button" className="plain" onClick={onDone}>
          {say('claims.shut')}
        </button>
      }
    >
      <p className="row">
        <Mark tone={taken.outcome === 'no_cover' ? 'warn' : 'good'}>{say(`claims.taken.${taken.outcome}`)}</Mark>
        {taken.claimId ? <Link to={paths.claim(taken.claimId)}>{taken.number}</Link> : null}
        <span className="muted">{taken.policyNumber ?? ''}</span>
      </p>
    </Panel>
  );
}
