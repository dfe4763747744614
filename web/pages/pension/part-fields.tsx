import Button from 'antd/es/button/index.js';
import { FUNDINGS } from '../../../contract/insurance-vocabulary.ts';
import { useSay } from '../../say.ts';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { fenTyped } from '../../ui/money.ts';

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
  const fund = (at: number, patch: Partial<FundDraft>) =>
    set({ funding: value.funding.map((f, i) => (i === at ? { ...f, ...patch } : f)) });
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
      {value.funding.map((one, i) => (
        // Sources have no name of their own until one is chosen: their place is what tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above; only the last is ever taken away
        <div key={i} className="facts">
          <ChoiceField
            label={say('web.pension.source')}
            options={FUNDINGS.map((source) => ({ value: source, label: say(`insurance.source.${source}`) }))}
            value={one.source}
            onChange={(source) => fund(i, { source })}
          />
          <TextField
            label={say('web.pension.source_yuan')}
            {...(isOnly ? { hint: say('web.pension.source_whole') } : {})}
            value={one.amount}
            fault={faultOf(one.amount)}
            onChange={(amount) => fund(i, { amount })}
          />
        </div>
      ))}
      <div className="row">
        <Button onClick={() => set({ funding: [...value.funding, { source: '', amount: '' }] })}>
          {say('web.pension.add_source')}
        </Button>
        {isOnly ? null : (
          <Button onClick={() => set({ funding: value.funding.slice(0, -1) })}>{say('web.pension.drop_source')}</Button>
        )}
        {onRemove ? <Button onClick={onRemove}>{say('web.pension.remove_part')}</Button> : null}
      </div>
    </fieldset>
  );
}
