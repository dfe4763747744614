import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { z } from 'zod';
import type { comparisonView } from '../../../contract/insurance-intake.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan, yuanOr } from '../../ui/money.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Duration, When } from '../../ui/when.tsx';
import { toneOf } from './policy-words.ts';

type Comparison = z.infer<typeof comparisonView>;

/** Offers side by side, in the order drawn by lot. */
export function ComparisonPage() {
  const say = useSay();
  const { id = '' } = useParams();
  const read = useQuery({
    queryKey: ['insurance', `/insurance/comparisons/${id}`],
    queryFn: ({ signal }) => get<Comparison>(`/insurance/comparisons/${id}`, undefined, signal),
  });
  return (
    <Page title={say('web.compare.title')} actions={<Link to={paths.insure()}>{say('web.menu.insure')}</Link>}>
      <Loaded query={read} lines={10}>
        {(comparison) => <Offers comparison={comparison} />}
      </Loaded>
    </Page>
  );
}

function Offers({ comparison }: { comparison: Comparison }) {
  const say = useSay();
  const word = useWord();
  const { offers, seed, onSale, holder, from } = comparison;
  return (
    <>
      <p className="muted">
        {say('web.compare.what', { holder, from, shown: offers.length, onSale })}
        {offers.length < 3 ? ` ${say('web.compare.few')}` : ''}
      </p>
      <Panel flush title={say('web.compare.offers')}>
        <DataTable
          label={say('web.compare.offers')}
          rows={offers}
          rowId={(row) => row.quoteId}
          columns={[
            {
              key: 'insurer',
              title: say('web.policy.lead'),
              wide: true,
              cell: (row) => row.insurer || say('web.compare.choose_insurer'),
            },
            { key: 'product', title: say('web.policy.product'), wide: true, cell: (row) => row.product },
            {
              key: 'elevators',
              title: say('web.policies.elevators'),
              cell: (row) => say('web.quote.counts', { rated: row.elevators, refused: row.refused }),
            },
            { key: 'total', title: say('web.policies.premium'), numeric: true, cell: (row) => yuan(row.total) },
            {
              key: 'person',
              title: say('web.compare.per_person'),
              numeric: true,
              cell: (row) => yuanOr(row.coverages[0]?.perPerson),
            },
            {
              key: 'accident',
              title: say('web.compare.per_accident'),
              numeric: true,
              cell: (row) => yuanOr(row.coverages[0]?.perAccident),
            },
            {
              key: 'trapped',
              title: say('web.compare.trapped'),
              cell: (row) => {
                const seconds = row.coverages.find((c) => c.entrapmentFromSeconds !== null)?.entrapmentFromSeconds;
                return seconds === undefined ? '—' : <Duration seconds={seconds} />;
              },
            },
            { key: 'until', title: say('web.quotes.until'), cell: (row) => <When at={row.validUntil} /> },
            {
              key: 'state',
              title: say('web.policies.state'),
              cell: (row) => <Mark tone={toneOf(row.state)}>{word('web.quote.state', row.state)}</Mark>,
            },
            {
              key: 'see',
              title: say('web.renewals.act'),
              cell: (row) => <Link to={paths.quote(row.quoteId)}>{say('web.compare.see')}</Link>,
            },
          ]}
        />
      </Panel>
      <p className="muted small">{say('web.compare.seed', { seed })}</p>
    </>
  );
}
