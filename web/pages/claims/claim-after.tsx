import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import { post } from '../../api.ts';
import { faultsByField } from '../../problem.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { ArrivalForm } from './pay-form.tsx';
import { useReread } from './use-reread.ts';

type Props = { claim: ClaimViewOut };
const MEDIATORS = ['broker', 'city_regulator', 'district_regulator'];

/** What is claimed back after a payment: opened by those who decide, received by the cashier. */
export function Recoveries({ claim }: Props) {
  const say = useSay();
  const word = useWord();
  const reread = useReread();
  const [isOpening, setOpening] = useState(false);
  const [receiving, setReceiving] = useState('');
  const chosen = claim.recoveries.find((r) => r.id === receiving);
  const mayOpen = claim.can['recover'] === true;
  if (!mayOpen && claim.recoveries.length === 0) return null;
  const shut = async () => {
    setOpening(false);
    setReceiving('');
    await reread();
  };
  return (
    <Panel
      title={say('claims.recoveries')}
      actions={
        mayOpen ? (
          <Button size="small" onClick={() => setOpening(true)}>
            {say('claims.recover')}
          </Button>
        ) : null
      }
    >
      {isOpening ? <RecoveryForm claim={claim} onDone={() => void shut()} /> : null}
      {chosen ? (
        <ArrivalForm
          payment={{ id: chosen.id, amount: chosen.amount - chosen.received }}
          path={`/insurance/claims/${claim.id}/recoveries/${chosen.id}/receipt`}
          onDone={() => void shut()}
        />
      ) : null}
      {claim.recoveries.length === 0 ? <Empty title={say('claims.no_recoveries')} /> : null}
      <ol className="timeline">
        {claim.recoveries.map((recovery) => (
          <li key={recovery.id}>
            <span>{word('claims.recovery_state', recovery.state)}</span>
            <span className="row">
              {word('claims.recovery', recovery.kind)} {recovery.debtor} {yuan(recovery.received)} /{' '}
              {yuan(recovery.amount)}
              {recovery.state === 'open' && claim.can['pay_recovery'] === true ? (
                <Button size="small" onClick={() => setReceiving(recovery.id)}>
                  {say('claims.arrived')}
                </Button>
              ) : null}
              {recovery.state === 'open' && mayOpen ? (
                <ActButton
                  label={say('claims.give_up')}
                  confirm={{ title: say('claims.give_up'), consequence: say('claims.give_up_means') }}
                  onAct={async () => {
                    const reason = say('claims.give_up');
                    await post(`/insurance/claims/${claim.id}/recoveries/${recovery.id}/end`, { reason });
                    await reread();
                  }}
                />
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function RecoveryForm({ claim, onDone }: Props & { onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const [given, setGiven] = useState({ kind: 'subrogation', debtor: '', amount: '' });
  const set = (name: keyof typeof given) => (value: string) => setGiven((now) => ({ ...now, [name]: value }));
  const faults = faultsByField(act.problem);
  const amount = fenTyped(given.amount);
  const send = () => act.run(() => post(`/insurance/claims/${claim.id}/recoveries`, { ...given, amount }));
  return (
    <Form
      act={act}
      submit={say('claims.recover')}
      onSubmit={() => void send().then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      <ChoiceField
        label={say('claims.kind')}
        options={['subrogation', 'residual'].map((value) => ({ value, label: say(`claims.recovery.${value}`) }))}
        value={given.kind}
        onChange={set('kind')}
      />
      <TextField label={say('claims.debtor')} value={given.debtor} onChange={set('debtor')} fault={faults['debtor']} />
      <TextField
        label={say('claims.amount_yuan')}
        hint={amount === null ? say('claims.amount_hint') : yuan(amount)}
        value={given.amount}
        onChange={set('amount')}
        fault={faults['amount']}
      />
    </Form>
  );
}

/** Disputes that the broker or an official took up. They move no money and decide nothing. */
export function Mediations({ claim }: Props) {
  const say = useSay();
  const { role } = useMe();
  const isMediator = MEDIATORS.includes(role);
  const [writing, setWriting] = useState('');
  if (!isMediator && claim.mediations.length === 0) return null;
  return (
    <Panel
      title={say('claims.mediations')}
      actions={
        isMediator ? (
          <Button size="small" onClick={() => setWriting('new')}>
            {say('claims.mediate')}
          </Button>
        ) : null
      }
    >
      {writing ? <MediationForm key={writing} claim={claim} id={writing} onDone={() => setWriting('')} /> : null}
      {claim.mediations.length === 0 ? <Empty title={say('claims.no_mediations')} /> : null}
      <ol className="timeline">
        {claim.mediations.map((m) => (
          <li key={m.id}>
            <When at={m.at} />
            <span className="row">
              <span>{[m.subject, m.outcome].filter(Boolean).join(' → ')}</span>
              <span className="muted">{say(m.endedAt ? 'claims.mediation_ended' : 'claims.mediation_open')}</span>
              {isMediator && !m.endedAt ? (
                <Button size="small" onClick={() => setWriting(m.id)}>
                  {say('claims.mediation_end')}
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function MediationForm({ claim, id, onDone }: Props & { id: string; onDone: () => void }) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [text, setText] = useState('');
  const isNew = id === 'new';
  const send = () =>
    act.run(async () => {
      const base = `/insurance/claims/${claim.id}/mediations`;
      await (isNew ? post(base, { subject: text }) : post(`${base}/${id}/outcome`, { outcome: text }));
      await reread();
    });
  return (
    <Form
      act={act}
      submit={say(isNew ? 'claims.mediate' : 'claims.mediation_end')}
      onSubmit={() => void send().then((done) => (done ? onDone() : undefined))}
      onCancel={onDone}
    >
      <LongTextField
        label={say(isNew ? 'claims.mediation_subject' : 'claims.mediation_outcome')}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}
