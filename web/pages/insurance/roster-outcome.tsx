import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { rosterDone } from '../../../contract/insurance-intake.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { AnswerRows } from '../../ui/list/answer-rows.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Empty } from '../../ui/states.tsx';
import { useRefusal } from './refusal.ts';

type Done = z.infer<typeof rosterDone>;

/** What became of a roster: use unit by use unit, what comes next, and every row that was not taken, with its place and what to do. */
export function RosterOutcome({ done, children }: { done: Done; children: ReactNode }) {
  const say = useSay();
  return (
    <section className="file-part" aria-live="polite">
      <h2>
        {say(done.dry ? 'web.roster.would' : 'web.roster.did', {
          rows: done.rows,
          taken: done.taken,
          faults: done.faults.length,
        })}
      </h2>
      {done.groups.length === 0 ? <Empty title={say('web.roster.nobody')} /> : <Groups done={done} />}
      {children}
      {done.faults.length > 0 ? <Faults done={done} /> : null}
    </section>
  );
}

function Faults({ done }: { done: Done }) {
  const say = useSay();
  const why = useRefusal();
  return (
    <AnswerRows
      label={say('web.roster.faults')}
      rows={done.faults}
      rowId={(row) => String(row.row)}
      columns={[
        { key: 'row', title: say('web.roster.row'), numeric: true, cell: (row) => row.row },
        { key: 'code', title: say('web.policy.code'), cell: (row) => row.code || '—' },
        { key: 'place', title: say('web.policy.address'), wide: true, cell: (row) => row.place || '—' },
        { key: 'why', title: say('web.quote.refusal'), wide: true, cell: (row) => why(row.refusal) },
      ]}
    />
  );
}

function Groups({ done }: { done: Done }) {
  const say = useSay();
  const kept = [
    {
      key: 'quote',
      title: say('web.quote.number'),
      cell: (row: Done['groups'][number]) =>
        row.quoteId ? <Link to={paths.quote(row.quoteId)}>{row.quote}</Link> : '—',
    },
  ];
  return (
    <AnswerRows
      label={say('web.roster.groups')}
      rows={done.groups}
      rowId={(row) => row.holderOrgId}
      columns={[
        { key: 'holder', title: say('web.policy.holder'), wide: true, cell: (row) => row.holder },
        ...(done.dry ? [] : kept),
        { key: 'asked', title: say('web.policies.elevators'), numeric: true, cell: (row) => row.elevators },
        { key: 'rated', title: say('web.roster.rated'), numeric: true, cell: (row) => row.rated },
        { key: 'refused', title: say('web.quotes.refused'), numeric: true, cell: (row) => row.refused },
        {
          key: 'double',
          title: say('web.roster.double'),
          cell: (row) =>
            row.coveredAlready > 0 ? (
              <Mark tone="warn">{say('web.roster.double_n', { n: row.coveredAlready })}</Mark>
            ) : (
              '—'
            ),
        },
        { key: 'total', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.total) },
        { key: 'why', title: say('web.quote.refusal'), wide: true, cell: (row) => row.why ?? '' },
      ]}
    />
  );
}
