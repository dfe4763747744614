import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { bankLineView } from '../../../contract/insurance-bank.ts';
import { HELD_KINDS } from '../../../contract/insurance-vocabulary.ts';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { Facts } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { HoldForm } from './holdings.tsx';

type Line = z.infer<typeof bankLineView>;
const SETTLED_HERE: readonly string[] = [
  'premium_refundable',
  'member_payable',
  'commission_payable',
  'benefit_payable',
  'tax_payable',
  ...HELD_KINDS,
];

/** One line: what it was used for, and what is left of it to be given to somebody. `why`: what the matching left it for. */
export function BankLineSheet({ id, why = '' }: { id: string; why?: string }) {
  const say = useSay();
  const read = useQuery({
    queryKey: ['insurance', `/insurance/bank-lines/${id}`],
    queryFn: ({ signal }) => get<Line>(`/insurance/bank-lines/${id}`, undefined, signal),
  });
  return (
    <Loaded query={read}>
      {(line) => (
        <article className="file-body">
          <header className="stack">
            <h1>{yuan(line.amount)}</h1>
            <p className="muted">
              <When at={line.at} /> · {line.counterparty || say('web.bank.unknown_party')}
            </p>
          </header>
          <Facts
            rows={[
              [say('web.bank.left'), yuan(line.left)],
              [say('insurance.bank.column.remark'), line.remark],
              [say('insurance.bank.column.ref'), <code key="ref">{line.bankRef}</code>],
              [say('insurance.bank.column.account'), <code key="account">{line.account}</code>],
            ]}
          />
          {why ? (
            <p>
              <Mark tone="warn">{why}</Mark>
            </p>
          ) : null}
          <Uses line={line} />
          {line.left > 0 ? <GivePremium line={line} /> : null}
          {line.left > 0 ? <HoldForm key={line.left} line={line} /> : null}
          {line.left < 0 ? <PayOwed line={line} /> : null}
        </article>
      )}
    </Loaded>
  );
}

function useReread(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['insurance'] });
}

const UNDOABLE = ['suspense_allocated', 'payment_made', 'money_held'];

function Uses({ line }: { line: Line }) {
  const say = useSay();
  const word = useWord();
  const reread = useReread();
  if (line.uses.length === 0) return null;
  return (
    <section className="file-part">
      <h2>{say('web.bank.used')}</h2>
      <ol className="timeline">
        {line.uses.map((use) => (
          <li key={use.entryId}>
            <When at={use.at} />
            <span>
              {word('insurance.entry_kind', use.kind)}
              {use.reversed ? ` · ${say('web.bank.undone')}` : ''}
              {use.parts.map((part) => (
                <span key={`${part.account} ${part.party} ${part.policyId}`} className="muted">
                  {' '}
                  {word('insurance.payer', part.party ?? '')} {part.claim ?? part.policy ?? ''}{' '}
                  {yuan(Math.abs(part.amount))}
                </span>
              ))}
            </span>
            {UNDOABLE.includes(use.kind) && !use.reversed ? (
              <ActButton
                label={say('web.bank.undo')}
                confirm={{ title: say('web.bank.undo'), consequence: say('web.bank.undo_means') }}
                onAct={async () => {
                  await post(`/insurance/entries/${use.entryId}/reversal`);
                  await reread();
                }}
              />
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Money in: the policies it is probably for, each with the amount that is due, to be changed before it is given. */
function GivePremium({ line }: { line: Line }) {
  const say = useSay();
  const word = useWord();
  const reread = useReread();
  return (
    <section className="file-part">
      <h2>{say('web.bank.whose')}</h2>
      {line.premiums.length === 0 ? (
        <Empty title={say('web.bank.no_idea')} hint={say('web.bank.no_idea_hint')} />
      ) : null}
      {line.premiums.map((p) => (
        <AmountForm
          key={`${p.policyId} ${p.payer} ${p.due}`}
          title={`${p.number} · ${p.holder}`}
          note={say('web.bank.because', {
            payer: word('insurance.payer', p.payer),
            due: yuan(p.due),
            why: say(`web.bank.because.${p.because}`),
          })}
          most={Math.min(p.due, line.left)}
          submit={say('web.bank.give')}
          onSend={async (amount) => {
            const allocations = [{ policyId: p.policyId, payer: p.payer, amount }];
            await post(`/insurance/bank-lines/${line.id}/allocations`, { allocations }, crypto.randomUUID());
            await reread();
          }}
        />
      ))}
    </section>
  );
}

/** Money out: what is owed in that amount. Claims are confirmed at the claim, with their clocks. */
function PayOwed({ line }: { line: Line }) {
  const say = useSay();
  const word = useWord();
  const reread = useReread();
  const here = line.payables.filter((p) => SETTLED_HERE.includes(p.account));
  return (
    <section className="file-part">
      <h2>{say('web.bank.for_what')}</h2>
      {here.length === 0 ? <Empty title={say('web.bank.no_payable')} hint={say('web.bank.no_payable_hint')} /> : null}
      {here.map((p) => (
        <AmountForm
          key={`${p.account} ${p.party} ${p.policyId} ${p.claimId}`}
          title={`${word('insurance.account', p.account)} · ${word('insurance.payer', p.partyName ?? '')} ${p.policy ?? p.programme ?? ''}`}
          note={say('web.bank.owed', { owed: yuan(p.owed) })}
          most={Math.min(p.owed, -line.left)}
          submit={say('web.bank.settle')}
          onSend={async (amount) => {
            const { account, party, policyId, claimId } = p;
            const settlements = [{ account, party, policyId, claimId, amount }];
            await post(`/insurance/bank-lines/${line.id}/settlements`, { settlements }, crypto.randomUUID());
            await reread();
          }}
        />
      ))}
    </section>
  );
}

type AmountProps = {
  title: string;
  note: string;
  most: number;
  submit: string;
  onSend: (fen: number) => Promise<void>;
};

function AmountForm({ title, note, most, submit, onSend }: AmountProps) {
  const say = useSay();
  const act = useAct();
  const [text, setText] = useState((most / 100).toFixed(2));
  const amount = fenTyped(text);
  const fault =
    amount === null || amount === 0
      ? { field: 'amount', value: text, message: say('web.bank.amount_fault') }
      : undefined;
  return (
    <Form act={act} submit={submit} onSubmit={() => void (amount ? act.run(() => onSend(amount)) : null)}>
      <p>{title}</p>
      <p className="muted small">{note}</p>
      <TextField label={say('web.bank.amount')} value={text} onChange={setText} fault={fault} />
    </Form>
  );
}
