import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { Panel } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';
import { rateTyped } from './commission-words.ts';

type Scheme = { id: string; name: string };

/** Record the rate an insurer filed for a scheme. */
export function FileRate({ schemes }: { schemes: readonly Scheme[] }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const start = { schemeId: schemes[0]?.id ?? '', percent: '', filingNo: '', from: cityDay(today()) };
  const [given, setGiven] = useState(start);
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const rate = rateTyped(given.percent);
  const fault =
    given.percent !== '' && rate === null
      ? { field: 'rate', value: given.percent, message: say('web.commission.rate_fault') }
      : undefined;
  const send = async () => {
    const { schemeId, filingNo, from } = given;
    await post('/insurance/commissions/rates', { schemeId, rate, filingNo, from });
    setGiven(start);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Panel title={say('web.commission.file_rate')}>
      <Form act={act} submit={say('web.commission.file')} onSubmit={() => void (rate === null ? null : act.run(send))}>
        <div className="facts">
          <ChoiceField
            label={say('web.commission.scheme')}
            options={schemes.map((s) => ({ value: s.id, label: s.name }))}
            value={given.schemeId}
            onChange={set('schemeId')}
          />
          <TextField
            label={say('web.commission.rate_percent')}
            value={given.percent}
            onChange={set('percent')}
            fault={fault}
          />
          <TextField label={say('web.commission.filing_no')} value={given.filingNo} onChange={set('filingNo')} />
          <TextField type="date" label={say('web.commission.from')} value={given.from} onChange={set('from')} />
        </div>
      </Form>
    </Panel>
  );
}
