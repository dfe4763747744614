import { useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { issuedMany } from '../../../contract/insurance-batches.ts';
import { post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { AnswerRows } from '../../ui/list/answer-rows.tsx';

export type Issued = z.infer<typeof issuedMany>;

/** All that are paid issued in one press, however many: the server takes so many at a time, and each part stands by itself. */
export function IssuePaid({ done, onDone }: { done: Issued | null; onDone: (done: Issued) => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const issue = async () => {
    let all: Issued = { issued: 0, left: 0, items: [] };
    for (let goesOn = true; goesOn; ) {
      const part = await post<Issued>('/insurance/policies/issue', {}, crypto.randomUUID());
      all = { issued: all.issued + part.issued, left: part.left, items: [...all.items, ...part.items] };
      onDone(all);
      goesOn = part.left > 0 && part.issued > 0;
    }
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <>
      {done ? (
        <span role="status">
          {done.items.length === 0
            ? say('web.policies.issued_none')
            : say('web.policies.issued_n', { issued: done.issued, refused: done.items.length - done.issued })}
        </span>
      ) : null}
      <ActButton
        primary
        label={say('web.policies.issue_paid')}
        confirm={{ title: say('web.policies.issue_paid'), consequence: say('web.policies.issue_paid_means') }}
        onAct={issue}
      />
    </>
  );
}

/** Those that were not issued, each with its reason. */
export function Unissued({ items }: Pick<Issued, 'items'>) {
  const say = useSay();
  return (
    <AnswerRows
      label={say('web.policies.unissued')}
      rows={items}
      rowId={(row) => row.policyId}
      columns={[
        { key: 'number', title: say('web.policy.number'), cell: (row) => <code>{row.number ?? row.policyId}</code> },
        { key: 'holder', title: say('web.policy.holder'), wide: true, cell: (row) => row.holder },
        { key: 'why', title: say('web.quote.refusal'), wide: true, cell: (row) => row.why },
      ]}
    />
  );
}
