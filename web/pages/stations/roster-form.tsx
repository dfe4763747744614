import { useState } from 'react';
import type { z } from 'zod';
import type { rosterTaken } from '../../../contract/rescue-field.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ManyField, TextField } from '../../ui/inputs.tsx';
import { useAct } from '../../ui/use-act.ts';
import { useAllRescuers, useReread } from './field.ts';
import { type Entry, entriesOf } from './shifts.rules.ts';

type Taken = z.infer<typeof rosterTaken>;

/** These people, these days, every day from then to then. What could not be taken is named line by line. */
export function RosterForm({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const rescuers = useAllRescuers().data ?? [];
  const [given, setGiven] = useState(() => {
    const day = cityDay(today());
    return { people: [] as string[], fromDay: day, toDay: day, begins: '08:00', ends: '20:00' };
  });
  const [taken, setTaken] = useState<{ answer: Taken; entries: Entry[] } | null>(null);
  const entries = entriesOf(given);
  const set = (facts: Partial<typeof given>) => setGiven({ ...given, ...facts });
  const send = async () => {
    if (!entries || entries.length === 0) return;
    const answer = await post<Taken>('/rescue/roster', { entries });
    await reread();
    setTaken({ answer, entries });
    if (answer.faults.length === 0) onDone();
  };
  const fault = entries ? undefined : { field: 'begins', value: '', message: say('rescue.field.shift_wrong') };
  const nameOf = (personId: string | undefined) => rescuers.find((r) => r.personId === personId)?.label ?? '';
  return (
    <div className="form-body">
      <Form act={act} submit={say('web.act.save')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <h2>{say('rescue.field.add_duty')}</h2>
        <ManyField
          label={say('rescue.field.tab.rescuers')}
          options={rescuers.map((r) => ({ value: r.personId, label: `${r.label} ${r.name}` }))}
          value={given.people}
          onChange={(people) => set({ people })}
        />
        <TextField
          type="date"
          label={say('rescue.field.roster_from')}
          value={given.fromDay}
          onChange={(fromDay) => set({ fromDay })}
        />
        <TextField
          type="date"
          label={say('rescue.field.roster_to')}
          value={given.toDay}
          onChange={(toDay) => set({ toDay })}
        />
        <TextField
          label={say('rescue.field.shift_from')}
          hint={say('rescue.field.shift_hint')}
          value={given.begins}
          onChange={(begins) => set({ begins })}
          fault={fault}
        />
        <TextField label={say('rescue.field.shift_to')} value={given.ends} onChange={(ends) => set({ ends })} />
      </Form>
      {taken ? (
        <div role="status">
          <p>{say('rescue.field.roster_taken', { n: taken.answer.taken })}</p>
          <ul className="faults">
            {taken.answer.faults.map(({ line, code }) => (
              <li key={line}>
                {say('rescue.field.roster_fault', {
                  line,
                  who: nameOf(taken.entries[line - 1]?.personId),
                  why: say(code),
                })}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
