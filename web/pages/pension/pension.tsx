import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { z } from 'zod';
import type { pensionFile } from '../../../contract/insurance-pension.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { DataTable } from '../../ui/list/data-table.tsx';
import { Mark } from '../../ui/mark.tsx';
import { yuan, yuanOr } from '../../ui/money.ts';
import { Facts, Page, Panel } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Day, When } from '../../ui/when.tsx';
import { CostForm, CostLedger } from './costs.tsx';
import { EndForm } from './end-form.tsx';
import { PENSION_TONES } from './pensions.tsx';
import { YearForm } from './year-form.tsx';
import './pension.css';

export type PensionFile = z.infer<typeof pensionFile>;
type Year = PensionFile['years'][number];
const percent = (bp: number) => `${(bp / 100).toFixed(2)} %`;
const BOOKERS = ['underwriter', 'handler', 'cashier'];

/** One programme: how it stands, what a renewal would bring, every year with its money, services owed against their cost. */
export function PensionPage() {
  const say = useSay();
  const { id = '' } = useParams();
  const file = useQuery({
    queryKey: ['insurance', '/insurance/pensions', id],
    queryFn: ({ signal }) => get<PensionFile>(`/insurance/pensions/${id}`, {}, signal),
  });
  return (
    <Page
      title={file.data?.number ?? say('web.menu.pensions')}
      note={file.data?.address}
      actions={<Link to={paths.pensions()}>{say('web.pension.all')}</Link>}
    >
      <Loaded query={file} lines={10}>
        {(pension) => <Body pension={pension} />}
      </Loaded>
    </Page>
  );
}

type Doing = 'year' | 'cost' | 'end';

function Body({ pension }: { pension: PensionFile }) {
  const say = useSay();
  const { role } = useMe();
  const [doing, setDoing] = useState<Doing | null>(null);
  const done = () => setDoing(null);
  const isUnderwriter = pension.can.act && role === 'underwriter';
  const mayBook = pension.can.act && BOOKERS.includes(role) && pension.years.some((y) => y.services.length > 0);
  const acts: Doing[] = [
    ...(isUnderwriter && !pension.end ? (['year'] as const) : []),
    ...(mayBook ? (['cost'] as const) : []),
    ...(isUnderwriter && !pension.end ? (['end'] as const) : []),
  ];
  return (
    <>
      <Head
        pension={pension}
        actions={acts.map((one) => (
          <Button key={one} type={one === 'year' ? 'primary' : 'default'} onClick={() => setDoing(one)}>
            {say(`web.pension.do.${one}`)}
          </Button>
        ))}
      />
      {doing ? (
        <Panel title={say(`web.pension.do.${doing}`)}>
          {doing === 'year' ? <YearForm pension={pension} onDone={done} /> : null}
          {doing === 'cost' ? <CostForm pension={pension} onDone={done} /> : null}
          {doing === 'end' ? <EndForm pension={pension} onDone={done} /> : null}
        </Panel>
      ) : null}
      {pension.years.length === 0 ? (
        <Panel title={say('web.pension.years_title')}>
          <Empty title={say('web.pension.no_year')} hint={say('web.pension.no_year_hint')} />
        </Panel>
      ) : (
        pension.years.toReversed().map((year) => <YearPanel key={year.id} year={year} />)
      )}
      <CostLedger pension={pension} mayReverse={pension.can.act && BOOKERS.includes(role)} />
    </>
  );
}

function Head({ pension, actions }: { pension: PensionFile; actions: React.ReactNode }) {
  const say = useSay();
  const { scale, lapse } = pension.terms;
  const steps = scale?.steps.map((s) => say('web.pension.step', { years: s.fromYears, percent: s.shareBp / 100 }));
  const { end } = pension;
  return (
    <Panel
      title={
        <Mark tone={PENSION_TONES[pension.state]}>
          {say(end ? `web.pension.end.${end.reason}` : `web.pension.state.${pension.state}`)}
        </Mark>
      }
      actions={actions}
    >
      <Facts
        rows={[
          [say('web.prevention.holder'), pension.holder],
          [say('web.prevention.insurer'), pension.insurer],
          ...(pension.rescueCode ? ([[say('web.prevention.code'), pension.rescueCode]] as const) : []),
          [say('web.pension.start_age'), pension.startAgeYears],
          [say('web.pension.years'), `${pension.insuredYears} / ${pension.plannedYears}`],
          [say('web.pension.paid'), yuan(pension.paid)],
          [say('web.pension.cost'), yuan(pension.cost)],
          [say('web.pension.now_share'), scale ? percent(pension.shareBp) : say('web.pension.no_scale')],
          ...(scale
            ? ([
                [say('web.pension.end_share'), percent(pension.shareAtEndBp)],
                [say('web.pension.scale'), `${scale.filingNo}（${scale.version}）`],
                [say('web.pension.steps'), steps?.join('；')],
                [say('web.pension.most'), scale.most === null ? say('web.pension.no_most') : yuan(scale.most)],
              ] as const)
            : []),
          [
            say('web.pension.lapse'),
            say('web.pension.lapse_text', {
              grace: lapse.graceDays,
              reinstate: lapse.reinstateDays,
              afterwards: say(`web.pension.afterwards.${lapse.afterwards}`),
            }),
          ],
          ...(pension.reinstateUntil
            ? ([[say('web.pension.reinstate_until'), <Day key="until" on={pension.reinstateUntil} />]] as const)
            : []),
          ...(end
            ? ([
                [say('web.pension.ended_on'), <Day key="end" on={end.on} />],
                [say('web.pension.renewal_cost'), yuanOr(end.renewalCost)],
                [say('web.pension.benefit'), yuanOr(end.benefit)],
                [say('web.pension.benefit_paid'), end.benefit ? <Paid key="paid" end={end} /> : '—'],
                [say('web.pension.note'), end.note],
              ] as const)
            : []),
        ]}
      />
    </Panel>
  );
}

/** How much of the benefit has left the insurer's bank. */
function Paid({ end: { benefit, paid, paidAt } }: { end: NonNullable<PensionFile['end']> }) {
  const say = useSay();
  if (paidAt)
    return (
      <Mark tone="good">
        {yuan(paid)} <When at={paidAt} />
      </Mark>
    );
  return <Mark tone="warn">{say('web.pension.benefit_owed', { left: yuan((benefit ?? 0) - paid) })}</Mark>;
}

/** A year: what it is made of and paid from, and its services: owed, done, cost against the fee. */
function YearPanel({ year }: { year: Year }) {
  const say = useSay();
  return (
    <Panel
      flush
      title={
        <>
          {say('web.pension.year', { no: year.no, from: year.from, to: year.to })}{' '}
          {year.reinstated ? <Mark tone="warn">{say('web.pension.reinstated')}</Mark> : null}
        </>
      }
      actions={
        <>
          {year.policy ? (
            <Link to={paths.policy(year.policy.id)}>
              {say('web.pension.policy')} {year.policy.number}
            </Link>
          ) : (
            <span className="muted">{say('web.pension.policy_unnamed')}</span>
          )}
          <strong>{yuan(year.premium)}</strong>
        </>
      }
    >
      <DataTable
        short
        label={`${say('web.pension.part')} ${year.no}`}
        rows={year.parts}
        rowId={(row) => `${row.part} ${row.name}`}
        columns={[
          { key: 'part', title: say('web.pension.part'), cell: (row) => say(`web.pension.part.${row.part}`) },
          { key: 'name', title: say('web.pension.part_name'), cell: (row) => row.name, wide: true },
          { key: 'amount', title: say('web.pension.amount'), numeric: true, cell: (row) => yuan(row.premium) },
          {
            key: 'sources',
            title: say('web.pension.sources'),
            wide: true,
            cell: (row) =>
              row.funding.map((f) => `${say(`insurance.source.${f.source}`)} ${yuan(f.amount)}`).join('，'),
          },
        ]}
      />
      {year.services.length > 0 ? (
        <>
          <DataTable
            short
            label={`${say('web.pension.services_owed')} ${year.no}`}
            rows={year.services}
            rowId={(row) => row.code}
            columns={[
              { key: 'name', title: say('web.pension.service'), cell: (row) => row.name, wide: true },
              { key: 'times', title: say('web.pension.times'), numeric: true, cell: (row) => row.times },
              { key: 'done', title: say('web.pension.done'), numeric: true, cell: (row) => row.done },
              {
                key: 'open',
                title: say('web.pension.open'),
                numeric: true,
                cell: (row) => Math.max(row.times - row.done, 0),
              },
              { key: 'cost', title: say('web.pension.cost'), numeric: true, cell: (row) => yuan(row.cost) },
            ]}
          />
          <p className="pension-foot muted">
            {say('web.pension.fee_against_cost', {
              fee: yuan(year.serviceFee),
              cost: yuan(year.cost),
              left: yuan(year.serviceFee - year.cost),
            })}
          </p>
        </>
      ) : null}
    </Panel>
  );
}
