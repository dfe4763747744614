import Button from 'antd/es/button/index.js';
import { FUNDINGS } from '../../../contract/insurance-vocabulary.ts';
import { useSay } from '../../say.ts';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { fenTyped } from '../../ui/money.ts';
import { RowList } from '../../ui/row-list.tsx';

const PARTS = ['liability', 'repair', 'property', 'service'] as const;
type FundDraft = { source: string; amount: string };
export type PartDraft = {
  n: number; // its place when it was made: parts have no name of their own
  part: string;
  name: string;
  premium: string; // yuan as typed
  funding: readonly FundDraft[];
};

type Props = { value: PartDraft; onChange: (next: PartDraft) => void; onRemove?: () => void };

/** One part of a year: a cover or the service contract, its amount, and who pays how much of it. */
export function PartFields({ value, onChange, onRemove }: Props) {
  const say = useSay();
  const set = (patch: Partial<PartDraft>) => onChange({ ...value, ...patch });
  const faultOf = (text: string) =>
    text.trim() !== '' && fenTyped(text) === null
      ? { field: 'amount', value: text, message: say('web.bank.amount_fault') }
      : undefined;
  const isOnly = value.funding.length === 1;
  return (
    <fieldset className="stack pension-card">
      <legend>{say(`web.pension.part.${value.part}`)}</legend>
      <div className="facts">
        <ChoiceField
          label={say('web.pension.part')}
          options={PARTS.map((part) => ({ value: part, label: say(`web.pension.part.${part}`) }))}
          value={value.part}
          onChange={(part) => (part ? set({ part }) : undefined)}
        />
        <TextField label={say('web.pension.part_name')} value={value.name} onChange={(name) => set({ name })} />
        <TextField
          label={say('web.pension.amount_yuan')}
          value={value.premium}
          fault={faultOf(value.premium)}
          onChange={(premium) => set({ premium })}
        />
      </div>
      <RowList
        rows={value.funding}
        onChange={(funding) => set({ funding })}
        least={1}
        fresh={{ source: '', amount: '' }}
        words={{ add: say('web.pension.add_source'), drop: say('web.pension.drop_source') }}
        row={(one, _, change) => (
          <div className="facts">
            <ChoiceField
              label={say('web.pension.source')}
              options={FUNDINGS.map((source) => ({ value: source, label: say(`insurance.source.${source}`) }))}
              value={one.source}
              onChange={(source) => change({ source })}
            />
            <TextField
              label={say('web.pension.source_yuan')}
              {...(isOnly ? { hint: say('web.pension.source_whole') } : {})}
              value={one.amount}
              fault={faultOf(one.amount)}
              onChange={(amount) => change({ amount })}
            />
          </div>
        )}
      >
        {onRemove ? <Button onClick={onRemove}>{say('web.pension.remove_part')}</Button> : null}
      </RowList>
    </fieldset>
  );
}
