import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { ElevatorFileView, editAnswer } from '../../../contract/registry.ts';
import { patch } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useAct } from '../../ui/use-act.ts';

const WRITERS: readonly string[] = [
  'city_regulator',
  'district_regulator',
  'use_unit_head',
  'safety_director',
  'safety_officer',
  'maintenance_manager',
  'technician',
  'maker',
  'installer',
  'inspector',
  'street_office',
];
const TEXTS = ['brand', 'model', 'unit', 'inHouseNo'] as const;
const DAYS = ['madeOn', 'installedOn', 'inUseOn', 'nextInspectionOn'] as const;
const NUMBERS = ['speedMmPerS', 'loadKg', 'bottomFloor', 'topFloor', 'stops'] as const;
type Given = Record<(typeof TEXTS)[number] | (typeof DAYS)[number] | (typeof NUMBERS)[number], string>;

/** Mend what the file says. Registrars write at once; those who answer for the elevator ask, and wait for approval. */
export function FileEdit({ elevator }: { elevator: ElevatorFileView }) {
  const say = useSay();
  const { role } = useMe();
  const [state, setState] = useState<'closed' | 'open' | 'waiting'>('closed');
  if (!WRITERS.includes(role)) return null;
  if (state === 'open') {
    return (
      <EditForm
        elevator={elevator}
        onClose={() => setState('closed')}
        onDone={(done) => setState(done ? 'closed' : 'waiting')}
      />
    );
  }
  return (
    <div className="row wrap">
      <Button onClick={() => setState('open')}>{say('web.edit.do')}</Button>
      {state === 'waiting' ? <Mark tone="accent">{say('web.edit.waiting')}</Mark> : null}
    </div>
  );
}

type FormProps = { elevator: ElevatorFileView; onClose: () => void; onDone: (done: boolean) => void };

function EditForm({ elevator, onClose, onDone }: FormProps) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [first] = useState(() => givenOf(elevator));
  const [given, setGiven] = useState(first);
  const [reason, setReason] = useState('');
  const faults = faultsByField(act.problem);
  const send = async () => {
    const answer = await patch<z.infer<typeof editAnswer>>(`/elevators/${elevator.id}`, {
      version: elevator.version,
      reason,
      edit: { technical: changesOf(first, given) },
    });
    await queries.invalidateQueries({ queryKey: ['registry'] });
    onDone(answer.done);
  };
  const field = (name: keyof Given, type: 'text' | 'date' | 'number') => (
    <TextField
      key={name}
      type={type}
      label={say(`web.edit.field.${name}`)}
      value={given[name]}
      onChange={(value) => setGiven({ ...given, [name]: value })}
      fault={faults[`edit.technical.${name}`]}
    />
  );
  return (
    <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onClose}>
      <h2>{say('web.edit.do')}</h2>
      <div className="facts">
        {TEXTS.map((name) => field(name, 'text'))}
        {DAYS.map((name) => field(name, 'date'))}
        {NUMBERS.map((name) => field(name, 'number'))}
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

const givenOf = (elevator: ElevatorFileView): Given => {
  const text = (name: keyof Given) => String(elevator[name] ?? '');
  return {
    brand: text('brand'),
    model: text('model'),
    unit: text('unit'),
    inHouseNo: text('inHouseNo'),
    madeOn: text('madeOn'),
    installedOn: text('installedOn'),
    inUseOn: text('inUseOn'),
    nextInspectionOn: text('nextInspectionOn'),
    speedMmPerS: text('speedMmPerS'),
    loadKg: text('loadKg'),
    bottomFloor: text('bottomFloor'),
    topFloor: text('topFloor'),
    stops: text('stops'),
  };
};

/** Only what was changed. An emptied day or number means that it is not known. */
export function changesOf(first: Given, given: Given): Readonly<Record<string, string | number | null>> {
  const isText = (name: string) => TEXTS.some((one) => one === name);
  const isNumber = (name: string) => NUMBERS.some((one) => one === name);
  const written = (name: string, value: string) =>
    isText(name) ? value : value === '' ? null : isNumber(name) ? Number(value) : value;
  const names = [...TEXTS, ...DAYS, ...NUMBERS].filter((name) => given[name] !== first[name]);
  return Object.fromEntries(names.map((name) => [name, written(name, given[name])]));
}
