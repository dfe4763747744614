import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { dealView } from '../../../contract/insurance-commission.ts';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { yuan } from '../../ui/money.ts';
import { Facts, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { percent, rateTyped } from './commission-words.ts';
import { Licence } from './commissions.tsx';

type View = z.infer<typeof dealView>;
const READERS = ['underwriter', 'cashier', 'approver', 'broker'];

/** Who is paid for a policy: agreed before its issue, shown with what it rests on afterwards. */
export function PolicyCommission({ policyId, state }: { policyId: string; state: string }) {
  const say = useSay();
  const { role } = useMe();
  const path = `/insurance/policies/${policyId}/commission`;
  const read = useQuery({
    queryKey: ['insurance', path],
    queryFn: ({ signal }) => get<View>(path, undefined, signal),
    enabled: READERS.includes(role),
  });
  if (!READERS.includes(role)) return null;
  const mayAgree = role === 'underwriter' && state === 'awaiting_cash';
  return (
    <Loaded query={read}>
      {({ deal, candidates }) => (
        <Panel title={say('web.commission.deal')} flush={!deal && !mayAgree}>
          {deal ? (
            <Deal deal={deal} />
          ) : mayAgree ? (
            <Agree path={path} candidates={candidates} />
          ) : (
            <Empty title={say('web.commission.no_deal')} hint={say('web.commission.no_deal_hint')} />
          )}
        </Panel>
      )}
    </Loaded>
  );
}

function Deal({ deal }: { deal: NonNullable<View['deal']> }) {
  const say = useSay();
  const filings = deal.filings.map((f) => `${f.insurer} ${percent(f.rate)}（${f.filingNo}）`).join('；');
  return (
    <Facts
      rows={[
        [say('web.commission.payee'), deal.payee],
        [say('web.commission.licence'), <Licence key="licence" licence={deal.licence} />],
        [say('web.commission.rate'), percent(deal.rate)],
        [say('web.commission.filings'), filings],
        [say('web.commission.agreed_at'), <When key="at" at={deal.agreedAt} />],
        [say('web.commission.so_far'), yuan(deal.accrued)],
      ]}
    />
  );
}

function Agree({ path, candidates }: { path: string; candidates: View['candidates'] }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ payeeOrgId: '', percent: '' });
  const rate = given.percent === '' ? null : rateTyped(given.percent);
  const isWrong = given.percent !== '' && rate === null;
  const send = async () => {
    await post(path, { payeeOrgId: given.payeeOrgId, rate });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form
      act={act}
      submit={say('web.commission.agree')}
      onSubmit={() => void (given.payeeOrgId && !isWrong ? act.run(send) : null)}
    >
      <div className="facts">
        <ChoiceField
          label={say('web.commission.payee')}
          hint={say('web.commission.agree_hint')}
          options={candidates.map((c) => ({ value: c.orgId, label: c.name }))}
          value={given.payeeOrgId}
          onChange={(payeeOrgId) => setGiven({ ...given, payeeOrgId })}
        />
        <TextField
          label={say('web.commission.rate_percent')}
          hint={say('web.commission.rate_hint')}
          value={given.percent}
          onChange={(text) => setGiven({ ...given, percent: text })}
          fault={
            isWrong ? { field: 'rate', value: given.percent, message: say('web.commission.rate_fault') } : undefined
          }
        />
      </div>
    </Form>
  );
}
