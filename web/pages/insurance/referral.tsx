import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField } from '../../ui/inputs.tsx';
import { yuan } from '../../ui/money.ts';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';
import type { QuoteView } from './quote.tsx';

/** Why a quote went to underwriting, and who said what. */
export function Said({ quote }: { quote: QuoteView }) {
  const say = useSay();
  const word = useWord();
  if (quote.reasons.length === 0 && quote.decisions.length === 0) return null;
  const figure = (rule: string, n: number) =>
    rule === 'totalOver' ? yuan(n) : rule === 'refusedPercentOver' ? `${n} %` : n.toLocaleString('en-US');
  return (
    <section className="file-part">
      <h2>{say('web.referral.why')}</h2>
      <ul>
        {quote.reasons.map((r) => (
          <li key={r.rule}>
            {say('web.referral.over', {
              what: word('web.referral.rule', r.rule),
              value: figure(r.rule, r.value),
              limit: figure(r.rule, r.limit),
            })}
          </li>
        ))}
      </ul>
      <ol className="timeline">
        {quote.decisions.map((d) => (
          <li key={d.by}>
            <When at={d.at} />
            <span>
              {d.name} · {word('web.referral', d.decision)} · {d.note}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One underwriter's word. Two different people release; one declines. */
export function ReferralForm({ quote }: { quote: QuoteView }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ decision: '', note: '' });
  const send = async () => {
    await post(`/insurance/quotes/${quote.id}/referral`, given);
    setGiven({ decision: '', note: '' });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <Form act={act} submit={say('web.referral.say')} onSubmit={() => void act.run(send)}>
      <p className="muted">{say('web.referral.two')}</p>
      <ChoiceField
        label={say('web.referral.decision')}
        options={(['release', 'decline'] as const).map((value) => ({ value, label: say(`web.referral.${value}`) }))}
        value={given.decision}
        onChange={(decision) => setGiven({ ...given, decision })}
      />
      <LongTextField
        label={say('web.referral.note')}
        value={given.note}
        onChange={(note) => setGiven({ ...given, note })}
      />
    </Form>
  );
}
