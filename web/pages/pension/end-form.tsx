import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PENSION_ENDS } from '../../../contract/insurance-vocabulary.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import { fenTyped } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';
import type { PensionFile } from './pension.tsx';

/** End a programme: with the renewal of its elevator, when its time is over, or by agreement. It cannot be taken back. */
export function EndForm({ pension, onDone }: { pension: PensionFile; onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ reason: 'renewed', on: cityDay(today()), yuan: '', note: '' });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const isRenewed = given.reason === 'renewed';
  const cost = fenTyped(given.yuan);
  const fault =
    given.yuan !== '' && cost === null
      ? { field: 'renewalCost', value: given.yuan, message: say('web.bank.amount_fault') }
      : undefined;
  const send = async () => {
    const { reason, on, note } = given;
    await post(`/insurance/pensions/${pension.id}/end`, { reason, on, note, renewalCost: isRenewed ? cost : null });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    onDone();
  };
  return (
    <Form
      act={act}
      submit={say('web.pension.do.end')}
      onSubmit={() => void (isRenewed && cost === null ? null : act.run(send))}
      onCancel={onDone}
    >
      <div className="facts">
        <ChoiceField
          label={say('web.pension.reason')}
          options={PENSION_ENDS.map((value) => ({ value, label: say(`web.pension.end.${value}`) }))}
          value={given.reason}
          onChange={set('reason')}
        />
        <TextField label={say('web.pension.ended_on')} type="date" value={given.on} onChange={set('on')} />
        {isRenewed ? (
          <TextField
            label={say('web.pension.renewal_cost_yuan')}
            hint={say(pension.terms.scale ? 'web.pension.benefit_hint' : 'web.pension.no_scale')}
            value={given.yuan}
            onChange={set('yuan')}
            fault={fault}
          />
        ) : null}
      </div>
      <LongTextField label={say('web.pension.note')} value={given.note} onChange={set('note')} />
      <p className="muted">{say('web.pension.end_means')}</p>
    </Form>
  );
}
