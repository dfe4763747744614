import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import { EVIDENCE_KINDS, STEPS } from '../../../contract/registry-vocabulary.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';

/** Carry an elevator's life one step on, with the paper that proves it. The register says which steps can follow. */
export function LifeCycle({ elevator }: { elevator: ElevatorFileView }) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  if (!STEPS.some((step) => elevator.can[`step.${step}`] === true)) return null;
  if (!isOpen) {
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{say('web.life.do')}</Button>
      </div>
    );
  }
  return <LifeForm elevator={elevator} onClose={() => setOpen(false)} />;
}

function LifeForm({ elevator, onClose }: { elevator: ElevatorFileView; onClose: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ step: '', on: cityDay(today()), kind: '', number: '' });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    const evidence = given.kind ? [{ kind: given.kind, number: given.number }] : [];
    await post(`/elevators/${elevator.id}/life-cycle`, {
      version: elevator.version,
      step: given.step,
      on: given.on,
      evidence,
    });
    await queries.invalidateQueries({ queryKey: ['registry'] });
    onClose();
  };
  return (
    <Form act={act} submit={say('web.life.do')} onSubmit={() => void act.run(send)} onCancel={onClose}>
      <h2>{say('web.life.do')}</h2>
      <ChoiceField
        label={say('web.life.step')}
        options={STEPS.filter((step) => elevator.can[`step.${step}`] === true).map((step) => ({
          value: step,
          label: say(`web.life.step.${step}`),
        }))}
        value={given.step}
        onChange={set('step')}
      />
      <TextField type="date" label={say('web.life.on')} value={given.on} onChange={set('on')} />
      <ChoiceField
        label={say('web.life.evidence')}
        options={EVIDENCE_KINDS.map((kind) => ({ value: kind, label: say(`registry.evidence.${kind}`) }))}
        value={given.kind}
        onChange={set('kind')}
      />
      <TextField label={say('web.life.number')} value={given.number} onChange={set('number')} />
    </Form>
  );
}
