import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { reviewSample } from '../../../contract/insurance-claim-reviews.ts';
import { REVIEW_OUTCOMES } from '../../../contract/insurance-vocabulary.ts';
import { get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import type { Column } from '../../ui/list/columns.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan, yuanOr } from '../../ui/money.ts';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { When } from '../../ui/when.tsx';

type Sample = z.infer<typeof reviewSample>;
type Item = Sample['items'][number];
const TONES = { sound: 'good', doubtful: 'accent', wrong: 'warn' } as const;

/** What the sample is drawn with; the sums are typed in yuan. */
const begun = () => {
  const day = cityDay(today());
  return { from: `${day.slice(0, 4)}-01-01`, to: day, seed: day, percent: '5', above: '40000', variance: '50' };
};

/** A second look at what was decided, in a sample that can be drawn again. */
export function ClaimReviewsPage() {
  const say = useSay();
  const [terms, setTerms] = useState(begun);
  const [open, setOpen] = useState('');
  const set = (name: keyof typeof terms) => (value: string) => setTerms({ ...terms, [name]: value });
  const query = { ...terms, above: String(Math.round(Number(terms.above) * 100)) };
  const read = useQuery({
    queryKey: ['insurance', '/insurance/claim-reviews', query],
    queryFn: ({ signal }) => get<Sample>('/insurance/claim-reviews', query, signal),
    enabled: terms.from !== '' && terms.to !== '' && terms.seed.trim() !== '',
  });
  const shown = read.data?.items.find((one) => one.id === open);
  return (
    <Page title={say('web.menu.claim_reviews')} note={say('claims.review.what')}>
      <div className="facts">
        <TextField label={say('claims.review.from')} type="date" value={terms.from} onChange={set('from')} />
        <TextField label={say('claims.review.to')} type="date" value={terms.to} onChange={set('to')} />
        <TextField
          label={say('claims.review.seed')}
          hint={say('claims.review.seed_hint')}
          value={terms.seed}
          onChange={set('seed')}
        />
        <TextField label={say('claims.review.percent')} type="number" value={terms.percent} onChange={set('percent')} />
        <TextField label={say('claims.review.above')} type="number" value={terms.above} onChange={set('above')} />
        <TextField
          label={say('claims.review.variance')}
          type="number"
          value={terms.variance}
          onChange={set('variance')}
        />
      </div>
      <WithDrawer
        label={say('web.menu.claim_reviews')}
        onClose={() => setOpen('')}
        list={
          <Loaded query={read}>
            {({ decided, items }) => (
              <Panel flush title={say('claims.review.sample', { decided, n: items.length })}>
                {items.length === 0 ? (
                  <Empty title={say('claims.review.empty')} hint={say('claims.review.empty_hint')} />
                ) : (
                  <SampleTable items={items} open={open} onOpen={setOpen} />
                )}
              </Panel>
            )}
          </Loaded>
        }
      >
        {shown ? <ReviewSheet key={shown.id} item={shown} seed={terms.seed} /> : null}
      </WithDrawer>
    </Page>
  );
}

type TableProps = { items: readonly Item[]; open: string; onOpen: (id: string) => void };

function SampleTable({ items, open, onOpen }: TableProps) {
  const say = useSay();
  const word = useWord();
  const columns: readonly Column<Item>[] = [
    { key: 'number', title: say('claims.number'), cell: (c) => c.number },
    { key: 'kind', title: say('claims.kind'), cell: (c) => word('claims.kind', c.kind) },
    { key: 'amount', title: say('claims.amount'), numeric: true, cell: (c) => yuan(c.amount) },
    {
      key: 'why',
      title: say('claims.review.why'),
      cell: (c) => say(`claims.review.why.${c.why}`, { mean: yuanOr(c.mean) }),
    },
    { key: 'decided', title: say('claims.review.decided_at'), cell: (c) => <When at={c.decidedAt} /> },
    { key: 'found', title: say('claims.review.outcome'), cell: (c) => <Found item={c} /> },
  ];
  return (
    <DataTable
      label={say('web.menu.claim_reviews')}
      rows={items}
      rowId={(c) => c.id}
      columns={columns}
      open={open}
      onOpen={onOpen}
    />
  );
}

function Found({ item: { review } }: { item: Item }) {
  const say = useSay();
  return review ? (
    <Mark tone={TONES[review.outcome]}>{say(`claims.review.outcome.${review.outcome}`)}</Mark>
  ) : (
    <Mark tone="unknown">{say('claims.review.waiting')}</Mark>
  );
}

function ReviewSheet({ item, seed }: { item: Item; seed: string }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ outcome: '', note: '' });
  const send = async () => {
    await post(`/insurance/claims/${item.id}/reviews`, { ...given, seed });
    setGiven({ outcome: '', note: '' });
    await queries.invalidateQueries({ queryKey: ['insurance'] });
  };
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{item.number}</h1>
        <Found item={item} />
      </header>
      <Facts
        rows={[
          [say('claims.amount'), yuan(item.amount)],
          [say('claims.review.why'), say(`claims.review.why.${item.why}`, { mean: yuanOr(item.mean) })],
          [say('claims.address'), item.address],
          [say('claims.review.note'), item.review?.note],
        ]}
      />
      <p>
        <Link to={paths.claim(item.id)}>{say('claims.review.open_file')}</Link>
      </p>
      <Form act={act} submit={say('claims.review.keep')} onSubmit={() => void act.run(send)}>
        <ChoiceField
          label={say('claims.review.outcome')}
          options={REVIEW_OUTCOMES.map((value) => ({ value, label: say(`claims.review.outcome.${value}`) }))}
          value={given.outcome}
          onChange={(outcome) => setGiven({ ...given, outcome })}
        />
        <LongTextField
          label={say('claims.review.note')}
          hint={say('claims.review.note_hint')}
          value={given.note}
          onChange={(note) => setGiven({ ...given, note })}
        />
      </Form>
    </article>
  );
}
