import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import { fenTyped } from '../../ui/money.ts';
import { Empty } from '../../ui/states.tsx';
import type { ClaimFormProps } from './claim-acts.tsx';
import { useClaimAct } from './claim-forms.tsx';

type Row = { id: string; partyId: string; kind: string; medical: string; other: string };

/** What each party lost. The house cuts it by the limits in their order and shows the working line by line. */
export function AssessForm(props: ClaimFormProps) {
  const say = useSay();
  const { parties } = props.claim;
  const { act, send } = useClaimAct(props);
  const first = parties[0]?.id ?? '';
  const [rows, setRows] = useState<readonly Row[]>([emptyRow(1, first)]);
  const [note, setNote] = useState('');
  if (parties.length === 0) return <Empty title={say('claims.no_parties')} hint={say('claims.no_parties_hint')} />;
  const change = (id: string, name: keyof Row) => (value: string) =>
    setRows((now) => now.map((row) => (row.id === id ? { ...row, [name]: value } : row)));
  const losses = rows.map(lossOf);
  const isWhole = losses.every((loss) => loss !== null);
  return (
    <Form
      act={act}
      submit={say('claims.act.assess')}
      onSubmit={() => (isWhole ? send({ do: 'assess', losses: losses.flatMap((l) => l ?? []), note }) : undefined)}
      onCancel={props.onDone}
    >
      {rows.map((row) => (
        <fieldset key={row.id} className="claim-loss">
          <ChoiceField
            label={say('claims.payee')}
            options={parties.map((p) => ({ value: p.id, label: `${say(`claims.party.${p.kind}`)} ${p.name}` }))}
            value={row.partyId}
            onChange={change(row.id, 'partyId')}
          />
          <ChoiceField
            label={say('claims.loss_kind')}
            options={['person', 'property'].map((value) => ({ value, label: say(`claims.loss_kind.${value}`) }))}
            value={row.kind}
            onChange={change(row.id, 'kind')}
          />
          {row.kind === 'person' ? (
            <TextField label={say('claims.medical_yuan')} value={row.medical} onChange={change(row.id, 'medical')} />
          ) : null}
          <TextField
            label={say(row.kind === 'person' ? 'claims.other_yuan' : 'claims.amount_yuan')}
            value={row.other}
            onChange={change(row.id, 'other')}
          />
        </fieldset>
      ))}
      <Button onClick={() => setRows((now) => [...now, emptyRow(now.length + 1, first)])}>
        {say('claims.add_loss')}
      </Button>
      <LongTextField label={say('claims.note')} value={note} onChange={setNote} />
    </Form>
  );
}

const emptyRow = (n: number, partyId: string): Row => ({
  id: `loss-${n}`,
  partyId,
  kind: 'person',
  medical: '0',
  other: '0',
});

/** The row as the house takes it; null where an amount cannot be read. */
function lossOf({ id, partyId, kind, medical, other }: Row) {
  const [first, second] = [fenTyped(medical), fenTyped(other)];
  if (first === null || second === null) return null;
  return kind === 'person'
    ? { id, partyId, kind: 'person' as const, medical: first, other: second }
    : { id, partyId, kind: 'property' as const, amount: second };
}
