import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { handover } from '../../../contract/rescue-field.ts';
import { get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { LongTextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';

type Handover = z.infer<typeof handover>;
const KEY = ['rescue', 'handovers'];

/** The hand-over of the shift: what the last ones left, and the note of the one that goes. Stands beside the queue. */
export function Shift({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const list = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => get<{ items: readonly Handover[] }>('/rescue/handovers', {}, signal),
  });
  const reread = () => queries.invalidateQueries({ queryKey: KEY });
  const leave = async () => {
    await post('/rescue/handovers', { note });
    setNote('');
    await reread();
  };
  return (
    <div className="desk-incident">
      <h1>{say('rescue.shift.title')}</h1>
      <Form act={act} submit={say('rescue.shift.leave')} onSubmit={() => void act.run(leave)} onCancel={onClose}>
        <LongTextField
          label={say('rescue.shift.note')}
          hint={say('rescue.shift.note_hint')}
          value={note}
          onChange={setNote}
          fault={faultsByField(act.problem)['note']}
        />
      </Form>
      <Loaded query={list} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{say('rescue.shift.none')}</p>
          ) : (
            <ol className="desk-shifts">
              {items.map((one) => (
                <Left key={one.id} one={one} onTaken={reread} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </div>
  );
}

function Left({ one, onTaken }: { one: Handover; onTaken: () => Promise<void> }) {
  const say = useSay();
  return (
    <li className="stack">
      <p className="row">
        <When at={one.at} />
        <b>{say('rescue.shift.by', { who: one.fromAccount })}</b>
        {one.acceptedAt ? (
          <Mark tone="good">{say('rescue.shift.taken_by', { who: one.toAccount })}</Mark>
        ) : (
          <>
            <Mark tone="warn">{say('rescue.shift.waiting')}</Mark>
            <ActButton
              label={say('rescue.shift.take')}
              primary
              onAct={() => post(`/rescue/handovers/${one.id}/accept`).then(onTaken)}
            />
          </>
        )}
      </p>
      {one.unplaced > 0 ? (
        <p>
          <Mark tone="danger">{say('rescue.unplaced.count', { n: one.unplaced })}</Mark>
        </p>
      ) : null}
      <p>{one.note}</p>
      {one.openIds.length > 0 ? (
        <details>
          <summary className="muted">{say('rescue.shift.open', { n: one.openIds.length })}</summary>
          <ol className="desk-lines">
            {one.open.map(({ id, number, address }) => (
              <li key={id}>
                <Link to={paths.incident(id)}>{number}</Link>
                <span className="muted">{address}</span>
              </li>
            ))}
            {one.openIds.length > one.open.length ? (
              <li className="muted">{say('rescue.queue.left', { n: one.openIds.length - one.open.length })}</li>
            ) : null}
          </ol>
        </details>
      ) : null}
    </li>
  );
}
