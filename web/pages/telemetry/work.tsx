import { useQuery, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { WindowState } from '../../../contract/telemetry-work.ts';
import { get, post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { shortTime } from '../../time.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useAct } from '../../ui/use-act.ts';

const LOOK_MS = 30_000;
const MINUTES = [30, 60, 120, 240, 480] as const;

const useWork = (elevatorId: string) =>
  useQuery({
    queryKey: ['telemetry', '/elevators', elevatorId, 'maintenance-window'],
    queryFn: ({ signal }) => get<WindowState>(`/elevators/${elevatorId}/maintenance-window`, {}, signal),
    refetchInterval: LOOK_MS,
  });

/** People at work on the elevator, in words; nothing when nobody declared any. */
export function WorkMark({ elevatorId }: { elevatorId: string }) {
  const say = useSay();
  const current = useWork(elevatorId).data?.current;
  if (!current) return null;
  const { org, reason, endsAt } = current;
  return <Mark tone="accent">{say('web.work.now', { org, reason, until: shortTime(endsAt) })}</Mark>;
}

/** The same with what the crew may do about it: declare work, or end it. */
export function Work({ elevatorId }: { elevatorId: string }) {
  const say = useSay();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const state = useWork(elevatorId).data;
  if (!state) return null;
  const { current, can } = state;
  const isCrew = can.begin === true || can.begin.code !== 'kernel.forbidden';
  const look = () => queries.invalidateQueries({ queryKey: ['telemetry', '/elevators', elevatorId] });
  if (!isCrew) return <WorkMark elevatorId={elevatorId} />;
  return (
    <div className="stack">
      <WorkMark elevatorId={elevatorId} />
      {current ? (
        <ActButton
          label={say('web.work.end')}
          can={can.end}
          onAct={async () => {
            await post(`/elevators/${elevatorId}/maintenance-window/end`);
            await look();
          }}
        />
      ) : isOpen ? (
        <WorkForm
          elevatorId={elevatorId}
          onDone={() => void look().then(() => setOpen(false))}
          onCancel={() => setOpen(false)}
        />
      ) : can.begin === true ? (
        <div>
          <Button onClick={() => setOpen(true)}>{say('web.work.begin')}</Button>
        </div>
      ) : (
        <p className="muted small">{say(can.begin.code, can.begin)}</p>
      )}
    </div>
  );
}

type FormProps = { elevatorId: string; onDone: () => void; onCancel: () => void };

function WorkForm({ elevatorId, onDone, onCancel }: FormProps) {
  const say = useSay();
  const act = useAct();
  const [given, setGiven] = useState({ minutes: '60', reason: '' });
  const faults = faultsByField(act.problem);
  const send = async () => {
    await post(`/elevators/${elevatorId}/maintenance-window`, { ...given, minutes: Number(given.minutes) });
    onDone();
  };
  return (
    <Form act={act} submit={say('web.work.begin')} onSubmit={() => void act.run(send)} onCancel={onCancel}>
      <ChoiceField
        label={say('web.work.minutes')}
        hint={say('web.work.minutes_hint')}
        options={MINUTES.map((n) => ({ value: String(n), label: say('web.work.half_hours', { hours: n / 60 }) }))}
        value={given.minutes}
        onChange={(minutes) => setGiven({ ...given, minutes: minutes || '60' })}
        fault={faults['minutes']}
      />
      <TextField
        label={say('web.work.reason')}
        hint={say('web.work.reason_hint')}
        value={given.reason}
        onChange={(reason) => setGiven({ ...given, reason })}
        fault={faults['reason']}
      />
    </Form>
  );
}
