import { useState } from 'react';
import { useSay } from '../../say.ts';
import { TextField } from '../../ui/inputs.tsx';
import { yuan } from '../../ui/money.ts';
import { BankWordForm } from './bank-word-form.tsx';

type Returning = { payment: { id: string; amount: number }; onDone: () => void };

/** The bank gave a payment back: when, by which line, and why. It is owed again. */
export function ReturnForm({ payment, onDone }: Returning) {
  const say = useSay();
  const [reason, setReason] = useState('');
  return (
    <BankWordForm
      amount={payment.amount}
      path={`/insurance/claim-payments/${payment.id}/return`}
      submit={say('claims.return_send', { amount: yuan(payment.amount) })}
      more={{ reason }}
      what={<p className="muted">{say('claims.return_what')}</p>}
      fields={(faults) => (
        <TextField
          label={say('claims.returned_reason')}
          hint={say('claims.returned_reason_hint')}
          value={reason}
          onChange={setReason}
          fault={faults['reason']}
        />
      )}
      onDone={onDone}
    />
  );
}
