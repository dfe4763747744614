import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { fenTyped } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';

const EMPTY_YEAR = { from: '', to: '', liability: '', repair: '', fund: '', service: '', visits: '24' };

type SumField = 'liability' | 'repair' | 'fund' | 'service';

/** The typed amounts in fen, an empty one as nothing; null while one of them is no amount. */
function sumsOf(given: Readonly<Record<SumField, string>>): Record<SumField, number> | null {
  const read = (field: SumField) => (given[field] === '' ? 0 : fenTyped(given[field]));
  const [liability, repair, fund, service] = [read('liability'), read('repair'), read('fund'), read('service')];
  return liability === null || repair === null || fund === null || service === null
    ? null
    : { liability, repair, fund, service };
}

/** The next year: liability and upkeep from own money, repair from common income and the fund. */
export function YearForm({ pension }: { pension: { id: string } }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState(EMPTY_YEAR);
  const set = (field: keyof typeof EMPTY_YEAR) => (value: string) => setGiven({ ...given, [field]: value });
  const sums = sumsOf(given);
  const faultOf = (field: SumField) =>
    given[field] !== '' && fenTyped(given[field]) === null
      ? { field, value: given[field], message: say('web.bank.amount_fault') }
      : undefined;
  const send = async () => {
    if (!sums) return;
    const { liability, repair, fund, service } = sums;
    const part = (kind: string, amount: number, funding: { source: string; amount: number }[]) => ({
      part: kind,
      name: say(`web.pension.part.${kind}`),
      upkeep: kind === 'service',
      premium: amount,
      funding: funding.filter((f) => f.amount > 0),
    });
    const parts = [
      part('liability', liability, [{ source: 'self', amount: liability }]),
      part('repair', repair, [
        { source: 'common_income', amount: Math.max(0, repair - fund) },
        { source: 'repair_fund', amount: fund },
      ]),
      part('service', service, [{ source: 'self', amount: service }]),
    ].filter((p) => p.premium > 0);
    const services = [{ code: 'upkeep', name: say('web.pension.upkeep'), times: Number(given.visits) }];
    await post(`/insurance/pensions/${pension.id}/years`, { from: given.from, to: given.to, parts, services });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.pension.add_year')} onSubmit={() => void act.run(send)}>
      <h2>{say('web.pension.add_year')}</h2>
      <TextField label={say('web.pension.from')} type="date" value={given.from} onChange={set('from')} />
      <TextField label={say('web.pension.to')} type="date" value={given.to} onChange={set('to')} />
      <TextField
        label={say('web.pension.liability_yuan')}
        value={given.liability}
        onChange={set('liability')}
        fault={faultOf('liability')}
      />
      <TextField
        label={say('web.pension.repair_yuan')}
        value={given.repair}
        onChange={set('repair')}
        fault={faultOf('repair')}
      />
      <TextField
        label={say('web.pension.fund_yuan')}
        hint={say('web.pension.rest_hint')}
        value={given.fund}
        onChange={set('fund')}
        fault={faultOf('fund')}
      />
      <TextField
        label={say('web.pension.service_yuan')}
        value={given.service}
        onChange={set('service')}
        fault={faultOf('service')}
      />
      <TextField label={say('web.pension.visits')} type="number" value={given.visits} onChange={set('visits')} />
    </Form>
  );
}

/** Without a filed scale nothing is promised at renewal: a scale comes with its filing through the API. */
export function BeginForm({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({
    rescueCode: '',
    startAgeYears: '',
    plannedYears: '',
    graceDays: '',
    reinstateDays: '',
  });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    const lapse = {
      graceDays: Number(given.graceDays),
      reinstateDays: Number(given.reinstateDays),
      afterwards: 'lost',
    };
    const terms = {
      startAgeYears: Number(given.startAgeYears),
      plannedYears: Number(given.plannedYears),
      scale: null,
      lapse,
    };
    await post('/insurance/pensions', { rescueCode: given.rescueCode, terms });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    onDone();
  };
  return (
    <Form act={act} submit={say('web.pension.begin')} onSubmit={() => void act.run(send)} onCancel={onDone}>
      <TextField label={say('web.prevention.code')} value={given.rescueCode} onChange={set('rescueCode')} />
      <TextField
        label={say('web.pension.start_age')}
        type="number"
        value={given.startAgeYears}
        onChange={set('startAgeYears')}
      />
      <TextField
        label={say('web.pension.planned')}
        type="number"
        value={given.plannedYears}
        onChange={set('plannedYears')}
      />
      <TextField label={say('web.pension.grace')} type="number" value={given.graceDays} onChange={set('graceDays')} />
      <TextField
        label={say('web.pension.reinstate')}
        type="number"
        value={given.reinstateDays}
        onChange={set('reinstateDays')}
      />
      <p className="muted">{say('web.pension.no_scale')}</p>
    </Form>
  );
}
