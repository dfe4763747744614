import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { OFFICIALS, REGULATORS } from '../../../contract/identity-vocabulary.ts';
import type { complaintItem, fairPage } from '../../../contract/market.ts';
import { get, post } from '../../api.ts';
import { useSay, useWord } from '../../say.ts';
import { useMe } from '../../session.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Form } from '../../ui/form.tsx';
import { ChoiceField, LongTextField } from '../../ui/inputs.tsx';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Money } from '../../ui/money.tsx';
import { Figure, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { useAct } from '../../ui/use-act.ts';
import { Due, When } from '../../ui/when.tsx';

type Fair = z.infer<typeof fairPage>;
type Complaint = z.infer<typeof complaintItem>;
/** Who may have something to complain of, beside officials who read it. */
const COMPLAINS = [
  'use_unit_head',
  'safety_director',
  'safety_officer',
  'maintenance_manager',
  'underwriter',
  'handler',
  'approver',
  'surveyor',
  'cashier',
  'broker',
  'association',
  'owner',
  'seller',
  'construction_unit',
];
const OUTCOMES = ['founded', 'unfounded', 'passed_on'] as const;

/** The rules of the market as published, who sells how much, and the way to complain. */
export function FairMarketPage() {
  const say = useSay();
  const { role } = useMe();
  const fair = useQuery({
    queryKey: ['market', '/market/fair'],
    queryFn: ({ signal }) => get<Fair>('/market/fair', {}, signal),
  });
  return (
    <Page title={say('web.menu.fair_market')} note={say('web.market.fair_what')}>
      <Loaded query={fair}>
        {(data) => (
          <>
            <Rules data={data} />
            <Shares data={data} />
            {[...OFFICIALS, ...COMPLAINS].includes(role) ? (
              <Complaints topics={data.topics} days={data.complaintDays} />
            ) : null}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Rules({ data }: { data: Fair }) {
  const say = useSay();
  const sources = (rule: Fair['rules'][number]) =>
    rule.namedIn
      .map((s) => ('notice' in s ? say('web.market.notice', { n: s.notice, clause: s.clause }) : s.ref))
      .join('；');
  return (
    <Panel title={say('web.market.rules')}>
      <ol className="stack">
        {data.rules.map((rule, at) => (
          <li key={rule.code}>
            {at + 1}. {rule.text} <span className="muted small">{sources(rule)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Shares({ data }: { data: Fair }) {
  const say = useSay();
  return (
    <>
      <div className="figures">
        <Figure name={say('web.market.insurers')} value={data.insurers.length} />
        <Figure
          name={say('web.market.top_share')}
          value={data.topSharePercent === null ? '—' : data.topSharePercent.toFixed(1)}
          unit="%"
        />
        <Figure name={say('web.market.complaints_received')} value={data.complaints.received} />
        <Figure name={say('web.market.complaints_answered')} value={data.complaints.answered} />
        <Figure name={say('web.market.complaints_founded')} value={data.complaints.founded} />
      </div>
      <Panel flush title={say('web.market.shares')}>
        {data.insurers.length === 0 ? (
          <Empty title={say('web.market.no_insurers')} hint={say('web.market.no_insurers_hint')} />
        ) : (
          <DataTable
            short
            label={say('web.market.shares')}
            rows={data.insurers}
            rowId={(row) => row.name}
            columns={[
              { key: 'name', title: say('web.prevention.insurer'), cell: (row) => row.name, wide: true },
              {
                key: 'n',
                title: say('web.prevention.elevators'),
                numeric: true,
                cell: (row) => row.elevators.toLocaleString('en-US'),
              },
              {
                key: 'premium',
                title: say('web.market.premium'),
                numeric: true,
                cell: (row) => <Money fen={row.premium} />,
              },
            ]}
          />
        )}
      </Panel>
    </>
  );
}

function Complaints({ topics, days }: { topics: readonly string[]; days: number }) {
  const say = useSay();
  const { role } = useMe();
  const [show, setShow] = useState<'open' | 'answered'>('open');
  const list = useQuery({
    queryKey: ['market', '/market/complaints', show],
    queryFn: ({ signal }) => get<{ items: readonly Complaint[] }>('/market/complaints', { show }, signal),
  });
  return (
    <div className="columns">
      <Panel
        title={say(OFFICIALS.includes(role) ? 'web.market.complaints' : 'web.market.own_complaints')}
        actions={
          <button type="button" className="chip" onClick={() => setShow(show === 'open' ? 'answered' : 'open')}>
            {say(show === 'open' ? 'web.market.show_answered' : 'web.market.show_open')}
          </button>
        }
      >
        <Loaded query={list} lines={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('web.market.no_complaints')} hint={say('web.market.no_complaints_hint', { days })} />
            ) : (
              <ul className="stack">
                {items.map((one) => (
                  <ComplaintLine key={one.id} complaint={one} answers={REGULATORS.includes(role)} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
      {OFFICIALS.includes(role) ? null : (
        <Panel title={say('web.market.complain')}>
          <ComplainForm topics={topics} days={days} />
        </Panel>
      )}
    </div>
  );
}

function ComplaintLine({ complaint, answers }: { complaint: Complaint; answers: boolean }) {
  const say = useSay();
  return (
    <li className="file-part">
      <span className="row wrap">
        <code>{complaint.number}</code> <strong>{say(`web.market.topic.${complaint.topic}`)}</strong> {complaint.about}
        {complaint.outcome ? (
          <Mark tone="plain">{say(`web.market.outcome.${complaint.outcome}`)}</Mark>
        ) : (
          <Due on={complaint.dueOn} soonDays={3} />
        )}
      </span>
      <p>{complaint.text}</p>
      <span className="muted small">
        <When at={complaint.at} /> {say(`identity.role.${complaint.fromRole}`)}
      </span>
      {complaint.answer ? <p>{say('web.market.answered', { answer: complaint.answer })}</p> : null}
      {answers && !complaint.outcome ? <AnswerForm complaint={complaint} /> : null}
    </li>
  );
}

function AnswerForm({ complaint }: { complaint: Complaint }) {
  const say = useSay();
  const queries = useQueryClient();
  const [answer, setAnswer] = useState('');
  const send = (outcome: string) => async () => {
    await post(`/market/complaints/${complaint.id}/answer`, { version: complaint.version, outcome, answer });
    await queries.invalidateQueries({ queryKey: ['market'] });
  };
  return (
    <div className="stack">
      <LongTextField label={say('web.market.answer')} value={answer} onChange={setAnswer} />
      <div className="row wrap">
        {OUTCOMES.map((outcome) => (
          <ActButton key={outcome} label={say(`web.market.outcome.${outcome}`)} onAct={send(outcome)} />
        ))}
      </div>
    </div>
  );
}

function ComplainForm({ topics, days }: { topics: readonly string[]; days: number }) {
  const say = useSay();
  const word = useWord();
  const act = useAct();
  const queries = useQueryClient();
  const [given, setGiven] = useState({ topic: '', text: '' });
  const [number, setNumber] = useState('');
  const send = async () => {
    const done = await post<{ number: string }>('/market/complaints', given);
    setNumber(done.number);
    setGiven({ topic: '', text: '' });
    await queries.invalidateQueries({ queryKey: ['market'] });
  };
  return (
    <Form act={act} submit={say('web.market.send_complaint')} onSubmit={() => void act.run(send)}>
      <p className="muted">{say('web.market.complain_hint', { days })}</p>
      <ChoiceField
        label={say('web.market.topic')}
        options={topics.map((value) => ({ value, label: word('web.market.topic', value) }))}
        value={given.topic}
        onChange={(topic) => setGiven({ ...given, topic })}
      />
      <LongTextField
        label={say('web.market.text')}
        value={given.text}
        onChange={(text) => setGiven({ ...given, text })}
      />
      {number ? <Mark tone="good">{say('web.market.received', { number })}</Mark> : null}
    </Form>
  );
}
