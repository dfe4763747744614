import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { editAnswer, fileEdit } from '../../../contract/registry-changes.ts';
import { patch } from '../../api.ts';
import { type Fault, faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useAct } from '../../ui/use-act.ts';

export type Edit = z.input<typeof fileEdit>;
export type EditFieldsProps<Given> = {
  elevator: ElevatorFileView;
  given: Given;
  set: (to: Partial<Given>) => void;
  faultOf: (path: string) => Fault | undefined;
};

/** One way of changing a file: what is shown first, the fields, and what the fields come to. */
export type EditKind<Given> = {
  title: string; // a key into words
  first: (elevator: ElevatorFileView) => Given;
  Fields: (props: EditFieldsProps<Given>) => ReactNode;
  editOf: (given: Given, first: Given) => Edit;
};

type Props<Given> = { elevator: ElevatorFileView; kind: EditKind<Given> };

/**
 * A change of the file behind a button. Registrars write at once; those who answer for the elevator ask, and wait for
 * approval. Who may do neither sees no button.
 */
export function FileChange<Given extends object>({ elevator, kind }: Props<Given>) {
  const say = useSay();
  const [state, setState] = useState<'closed' | 'open' | 'waiting'>('closed');
  if (elevator.can['edit'] !== true && elevator.can['ask'] !== true) return null;
  if (state === 'open') {
    return (
      <ChangeForm
        elevator={elevator}
        kind={kind}
        onClose={() => setState('closed')}
        onDone={(done) => setState(done ? 'closed' : 'waiting')}
      />
    );
  }
  return (
    <div className="row wrap">
      <Button onClick={() => setState('open')}>{say(kind.title)}</Button>
      {state === 'waiting' ? <Mark tone="accent">{say('web.edit.waiting')}</Mark> : null}
    </div>
  );
}

type FormProps<Given> = Props<Given> & { onClose: () => void; onDone: (done: boolean) => void };

function ChangeForm<Given extends object>({ elevator, kind, onClose, onDone }: FormProps<Given>) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [first] = useState(() => kind.first(elevator));
  const [given, setGiven] = useState(first);
  const [reason, setReason] = useState('');
  const faults = faultsByField(act.problem);
  const send = async () => {
    const answer = await patch<z.infer<typeof editAnswer>>(`/elevators/${elevator.id}`, {
      version: elevator.version,
      reason,
      edit: kind.editOf(given, first),
    });
    await queries.invalidateQueries({ queryKey: ['registry'] });
    onDone(answer.done);
  };
  return (
    <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onClose}>
      <h2>{say(kind.title)}</h2>
      <div className="facts">
        <kind.Fields
          elevator={elevator}
          given={given}
          set={(to) => setGiven({ ...given, ...to })}
          faultOf={(path) => faults[`edit.${path}`]}
        />
      </div>
      <TextField
        label={say('web.edit.reason')}
        hint={say('web.edit.reason_hint')}
        value={reason}
        onChange={setReason}
        fault={faults['reason']}
      />
    </Form>
  );
}

/** A value that was changed, as the edit carries it; undefined when it was left as it is. */
export const changed = <V,>(first: V, given: V): V | undefined => (given === first ? undefined : given);
