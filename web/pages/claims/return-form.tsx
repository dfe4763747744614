import { useState } from 'react';
import { post, upload } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { cityInstant, cityLocal } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { FileField, MomentField, TextField } from '../../ui/inputs.tsx';
import { yuan } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';

type Returning = { payment: { id: string; amount: number }; onDone: () => void };

/** The bank gave a payment back: when, by which line, and why. It is owed again. */
export function ReturnForm({ payment, onDone }: Returning) {
  const say = useSay();
  const act = useAct();
  const [given, setGiven] = useState(() => ({ at: cityLocal(new Date()), tail: '', bankRef: '', reason: '' }));
  const [file, setFile] = useState<File | null>(null);
  const set = (name: keyof typeof given) => (value: string) => setGiven((now) => ({ ...now, [name]: value }));
  const faults = faultsByField(act.problem);
  const send = () =>
    act.run(async () => {
      const proof = file ? (await upload<{ hash: string }>('/files', file)).hash : null;
      const { at, tail, bankRef, reason } = given;
      await post(`/insurance/claim-payments/${payment.id}/return`, {
        at: cityInstant(at),
        account: `****${tail}`,
        bankRef,
        amount: payment.amount,
        byHand: true,
        proof,
        reason,
      });
    });
  return (
    <Form
      act={act}
      submit={say('claims.return_send', { amount: yuan(payment.amount) })}
      onSubmit={() => void send().then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      <p className="muted">{say('claims.return_what')}</p>
      <MomentField label={say('claims.bank_time')} value={given.at} onChange={set('at')} fault={faults['at']} />
      <TextField
        label={say('claims.own_account')}
        value={given.tail}
        onChange={set('tail')}
        fault={faults['account']}
      />
      <TextField
        label={say('claims.bank_ref')}
        hint={say('claims.bank_ref_hint')}
        value={given.bankRef}
        onChange={set('bankRef')}
        fault={faults['bankRef']}
      />
      <TextField
        label={say('claims.returned_reason')}
        hint={say('claims.returned_reason_hint')}
        value={given.reason}
        onChange={set('reason')}
        fault={faults['reason']}
      />
      <FileField
        label={say('claims.proof')}
        fault={faults['proof']}
        accept="image/*,application/pdf"
        file={file}
        onChange={setFile}
      />
    </Form>
  );
}
