import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { fenTyped } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';
import type { ClaimFormProps } from './claim-acts.tsx';
import { useReread } from './use-reread.ts';

type Row = { n: number; code: string; name: string; quantity: string; price: string; reason: string };
const emptyRow = (n: number): Row => ({ n, code: '', name: '', quantity: '1', price: '', reason: '' });

/** What a repair is made of, before the insurer pays the workshop. A price above what others paid needs its reason. */
export function RepairForm({ claim, onDone }: ClaimFormProps) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [rows, setRows] = useState<readonly Row[]>([emptyRow(1)]);
  const change = (n: number, name: keyof Row) => (value: string) =>
    setRows((now) => now.map((row) => (row.n === n ? { ...row, [name]: value } : row)));
  const send = () =>
    act.run(async () => {
      const lines = rows.map(({ code, name, quantity, price, reason }) => ({
        code,
        name,
        quantity: Number(quantity),
        unitPrice: fenTyped(price),
        reason,
      }));
      await post(`/insurance/claims/${claim.id}/repair`, { lines });
      await reread();
    });
  return (
    <Form
      act={act}
      submit={say('claims.act.repair')}
      onSubmit={() => void send().then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      {rows.map((row) => (
        <fieldset key={row.n} className="claim-loss">
          <TextField label={say('claims.part_code')} value={row.code} onChange={change(row.n, 'code')} />
          <TextField label={say('claims.part')} value={row.name} onChange={change(row.n, 'name')} />
          <TextField
            label={say('claims.quantity')}
            type="number"
            value={row.quantity}
            onChange={change(row.n, 'quantity')}
          />
          <TextField label={say('claims.unit_price_yuan')} value={row.price} onChange={change(row.n, 'price')} />
          <TextField label={say('claims.reason')} value={row.reason} onChange={change(row.n, 'reason')} />
        </fieldset>
      ))}
      <Button onClick={() => setRows((now) => [...now, emptyRow(now.length + 1)])}>{say('claims.add_line')}</Button>
    </Form>
  );
}
