import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { quoteItem } from '../../../contract/insurance-intake.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { Day, When } from '../../ui/when.tsx';
import { toneOf } from './policy-words.ts';

type Quote = z.infer<typeof quoteItem>;
const NAMES = ['q', 'state'] as const;
const STATES = ['referred', 'offered', 'released', 'bound', 'declined', 'expired'] as const;

/** Quotes: what was offered to whom until when, and which wait for underwriters. */
export function QuotesPage() {
  const say = useSay();
  const word = useWord();
  const state = useListState(NAMES);
  const navigate = useNavigate();
  return (
    <Page title={say('web.menu.quotes')} note={say('web.quotes.what')}>
      <FilterBar
        state={state}
        filters={[
          {
            name: 'state',
            label: say('web.policies.state'),
            options: STATES.map((value) => ({ value, label: word('web.quote.state', value) })),
          },
        ]}
      />
      <ListBody
        label={say('web.menu.quotes')}
        state={state}
        rows={useRows<Quote>('insurance', '/insurance/quotes', { ...state.filters })}
        columns={useQuoteColumns()}
        rowId={(row) => row.id}
        onOpen={(id) => void navigate(paths.quote(id))}
        empty={<Empty title={say('web.quotes.empty')} hint={say('web.quotes.empty_hint')} />}
      />
    </Page>
  );
}

function useQuoteColumns(): readonly Column<Quote>[] {
  const say = useSay();
  const word = useWord();
  return [
    { key: 'number', title: say('web.quote.number'), cell: (row) => <code>{row.number}</code> },
    { key: 'holder', title: say('web.policy.holder'), wide: true, cell: (row) => row.holder },
    { key: 'product', title: say('web.policy.product'), cell: (row) => row.product },
    {
      key: 'state',
      title: say('web.policies.state'),
      cell: (row) => <Mark tone={toneOf(row.state)}>{word('web.quote.state', row.state)}</Mark>,
    },
    { key: 'asked', title: say('web.quotes.asked'), cell: (row) => <When at={row.askedAt} /> },
    { key: 'until', title: say('web.quotes.until'), cell: (row) => <When at={row.validUntil} /> },
    { key: 'from', title: say('web.policy.from'), cell: (row) => <Day on={row.from} /> },
    { key: 'rated', title: say('web.policies.elevators'), numeric: true, cell: (row) => row.elevators },
    { key: 'refused', title: say('web.quotes.refused'), numeric: true, cell: (row) => row.refused },
    { key: 'total', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.total) },
  ];
}
