import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { authorityList, CleanRuleListOut } from '../../../contract/insurance-claim-money.ts';
import { get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { Mark } from '../../ui/mark.tsx';
import { fenTyped, yuan } from '../../ui/money.ts';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import { useReread } from './use-reread.ts';

type Rule = CleanRuleListOut['items'][number];
type Authorities = z.infer<typeof authorityList>;

/** What the insurer lets a rule decide, and up to which amount its people decide. */
export function ClaimRulesPage() {
  const say = useSay();
  const rules = useQuery({
    queryKey: ['insurance', 'clean rules'],
    queryFn: ({ signal }) => get<CleanRuleListOut>('/insurance/clean-rules', undefined, signal),
  });
  const authorities = useQuery({
    queryKey: ['insurance', 'claim authorities'],
    queryFn: ({ signal }) => get<Authorities>('/insurance/claim-authorities', undefined, signal),
  });
  return (
    <Page title={say('web.menu.claim_rules')} note={say('claims.rules_note')}>
      <div className="columns">
        <Loaded query={rules}>{(data) => <CleanRule rules={data.items} />}</Loaded>
        <Loaded query={authorities}>{(data) => <AuthorityPanel items={data.items} />}</Loaded>
      </div>
    </Page>
  );
}

function CleanRule({ rules }: { rules: readonly Rule[] }) {
  const say = useSay();
  const { role } = useMe();
  const reread = useReread();
  const active = rules.find((rule) => rule.withdrawnAt === null);
  const earlier = rules.filter((rule) => rule.withdrawnAt !== null);
  return (
    <Panel
      title={say('claims.clean_rule')}
      actions={
        active && ['approver', 'handler', 'cashier'].includes(role) ? (
          <ActButton
            label={say('claims.withdraw')}
            confirm={{ title: say('claims.withdraw'), consequence: say('claims.withdraw_means') }}
            onAct={async () => {
              await post('/insurance/clean-rules/withdrawal');
              await reread();
            }}
          />
        ) : null
      }
    >
      {active ? (
        <>
          <Mark tone="good">{say('claims.rule_on')}</Mark>
          <Facts
            rows={[
              [say('claims.most_per_head'), yuan(active.mostPerHead)],
              [say('claims.most_heads'), active.mostHeads],
              [say('claims.approved_at'), <When key="at" at={active.approvedAt} />],
              [
                say('claims.release_limit'),
                active.releaseLimit > 0 ? yuan(active.releaseLimit) : say('claims.release_none'),
              ],
            ]}
          />
          {['approver', 'cashier'].includes(role) ? <LimitForm rule={active} /> : null}
        </>
      ) : (
        <Empty title={say('claims.rule_off')} hint={say('claims.rule_off_hint')} />
      )}
      {!active && role === 'approver' ? <ApproveForm /> : null}
      {earlier.length > 0 ? (
        <ol className="timeline">
          {earlier.map((rule) => (
            <li key={rule.id}>
              <When at={rule.withdrawnAt} />
              <span className="muted">
                {say('claims.rule_was', { perHead: yuan(rule.mostPerHead), heads: rule.mostHeads })}
              </span>
            </li>
          ))}
        </ol>
      ) : null}
    </Panel>
  );
}

function ApproveForm() {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [perHead, setPerHead] = useState('');
  const [heads, setHeads] = useState('10');
  const mostPerHead = fenTyped(perHead);
  const send = () =>
    act.run(async () => {
      await post('/insurance/clean-rules', { mostPerHead, mostHeads: Number(heads) });
      await reread();
    });
  return (
    <Form act={act} submit={say('claims.approve_rule')} onSubmit={() => void send()}>
      <TextField
        label={say('claims.most_per_head_yuan')}
        hint={mostPerHead === null ? say('claims.amount_hint') : yuan(mostPerHead)}
        value={perHead}
        onChange={setPerHead}
      />
      <TextField label={say('claims.most_heads')} type="number" value={heads} onChange={setHeads} />
    </Form>
  );
}

function LimitForm({ rule }: { rule: Rule }) {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [text, setText] = useState((rule.releaseLimit / 100).toFixed(2));
  if (rule.mine) return <p className="muted small">{say('claims.limit_by_other')}</p>;
  const limit = fenTyped(text);
  const send = () =>
    act.run(async () => {
      await post('/insurance/clean-rules/release-limit', { limit });
      await reread();
    });
  return (
    <Form act={act} submit={say('claims.set_limit')} onSubmit={() => void send()}>
      <TextField
        label={say('claims.release_limit_yuan')}
        hint={say('claims.release_limit_hint')}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}

function AuthorityPanel({ items }: { items: Authorities['items'] }) {
  const say = useSay();
  const { role } = useMe();
  const of = (name: string) => items.find((item) => item.role === name);
  return (
    <Panel title={say('claims.authorities')}>
      <Facts
        rows={(['handler', 'approver'] as const).map((name) => {
          const item = of(name);
          return [say(`claims.role.${name}`), item ? yuan(item.amount) : say('claims.authority_none')] as const;
        })}
      />
      {role === 'underwriter' ? <AuthorityForm /> : <p className="muted small">{say('claims.authority_hint')}</p>}
    </Panel>
  );
}

function AuthorityForm() {
  const say = useSay();
  const act = useAct();
  const reread = useReread();
  const [role, setRole] = useState('approver');
  const [text, setText] = useState('');
  const amount = fenTyped(text);
  const send = () =>
    act.run(async () => {
      await post('/insurance/claim-authorities', { role, amount });
      setText('');
      await reread();
    });
  return (
    <Form act={act} submit={say('claims.set_authority')} onSubmit={() => void send()}>
      <ChoiceField
        label={say('claims.role')}
        options={['handler', 'approver'].map((value) => ({ value, label: say(`claims.role.${value}`) }))}
        value={role}
        onChange={setRole}
      />
      <TextField
        label={say('claims.amount_yuan')}
        hint={amount === null ? say('claims.amount_hint') : yuan(amount)}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}
