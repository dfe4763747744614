import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { boundMany } from '../../../contract/insurance-batches.ts';
import type { rosterDone } from '../../../contract/insurance-intake.ts';
import { MOST_AT_ONCE } from '../../../contract/insurance-vocabulary.ts';
import { post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { AnswerRows } from '../../ui/list/answer-rows.tsx';

type Bound = z.infer<typeof boundMany>['items'];

/** What comes after the quotes: all of them bound in one act, each that may not be named with its reason. */
export function BindRoster({ done }: { done: z.infer<typeof rosterDone> }) {
  const say = useSay();
  const queries = useQueryClient();
  const [answered, setAnswered] = useState<Bound>([]);
  const quotes = done.groups.flatMap((g) => g.quoteId ?? []);
  const waiting = quotes.slice(answered.length);
  // A city's roster is more quotes than one act takes: what was answered stays when a later part is not.
  const bind = async () => {
    for (let at = answered.length; at < quotes.length; at += MOST_AT_ONCE) {
      const bindings = quotes.slice(at, at + MOST_AT_ONCE).map((quoteId) => ({ quoteId }));
      const part = await post<z.infer<typeof boundMany>>('/insurance/policies/binding', { bindings }, keyOf(bindings));
      setAnswered((before) => [...before, ...part.items]);
    }
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  const refused = answered.filter((item) => item.policyId === null);
  return (
    <>
      <div className="row">
        {waiting.length > 0 ? (
          <ActButton
            primary
            label={say('web.roster.bind', { n: waiting.length })}
            confirm={{
              title: say('web.roster.bind', { n: waiting.length }),
              consequence: say('web.roster.bind_means'),
            }}
            onAct={bind}
          />
        ) : null}
        <Link to={answered.length > 0 ? paths.policies() : paths.quotes()}>
          <Button>{say(answered.length > 0 ? 'web.menu.policies' : 'web.quote.all')}</Button>
        </Link>
      </div>
      {answered.length > 0 ? (
        <p role="status">{say('web.roster.bound', { n: answered.length - refused.length, refused: refused.length })}</p>
      ) : null}
      {refused.length > 0 ? <Unbound rows={refused} /> : null}
    </>
  );
}

/** The same quotes are the same act, however often the button is pressed: an answer that was lost on the way is given again. */
const keyOf = (bindings: readonly { quoteId: string }[]): string =>
  `roster ${bindings[0]?.quoteId ?? ''} ${bindings.length}`;

function Unbound({ rows }: { rows: Bound }) {
  const say = useSay();
  return (
    <AnswerRows
      label={say('web.roster.unbound')}
      rows={rows}
      rowId={(row) => row.quoteId}
      columns={[
        {
          key: 'quote',
          title: say('web.quote.number'),
          cell: (row) => <Link to={paths.quote(row.quoteId)}>{row.quote ?? row.quoteId}</Link>,
        },
        { key: 'holder', title: say('web.policy.holder'), wide: true, cell: (row) => row.holder },
        { key: 'place', title: say('web.policy.address'), wide: true, cell: (row) => row.place || '—' },
        { key: 'elevators', title: say('web.policies.elevators'), numeric: true, cell: (row) => row.elevators },
        { key: 'why', title: say('web.quote.refusal'), wide: true, cell: (row) => row.why },
      ]}
    />
  );
}
