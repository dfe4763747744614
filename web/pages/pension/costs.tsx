import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { z } from 'zod';
import type { pensionCostList } from '../../../contract/insurance-pension.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { More } from '../../ui/list/list-page.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty, Failing, Loading } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Day } from '../../ui/when.tsx';
import type { PensionFile } from './pension.tsx';

type Entry = z.infer<typeof pensionCostList>['items'][number];
type FormProps = { pension: PensionFile; onDone: () => void };

/** Book what services of a year cost, under the number of their voucher. */
export function CostForm({ pension, onDone }: FormProps) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [id] = useState(() => crypto.randomUUID());
  const years = pension.years.filter((y) => y.services.length > 0);
  const [given, setGiven] = useState({
    yearId: years.at(-1)?.id ?? '',
    service: years.at(-1)?.services[0]?.code ?? '',
    on: cityDay(today()),
    times: '1',
    yuan: '',
    voucher: '',
    note: '',
  });
  const set = (field: keyof typeof given) => (value: string) => setGiven({ ...given, [field]: value });
  const year = years.find((y) => y.id === given.yearId);
  const amount = fenTyped(given.yuan);
  const fault =
    given.yuan !== '' && amount === null
      ? { field: 'amount', value: given.yuan, message: say('web.bank.amount_fault') }
      : undefined;
  const send = async () => {
    const { yearId, service, on, times, voucher, note } = given;
    const cost = { id, yearId, service, on, times: Number(times), amount, voucher, note };
    await post('/insurance/pension-costs', cost);
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    onDone();
  };
  return (
    <Form
      act={act}
      submit={say('web.pension.do.cost')}
      onSubmit={() => void (amount === null ? null : act.run(send))}
      onCancel={onDone}
    >
      <div className="facts">
        <ChoiceField
          label={say('web.pension.insured_year')}
          options={years.map((y) => ({
            value: y.id,
            label: say('web.pension.year', { no: y.no, from: y.from, to: y.to }),
          }))}
          value={given.yearId}
          onChange={(yearId) =>
            setGiven({ ...given, yearId, service: years.find((y) => y.id === yearId)?.services[0]?.code ?? '' })
          }
        />
        <ChoiceField
          label={say('web.pension.service')}
          options={(year?.services ?? []).map((s) => ({ value: s.code, label: s.name }))}
          value={given.service}
          onChange={set('service')}
        />
        <TextField label={say('web.pension.on')} type="date" value={given.on} onChange={set('on')} />
        <TextField label={say('web.pension.times_done')} type="number" value={given.times} onChange={set('times')} />
        <TextField label={say('web.pension.amount_yuan')} value={given.yuan} onChange={set('yuan')} fault={fault} />
        <TextField label={say('web.pension.voucher')} value={given.voucher} onChange={set('voucher')} />
        <TextField label={say('web.pension.note')} value={given.note} onChange={set('note')} />
      </div>
    </Form>
  );
}

/** Every entry; one taken back stays, with its opposite above it. */
export function CostLedger({ pension, mayReverse }: { pension: PensionFile; mayReverse: boolean }) {
  const say = useSay();
  const [taking, setTaking] = useState<Entry | null>(null);
  const costs = useRows<Entry>('insurance', `/insurance/pensions/${pension.id}/costs`, {});
  const columns: readonly Column<Entry>[] = [
    { key: 'on', title: say('web.pension.on'), cell: (row) => <Day on={row.on} /> },
    { key: 'year', title: say('web.pension.year_no'), numeric: true, cell: (row) => row.year },
    { key: 'service', title: say('web.pension.service'), cell: (row) => row.service },
    { key: 'voucher', title: say('web.pension.voucher'), cell: (row) => <code>{row.voucher}</code> },
    { key: 'times', title: say('web.pension.times_done'), numeric: true, cell: (row) => row.times },
    { key: 'amount', title: say('web.pension.amount'), numeric: true, cell: (row) => yuan(row.amount) },
    { key: 'note', title: say('web.pension.note'), cell: (row) => row.note || '—', wide: true },
    {
      key: 'state',
      title: '',
      cell: (row) =>
        row.reverses ? (
          <Mark tone="plain">{say('web.pension.is_reversal')}</Mark>
        ) : row.reversed ? (
          <Mark tone="unknown">{say('web.pension.is_reversed')}</Mark>
        ) : mayReverse ? (
          <Button size="small" onClick={() => setTaking(row)}>
            {say('web.pension.reverse')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Panel flush title={say('web.pension.ledger')}>
      {taking ? <ReverseForm entry={taking} onDone={() => setTaking(null)} /> : null}
      {costs.error ? (
        <Failing error={costs.error} onRetry={costs.again} />
      ) : costs.rows === undefined ? (
        <Loading lines={4} />
      ) : costs.rows.length === 0 ? (
        <Empty title={say('web.pension.no_cost')} hint={say('web.pension.no_cost_hint')} />
      ) : (
        <DataTable short label={say('web.pension.ledger')} rows={costs.rows} rowId={(row) => row.id} columns={columns}>
          <More key={costs.rows.length} more={costs.more} />
        </DataTable>
      )}
    </Panel>
  );
}

function ReverseForm({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [id] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState('');
  const send = async () => {
    await post(`/insurance/pension-costs/${entry.id}/reversal`, { id, reason });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    onDone();
  };
  return (
    <div className="body">
      <Form act={act} submit={say('web.pension.reverse')} onSubmit={() => void act.run(send)} onCancel={onDone}>
        <p>{say('web.pension.reverse_means', { voucher: entry.voucher, amount: yuan(entry.amount) })}</p>
        <TextField label={say('web.pension.reason')} value={reason} onChange={setReason} />
      </Form>
    </div>
  );
}
