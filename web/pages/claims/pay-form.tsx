import { useState } from 'react';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import { post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { shortTime } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';
import { BankWordForm } from './bank-word-form.tsx';

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
  const [proof, setProof] = useState<Proof>({ paperId: '', victimId: '', paidOn: '' });
  const payee = items.find((i) => i.id === item);
  const faults = faultsByField(act.problem);
  const needsProof = claim.liability && payee?.payeeKind === 'insured';
  const fen = fenTyped(amount);
  const send = () =>
    act.run(() =>
      post(
        `/insurance/claims/${claim.id}/payments`,
        { item, partyId: payee?.payee, amount: fen, kind, victimPaidProof: needsProof ? proof : null },
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
      {needsProof ? <ProofFields claim={claim} proof={proof} onChange={setProof} faults={faults} /> : null}
    </Form>
  );
}

type Proof = { paperId: string; victimId: string; paidOn: string };
type Proving = {
  claim: ClaimViewOut;
  proof: Proof;
  onChange: (proof: Proof) => void;
  faults: ReturnType<typeof faultsByField>;
};

/** 保险法 65: whom the insured paid, on which day, and the kept paper that shows it. */
function ProofFields({ claim, proof, onChange, faults }: Proving) {
  const say = useSay();
  const victims = claim.parties.filter((party) => party.kind === 'victim');
  const change = (more: Partial<Proof>) => onChange({ ...proof, ...more });
  return (
    <>
      <ChoiceField
        label={say('claims.victim_proof')}
        hint={say(claim.papers.length > 0 ? 'claims.victim_proof_hint' : 'claims.victim_proof_none')}
        options={claim.papers.map(({ id, name, at }) => ({
          value: id,
          label: `${name ?? say('claims.sealed')} · ${shortTime(at)}`,
        }))}
        value={proof.paperId}
        onChange={(paperId) => change({ paperId })}
        fault={faults['victimPaidProof.paperId'] ?? faults['victimPaidProof']}
      />
      <ChoiceField
        label={say('claims.victim_paid')}
        {...(victims.length === 0 && { hint: say('claims.victim_paid_none') })}
        options={victims.map(({ id, name }) => ({ value: id, label: name }))}
        value={proof.victimId}
        onChange={(victimId) => change({ victimId })}
        fault={faults['victimPaidProof.victimId']}
      />
      <TextField
        type="date"
        label={say('claims.victim_paid_on')}
        value={proof.paidOn}
        onChange={(paidOn) => change({ paidOn })}
        fault={faults['victimPaidProof.paidOn']}
      />
    </>
  );
}

type Arriving = { payment: { id: string; amount: number }; path?: string; onDone: () => void };

/** The bank says that a payment, or what is recovered, arrived. */
export function ArrivalForm({ payment, path, onDone }: Arriving) {
  const say = useSay();
  return (
    <BankWordForm
      amount={payment.amount}
      path={path ?? `/insurance/claim-payments/${payment.id}/arrival`}
      submit={say('claims.arrived_send', { amount: yuan(payment.amount) })}
      onDone={onDone}
    />
  );
}
