import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { REGULATORS } from '../../../contract/identity-vocabulary.ts';
import type { checkItem, insurerFigures, scorecard } from '../../../contract/prevention-figures.ts';
import { apiUrl, get, post } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField, TextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Money } from '../../ui/money.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Due, When } from '../../ui/when.tsx';

type Figures = z.infer<typeof insurerFigures>;
type Card = z.infer<typeof scorecard>;
type Check = z.infer<typeof checkItem>;
const REPLIES = ['approver', 'underwriter'];
const hours = (n: number | null): string => (n === null ? '—' : n.toFixed(1));
const rate = (n: number | null): string => (n === null ? '—' : n.toFixed(1));

/** How insurers keep their word, and what offices found when they checked. */
export function ScorecardsPage() {
  const say = useSay();
  const { role } = useMe();
  const [span, setSpan] = useState({ from: `${cityDay(today()).slice(0, 4)}-01-01`, to: cityDay(today()) });
  const card = useQuery({
    queryKey: ['prevention', '/prevention/scorecards', span],
    queryFn: ({ signal }) => get<Card>('/prevention/scorecards', span, signal),
    enabled: span.from <= span.to,
  });
  return (
    <Page title={say('web.menu.scorecards')} note={say('web.score.what')}>
      <div className="row wrap">
        <TextField
          label={say('web.score.from')}
          type="date"
          value={span.from}
          onChange={(from) => setSpan({ ...span, from })}
        />
        <TextField
          label={say('web.score.to')}
          type="date"
          value={span.to}
          onChange={(to) => setSpan({ ...span, to })}
        />
      </div>
      <Panel flush title={say('web.score.card')}>
        <Loaded query={card}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty title={say('web.score.empty')} hint={say('web.score.empty_hint')} />
            ) : (
              <CardTable data={data} />
            )
          }
        </Loaded>
      </Panel>
      <p className="muted small">{say('web.score.definitions', { n: card.data?.leastAnswers ?? '' })}</p>
      {REGULATORS.includes(role) && card.data ? <CheckForm card={card.data} /> : null}
      <Checks replies={REPLIES.includes(role)} />
    </Page>
  );
}

function CardTable({ data }: { data: Card }) {
  const say = useSay();
  const due = (row: Figures) => row.promises.reduce((n, p) => n + p.due, 0);
  const kept = (row: Figures) => row.promises.reduce((n, p) => n + p.kept, 0);
  return (
    <DataTable
      short
      label={say('web.score.card')}
      rows={data.items}
      rowId={(row) => row.insurerOrgId}
      columns={[
        { key: 'insurer', title: say('web.prevention.insurer'), cell: (row) => row.insurer, wide: true },
        {
          key: 'n',
          title: say('web.score.paid'),
          numeric: true,
          cell: (row) => row.payments.n + row.payments.withoutStart,
        },
        {
          key: 'amount',
          title: say('web.score.amount'),
          numeric: true,
          cell: (row) => <Money fen={row.payments.amount} />,
        },
        { key: 'min', title: say('web.score.min'), numeric: true, cell: (row) => hours(row.payments.min) },
        { key: 'p50', title: say('web.score.p50'), numeric: true, cell: (row) => hours(row.payments.p50) },
        { key: 'p90', title: say('web.score.p90'), numeric: true, cell: (row) => hours(row.payments.p90) },
        { key: 'max', title: say('web.score.max'), numeric: true, cell: (row) => hours(row.payments.max) },
        { key: 'promise', title: say('web.score.promise'), numeric: true, cell: (row) => `${kept(row)} / ${due(row)}` },
        { key: 'visits', title: say('web.score.visits'), numeric: true, cell: (row) => row.visits },
        {
          key: 'findings',
          title: say('web.score.findings'),
          numeric: true,
          cell: (row) => {
            const { inTime, due: fell, percent } = row.findings;
            return percent === null
              ? `${inTime} / ${fell}`
              : say('web.score.of_due', { inTime, due: fell, percent: rate(percent) });
          },
        },
        {
          key: 'letters',
          title: say('web.score.letters'),
          numeric: true,
          cell: (row) => `${row.letters.inTime} / ${row.letters.due}`,
        },
        {
          key: 'satisfaction',
          title: say('web.score.satisfaction'),
          numeric: true,
          cell: (row) =>
            row.satisfaction.percent === null
              ? say('web.score.too_few', { n: row.satisfaction.n })
              : say('web.score.satisfied', { percent: rate(row.satisfaction.percent), n: row.satisfaction.n }),
        },
      ]}
    />
  );
}

const EMPTY = { insurerOrgId: '', opinion: '', demands: '', replyDueOn: '' };

function CheckForm({ card }: { card: Card }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState(EMPTY);
  const set = (field: keyof typeof EMPTY) => (value: string) => setGiven({ ...given, [field]: value });
  const send = async () => {
    await post('/prevention/performance-checks', { ...given, from: card.from, to: card.to });
    setGiven(EMPTY);
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <Panel title={say('web.score.new_check', { from: card.from, to: card.to })}>
      <Form act={act} submit={say('web.score.make_check')} onSubmit={() => void act.run(send)}>
        <ChoiceField
          label={say('web.prevention.insurer')}
          options={card.items.map(({ insurerOrgId, insurer }) => ({ value: insurerOrgId, label: insurer }))}
          value={given.insurerOrgId}
          onChange={set('insurerOrgId')}
        />
        <LongTextField label={say('web.score.opinion')} value={given.opinion} onChange={set('opinion')} />
        <LongTextField label={say('web.score.demands')} value={given.demands} onChange={set('demands')} />
        <TextField
          label={say('web.score.reply_due')}
          type="date"
          value={given.replyDueOn}
          onChange={set('replyDueOn')}
        />
      </Form>
    </Panel>
  );
}

function Checks({ replies }: { replies: boolean }) {
  const say = useSay();
  const list = useQuery({
    queryKey: ['prevention', '/prevention/performance-checks'],
    queryFn: ({ signal }) => get<{ items: readonly Check[] }>('/prevention/performance-checks', {}, signal),
  });
  return (
    <Panel title={say('web.score.checks')}>
      <Loaded query={list} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('web.score.no_checks')} hint={say('web.score.no_checks_hint')} />
          ) : (
            <ul className="stack">
              {items.map((check) => (
                <CheckLine key={check.id} check={check} replies={replies} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function CheckLine({ check, replies }: { check: Check; replies: boolean }) {
  const say = useSay();
  const report = (format: string) => apiUrl(`/prevention/performance-checks/${check.id}/report`, { format });
  return (
    <li className="file-part">
      <span className="row wrap">
        <code>{check.number}</code> <strong>{check.insurer}</strong>
        <span className="muted">
          {check.from} – {check.to} · {check.office}
        </span>
        {check.repliedAt ? (
          <Mark tone={check.late ? 'warn' : 'good'}>{say('web.score.replied')}</Mark>
        ) : (
          <Due on={check.replyDueOn} soonDays={5} />
        )}
        <a href={report('pdf')} download>
          PDF
        </a>
        <a href={report('xlsx')} download>
          XLSX
        </a>
      </span>
      <p>{check.opinion}</p>
      {check.demands ? <p className="muted">{say('web.score.demanded', { text: check.demands })}</p> : null}
      {check.repliedAt ? (
        <p>
          <When at={check.repliedAt} /> {check.reply}
        </p>
      ) : replies ? (
        <ReplyForm check={check} />
      ) : null}
    </li>
  );
}

function ReplyForm({ check }: { check: Check }) {
  const say = useSay();
  const act = useAct();
  const queries = useQueryClient();
  const [reply, setReply] = useState('');
  const send = async () => {
    await post(`/prevention/performance-checks/${check.id}/reply`, { version: check.version, reply });
    await queries.invalidateQueries({ queryKey: ['prevention'] });
  };
  return (
    <Form act={act} submit={say('web.score.reply')} onSubmit={() => void act.run(send)}>
      <LongTextField label={say('web.score.reply_text')} value={reply} onChange={setReply} />
    </Form>
  );
}
