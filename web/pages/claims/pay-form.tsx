import { useState } from 'react';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import { post, upload } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { cityInstant, cityLocal } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, FileField, MomentField, TextField } from '../../ui/inputs.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';

const KINDS = ['final', 'advance', 'interim'] as const;

/** Order a payment to whom it was accepted for. Pressed twice it is one: the form carries its key. */
export function PayForm({ claim, onDone }: { claim: ClaimViewOut; onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const [key] = useState(() => crypto.randomUUID());
  const items = claim.assessment?.items ?? [];
  const openOf = (id: string) =>
    (items.find((i) => i.id === id)?.amount ?? 0) -
    claim.payments.filter((p) => p.item === id && p.state !== 'returned').reduce((sum, p) => sum + p.amount, 0);
  const [item, setItem] = useState(items.find((i) => openOf(i.id) > 0)?.id ?? '');
  const [amount, setAmount] = useState(() => (openOf(item) / 100).toFixed(2));
  const [kind, setKind] = useState<string>(claim.phase === 'accepted' ? 'final' : 'advance');
  const [proof, setProof] = useState('');
  const payee = items.find((i) => i.id === item);
  const faults = faultsByField(act.problem);
  const fen = fenTyped(amount);
  const send = () =>
    act.run(() =>
      post(
        `/insurance/claims/${claim.id}/payments`,
        { item, partyId: payee?.payee, amount: fen, kind, victimPaidProof: proof || null },
        key,
      ),
    );
  return (
    <Form
      act={act}
      submit={say('claims.pay')}
      onSubmit={() => void send().then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      <ChoiceField
        label={say('claims.item')}
        options={items.map((i) => ({ value: i.id, label: `${i.id} · ${yuan(openOf(i.id))}` }))}
        value={item}
        onChange={(value) => {
          setItem(value);
          setAmount((openOf(value) / 100).toFixed(2));
        }}
      />
      <TextField
        label={say('claims.amount_yuan')}
        hint={fen === null ? say('claims.amount_hint') : yuan(fen)}
        value={amount}
        onChange={setAmount}
        fault={faults['amount']}
      />
      <ChoiceField
        label={say('claims.payment_kind')}
        options={KINDS.map((value) => ({ value, label: say(`claims.payment_kind.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      {claim.liability && payee?.payeeKind === 'insured' ? (
        <TextField
          label={say('claims.victim_proof')}
          hint={say('claims.victim_proof_hint')}
          value={proof}
          onChange={setProof}
          fault={faults['victimPaidProof']}
        />
      ) : null}
    </Form>
  );
}

type Arriving = { payment: { id: string; amount: number }; path?: string; onDone: () => void };

/** The bank's word by hand: its time, its reference, and the slip as proof. */
export function ArrivalForm({ payment, path, onDone }: Arriving) {
  const say = useSay();
  const act = useAct();
  const [given, setGiven] = useState(() => ({ at: cityLocal(new Date()), tail: '', bankRef: '' }));
  const [file, setFile] = useState<File | null>(null);
  const set = (name: keyof typeof given) => (value: string) => setGiven((now) => ({ ...now, [name]: value }));
  const faults = faultsByField(act.problem);
  const send = () =>
    act.run(async () => {
      const proof = file ? (await upload<{ hash: string }>('/files', file)).hash : null;
      const { at, tail, bankRef } = given;
      const word = {
        at: cityInstant(at),
        account: `****${tail}`,
        bankRef,
        amount: payment.amount,
        byHand: true,
        proof,
      };
      await post(path ?? `/insurance/claim-payments/${payment.id}/arrival`, word);
    });
  return (
    <Form
      act={act}
      submit={say('claims.arrived_send', { amount: yuan(payment.amount) })}
      onSubmit={() => void send().then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
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
