import { useQuery } from '@tanstack/react-query';
import Checkbox from 'antd/es/checkbox/index.js';
import { useState } from 'react';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, TextField } from '../../ui/inputs.tsx';
import { yuan } from '../../ui/money.ts';
import { Panel } from '../../ui/page.tsx';
import { useAct } from '../../ui/use-act.ts';
import type { QuoteView } from './quote.tsx';

type Insurers = { items: readonly { orgId: string; name: string }[] };

/** Take a quote. The number is the insurer's own; left empty, the next one it allotted is used. */
export function BindForm({ quote, onBind }: { quote: QuoteView; onBind: (body: object) => Promise<void> }) {
  const say = useSay();
  const act = useAct();
  const [given, setGiven] = useState({ number: '', leadOrgId: '', doubleCoverDisclosed: false, instalments: false });
  const insurers = useQuery({
    queryKey: ['insurance', '/insurance/insurers'],
    queryFn: ({ signal }) => get<Insurers>('/insurance/insurers', undefined, signal),
  });
  const isDouble = act.problem?.code === 'insurance.double_cover';
  const asksLead = act.problem?.code === 'insurance.lead_unknown' || given.leadOrgId !== '';
  const send = () => onBind({ ...given, number: given.number || null, leadOrgId: given.leadOrgId || null });
  return (
    <Panel title={say('web.bind.title', { total: yuan(quote.total) })}>
      <Form act={act} submit={say('web.bind.do')} onSubmit={() => void act.run(send)}>
        <p className="muted">{say('web.bind.what')}</p>
        <TextField
          label={say('web.bind.number')}
          hint={say('web.bind.number_hint')}
          value={given.number}
          onChange={(number) => setGiven({ ...given, number })}
        />
        <InParts
          quote={quote}
          chosen={given.instalments}
          onChoose={(instalments) => setGiven({ ...given, instalments })}
        />
        {asksLead ? (
          <ChoiceField
            label={say('web.policy.lead')}
            options={(insurers.data?.items ?? []).map((i) => ({ value: i.orgId, label: i.name }))}
            value={given.leadOrgId}
            onChange={(leadOrgId) => setGiven({ ...given, leadOrgId })}
          />
        ) : null}
        {isDouble || given.doubleCoverDisclosed ? (
          <Checkbox
            checked={given.doubleCoverDisclosed}
            onChange={(event) => setGiven({ ...given, doubleCoverDisclosed: event.target.checked })}
          >
            {say('web.bind.double')}
          </Checkbox>
        ) : null}
      </Form>
    </Panel>
  );
}

type Choosing = { quote: QuoteView; chosen: boolean; onChoose: (chosen: boolean) => void };

/** Paying in parts, where the filed contract allows it for this premium. */
function InParts({ quote: { instalments, total }, chosen, onChoose }: Choosing) {
  const say = useSay();
  if (!instalments) return null;
  const { parts, least } = instalments;
  const days = parts.at(-1)?.afterDays ?? 0;
  return (
    <Checkbox checked={chosen} disabled={total < least} onChange={(event) => onChoose(event.target.checked)}>
      {say('web.instalment.choose', { n: parts.length, days })}
      {total < least ? (
        <span className="muted small"> {say('web.instalment.least', { least: yuan(least) })}</span>
      ) : null}
    </Checkbox>
  );
}
