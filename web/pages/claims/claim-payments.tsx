import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import { apiUrl } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { PaymentMark } from './claim-marks.tsx';
import { ArrivalForm, PayForm } from './pay-form.tsx';
import { useReread } from './use-reread.ts';

/** Every payment with both beginnings of its clock and the bank's time. */
export function ClaimPayments({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const word = useWord();
  const reread = useReread();
  const [arriving, setArriving] = useState<string | null>(null);
  const [isPaying, setPaying] = useState(false);
  const mayPay = claim.can['pay'];
  const chosen = claim.payments.find((p) => p.id === arriving);
  const shut = async () => {
    setArriving(null);
    setPaying(false);
    await reread();
  };
  return (
    <Panel
      flush
      title={say('claims.payments')}
      actions={
        mayPay === undefined ? null : (
          <Button
            size="small"
            type="primary"
            disabled={mayPay !== true}
            title={mayPay === true ? '' : say(mayPay.code, mayPay)}
            onClick={() => setPaying(true)}
          >
            {say('claims.pay')}
          </Button>
        )
      }
    >
      {isPaying ? (
        <div className="body">
          <PayForm claim={claim} onDone={() => void shut()} />
        </div>
      ) : null}
      {chosen ? (
        <div className="body">
          <ArrivalForm payment={chosen} onDone={() => void shut()} />
        </div>
      ) : null}
      {claim.payments.length === 0 ? <Empty title={say('claims.no_payments')} /> : null}
      {claim.payments.length > 0 ? (
        <DataTable
          short
          label={say('claims.payments')}
          rows={claim.payments}
          rowId={(p) => p.id}
          columns={[
            { key: 'item', title: say('claims.item'), cell: (p) => <Item claim={claim} payment={p} /> },
            { key: 'kind', title: say('claims.kind'), cell: (p) => word('claims.payment_kind', p.kind) },
            { key: 'amount', title: say('claims.amount'), cell: (p) => yuan(p.amount), numeric: true },
            { key: 'state', title: say('claims.state'), cell: (p) => <PaymentMark state={p.state} /> },
            { key: 'complete', title: say('claims.complete_at'), cell: (p) => <When at={p.completeAt} /> },
            { key: 'ordered', title: say('claims.ordered_at'), cell: (p) => <When at={p.orderedAt} /> },
            { key: 'paid', title: say('claims.arrived_at'), cell: (p) => <When at={p.paidAt} /> },
            {
              key: 'act',
              title: '',
              cell: (p) =>
                p.state === 'ordered' && mayPay !== undefined ? (
                  <Button size="small" onClick={() => setArriving(p.id)}>
                    {say('claims.arrived')}
                  </Button>
                ) : null,
            },
          ]}
        />
      ) : null}
    </Panel>
  );
}

/** What is paid; of money to the insured also which paper shows that he has paid the victim. */
function Item({ claim, payment }: { claim: ClaimViewOut; payment: ClaimViewOut['payments'][number] }) {
  const say = useSay();
  const proof = payment.victimProof;
  if (!proof) return payment.item;
  const name = claim.parties.find((party) => party.id === proof.victimId)?.name ?? '';
  return (
    <>
      {payment.item}{' '}
      <a href={apiUrl(`/insurance/claims/${claim.id}/papers/${proof.paperId}`)} target="_blank" rel="noreferrer">
        {say('claims.victim_proof_seen', { on: proof.paidOn, name })}
      </a>
    </>
  );
}
