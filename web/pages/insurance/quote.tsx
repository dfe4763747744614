import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import type { z } from 'zod';
import type { quoteView } from '../../../contract/insurance.ts';
import type { quoteEvidence } from '../../../contract/insurance-evidence.ts';
import { get, post } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import type { Column } from '../../ui/list/columns.tsx';
import { WithDrawer } from '../../ui/list/drawer.tsx';
import { FilterBar } from '../../ui/list/filters.tsx';
import { ListBody } from '../../ui/list/list-page.tsx';
import { useListState } from '../../ui/list/list-state.ts';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuan } from '../../ui/money.ts';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { When } from '../../ui/when.tsx';
import { BindForm } from './bind-form.tsx';
import { FundingForm } from './funding.tsx';
import { TAKERS, toneOf } from './policy-words.ts';
import { ReferralForm, Said } from './referral.tsx';
import { useRefusal } from './refusal.ts';

export type QuoteView = z.infer<typeof quoteView>;
type Line = QuoteView['lines'][number];
type Evidence = z.infer<typeof quoteEvidence>['items'][number];

/** One quote: elevator by elevator, each premium open down to the record behind every factor. */
export function QuotePage() {
  const say = useSay();
  const { id = '' } = useParams();
  const read = useQuery({
    queryKey: ['insurance', `/insurance/quotes/${id}`],
    queryFn: ({ signal }) => get<QuoteView>(`/insurance/quotes/${id}`, undefined, signal),
  });
  return (
    <Page title={say('web.quote.title')} actions={<Link to={paths.quotes()}>{say('web.quote.all')}</Link>}>
      <Loaded query={read} lines={14}>
        {(quote) => <Whole quote={quote} />}
      </Loaded>
    </Page>
  );
}

function Whole({ quote }: { quote: QuoteView }) {
  const say = useSay();
  const word = useWord();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { role } = useMe();
  const state = useListState(['q']);
  const lines = useRows<Line>('insurance', `/insurance/quotes/${quote.id}/lines`, { ...state.filters });
  const columns = useLineColumns();
  const records = useQuery({
    queryKey: ['insurance', `/insurance/quotes/${quote.id}/evidence`],
    queryFn: ({ signal }) =>
      get<z.infer<typeof quoteEvidence>>(`/insurance/quotes/${quote.id}/evidence`, undefined, signal),
  });
  const shown = lines.rows?.find((l) => l.elevatorId === state.open);
  const bind = async (body: object) => {
    const done = await post<{ policyId: string }>(`/insurance/quotes/${quote.id}/policy`, body, crypto.randomUUID());
    await queries.invalidateQueries({ queryKey: ['insurance'] });
    await navigate(paths.policy(done.policyId));
  };
  return (
    <>
      <Panel title={quote.holder}>
        <Facts
          rows={[
            [say('web.quote.number'), <code key="number">{quote.number}</code>],
            [
              say('web.policies.state'),
              <Mark key="state" tone={toneOf(quote.state)}>
                {word('web.quote.state', quote.state)}
              </Mark>,
            ],
            [say('web.policy.product'), `${quote.product} · ${quote.filingNo}`],
            [say('web.policy.term'), say('web.policy.term_value', { from: quote.from, to: quote.to })],
            [say('web.quotes.until'), <When key="until" at={quote.validUntil} />],
            [
              say('web.policies.elevators'),
              say('web.quote.counts', { rated: quote.elevators, refused: quote.refused }),
            ],
            [say('web.policies.premium'), yuan(quote.total)],
          ]}
        />
        <Said quote={quote} />
      </Panel>
      {role === 'underwriter' && quote.state === 'referred' ? (
        <Panel title={say('web.referral.title')}>
          <ReferralForm quote={quote} />
        </Panel>
      ) : null}
      {TAKERS.includes(role) && ['offered', 'referred', 'released'].includes(quote.state) ? (
        <FundingForm quoteId={quote.id} view={quote.funding} />
      ) : null}
      {['offered', 'released'].includes(quote.state) ? <BindForm quote={quote} onBind={bind} /> : null}
      <WithDrawer
        label={say('web.quote.working')}
        onClose={() => state.setOpen('')}
        list={
          <>
            <FilterBar state={state} filters={[]} />
            <ListBody
              label={say('web.quote.lines')}
              state={state}
              rows={lines}
              total={state.filters['q'] ? undefined : quote.elevators + quote.refused}
              columns={columns}
              rowId={(row) => row.elevatorId}
              onOpen={state.setOpen}
              tone={(row) => (row.refusal ? 'warn' : undefined)}
              empty={<Empty title={say('web.policy.no_lines')} />}
            />
          </>
        }
      >
        {shown ? <Working line={shown} records={records.data?.items ?? []} /> : null}
      </WithDrawer>
    </>
  );
}

/** What moves the premium; factors of one leave it as it is and stand in the working only. */
const factorsOf = (line: Line, word: (prefix: string, value: string) => string): string =>
  line.working
    .filter((w) => Number(w.factor) !== 1)
    .map((w) => `${word('web.factor', w.factorId)} ×${w.factor}`)
    .join('，');

function useLineColumns(): readonly Column<Line>[] {
  const say = useSay();
  const word = useWord();
  const why = useRefusal();
  return [
    { key: 'code', title: say('web.policy.code'), cell: (row) => <code>{row.rescueCode ?? '—'}</code> },
    { key: 'address', title: say('web.policy.address'), wide: true, cell: (row) => row.address },
    {
      key: 'base',
      title: say('web.quote.base'),
      numeric: true,
      cell: (row) => (row.base === null ? '—' : yuan(row.base)),
    },
    {
      key: 'factors',
      title: say('web.quote.factors'),
      cell: (row) => factorsOf(row, word) || '—',
    },
    {
      key: 'total',
      title: say('web.policies.premium'),
      numeric: true,
      cell: (row) => (row.refusal ? '—' : yuan(row.total)),
    },
    {
      key: 'refusal',
      title: say('web.quote.refusal'),
      wide: true,
      cell: (row) => (row.refusal ? why(row.refusal) : ''),
    },
  ];
}

/** Base × factor × factor, each with the record it rests on and that record's day, to the rounding at the end. */
function Working({ line, records }: { line: Line; records: readonly Evidence[] }) {
  const say = useSay();
  const why = useRefusal();
  const word = useWord();
  return (
    <article className="file-body">
      <header className="stack">
        <h1>{line.refusal ? say('web.quote.not_rated') : yuan(line.total)}</h1>
        <p className="muted">{line.address}</p>
        <Link to={paths.elevator(line.elevatorId)}>{say('web.elevator.file')}</Link>
      </header>
      {line.refusal ? <p>{why(line.refusal)}</p> : null}
      {line.base === null ? null : (
        <section className="file-part">
          <h2>{say('web.quote.working')}</h2>
          <Facts
            rows={[
              [say('web.quote.base'), yuan(line.base)],
              ...line.working.map(
                (w) =>
                  [
                    w.name || word('web.factor', w.factorId),
                    <span key={w.factorId} className="stack">
                      <span>
                        × {w.factor} = {w.exactYuan}
                      </span>
                      <span className="muted small">
                        {word('web.answer', w.key)} · <Source text={w.source} /> · {w.on}
                      </span>
                      <Recorded record={records.find((r) => r.id === w.record)} />
                    </span>,
                  ] as const,
              ),
              [say('web.quote.rounded'), yuan(line.total)],
            ]}
          />
        </section>
      )}
      {line.parts.length > 0 ? (
        <section className="file-part">
          <h2>{say('web.policy.who_pays')}</h2>
          <Facts rows={line.parts.map((p) => [word('insurance.payer', p.payer), yuan(p.amount)] as const)} />
        </section>
      ) : null}
    </article>
  );
}

/** The evidence a person recorded behind a factor: its document, how long it holds, who stands behind it. */
function Recorded({ record }: { record: Evidence | undefined }) {
  const say = useSay();
  if (!record) return null;
  const { from, to } = record;
  const term = to ? say('web.evidence.closed', { from, to }) : say('web.evidence.open_end', { from });
  const people = [
    record.recordedBy ? `${say('web.evidence.recorded')} ${record.recordedBy}` : '',
    record.confirmedBy ? `${say('web.evidence.confirmed')} ${record.confirmedBy}` : '',
  ];
  return (
    <span className="muted small">
      {[record.subject, record.document, term, ...people].filter(Boolean).join(' · ')}
    </span>
  );
}

/** The record a factor rests on: the elevator's file opens, a notice is named. */
function Source({ text }: { text: string }) {
  const say = useSay();
  const [kind, id] = text.split(':');
  if (kind === 'registry' && id) return <Link to={paths.elevator(id)}>{say('web.quote.from_file')}</Link>;
  return text === 'none' ? say('web.quote.no_record') : text;
}
