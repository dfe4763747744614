import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { fenTyped } from '../../ui/money.ts';
import { RowList } from '../../ui/row-list.tsx';
import { useAct } from '../../ui/use-act.ts';
import './pension.css';

const NOTHING = {
  rescueCode: '',
  startAgeYears: '',
  plannedYears: '',
  graceDays: '',
  reinstateDays: '',
  afterwards: 'lost',
};
const AFTERWARDS = ['lost', 'kept'] as const;
type Scale = { filingNo: string; version: string; most: string; steps: readonly { years: string; percent: string }[] };
const NEW_SCALE: Scale = { filingNo: '', version: '1', most: '', steps: [{ years: '', percent: '' }] };

/** A count as typed; an empty field is no number, so that the server names it. */
const count = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/** What the insurer promises at renewal: nothing, or the steps it filed. */
const scaleOf = (scale: Scale | null) =>
  scale && {
    filingNo: scale.filingNo,
    version: scale.version,
    most: scale.most.trim() === '' ? null : fenTyped(scale.most),
    steps: scale.steps.map((s) => ({
      fromYears: count(s.years),
      shareBp: s.percent.trim() === '' ? null : Math.round(Number(s.percent) * 100),
    })),
  };

/** Begin a programme for one elevator; without a filed scale nothing is promised at renewal. */
export function BeginForm({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [given, setGiven] = useState(NOTHING);
  const [scale, setScale] = useState<Scale | null>(null);
  const set = (field: keyof typeof NOTHING) => (value: string) => setGiven({ ...given, [field]: value });
  const isMostWrong = scale !== null && scale.most.trim() !== '' && fenTyped(scale.most) === null;
  const send = async () => {
    const terms = {
      startAgeYears: count(given.startAgeYears),
      plannedYears: count(given.plannedYears),
      scale: scaleOf(scale),
      lapse: {
        graceDays: count(given.graceDays),
        reinstateDays: count(given.reinstateDays),
        afterwards: given.afterwards,
      },
    };
    const made = await post<{ pensionId: string }>('/insurance/pensions', { rescueCode: given.rescueCode, terms });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    await navigate(paths.pension(made.pensionId));
  };
  const number = (field: keyof typeof NOTHING, label: string) => (
    <TextField label={label} type="number" value={given[field]} onChange={set(field)} />
  );
  return (
    <Form
      act={act}
      submit={say('web.pension.begin')}
      onSubmit={() => void (isMostWrong ? null : act.run(send))}
      onCancel={onDone}
    >
      <div className="facts">
        <TextField label={say('web.prevention.code')} value={given.rescueCode} onChange={set('rescueCode')} />
        {number('startAgeYears', say('web.pension.start_age'))}
        {number('plannedYears', say('web.pension.planned'))}
        {number('graceDays', say('web.pension.grace'))}
        {number('reinstateDays', say('web.pension.reinstate'))}
        <ChoiceField
          label={say('web.pension.afterwards')}
          options={AFTERWARDS.map((value) => ({ value, label: say(`web.pension.afterwards.${value}`) }))}
          value={given.afterwards}
          onChange={set('afterwards')}
        />
      </div>
      {scale ? (
        <ScaleFields scale={scale} set={setScale} isMostWrong={isMostWrong} />
      ) : (
        <p className="row">
          <span className="muted">{say('web.pension.no_scale')}</span>
          <Button onClick={() => setScale(NEW_SCALE)}>{say('web.pension.give_scale')}</Button>
        </p>
      )}
    </Form>
  );
}

type ScaleProps = { scale: Scale; set: (scale: Scale | null) => void; isMostWrong: boolean };

function ScaleFields({ scale, set, isMostWrong }: ScaleProps) {
  const say = useSay();
  return (
    <fieldset className="stack pension-card">
      <legend>{say('web.pension.scale_title')}</legend>
      <div className="facts">
        <TextField
          label={say('web.pension.filing_no')}
          value={scale.filingNo}
          onChange={(filingNo) => set({ ...scale, filingNo })}
        />
        <TextField
          label={say('web.pension.scale_version')}
          value={scale.version}
          onChange={(version) => set({ ...scale, version })}
        />
        <TextField
          label={say('web.pension.most_yuan')}
          hint={say('web.pension.most_hint')}
          value={scale.most}
          fault={isMostWrong ? { field: 'most', value: scale.most, message: say('web.bank.amount_fault') } : undefined}
          onChange={(most) => set({ ...scale, most })}
        />
      </div>
      <RowList
        rows={scale.steps}
        onChange={(steps) => set({ ...scale, steps })}
        least={1}
        fresh={{ years: '', percent: '' }}
        words={{ add: say('web.pension.add_step'), drop: say('web.pension.drop_step') }}
        row={(one, i, change) => (
          <div className="facts">
            <TextField
              label={say('web.pension.step_years', { n: i + 1 })}
              type="number"
              value={one.years}
              onChange={(years) => change({ years })}
            />
            <TextField
              label={say('web.pension.step_percent', { n: i + 1 })}
              type="number"
              value={one.percent}
              onChange={(percent) => change({ percent })}
            />
          </div>
        )}
      >
        <Button onClick={() => set(null)}>{say('web.pension.drop_scale')}</Button>
      </RowList>
    </fieldset>
  );
}
