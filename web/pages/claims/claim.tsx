import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import type { ClaimViewOut } from '../../../contract/insurance-claim-file.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSay, useWord } from '../../say.ts';
import { changed } from '../../ui/list/list-state.ts';
import { Mark } from '../../ui/mark.tsx';
import { yuanOr } from '../../ui/money.ts';
import { Facts, Figure, Page, Panel } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { TabBar } from '../../ui/tab-bar.tsx';
import { Day, Duration, When } from '../../ui/when.tsx';
import { ClaimActs } from './claim-acts.tsx';
import { ClaimCodes } from './claim-codes.tsx';
import { ClockMark, PhaseMark, RunsOut } from './claim-marks.tsx';
import { ClaimMoney } from './claim-money.tsx';
import { ClaimPapers } from './claim-papers.tsx';
import { ClaimSteps } from './claim-steps.tsx';
import './claims.css';

const TABS = ['case', 'money', 'papers', 'steps'] as const;

/** The file of one claim: where it stands, what runs out, what may be done by whom. */
export function ClaimPage() {
  const { id = '' } = useParams();
  const say = useSay();
  const [params, setParams] = useSearchParams();
  const active = TABS.find((tab) => tab === params.get('tab')) ?? 'case';
  const read = useQuery({
    queryKey: ['insurance', 'claim', id],
    queryFn: ({ signal }) => get<ClaimViewOut>(`/insurance/claims/${id}`, undefined, signal),
  });
  return (
    <Loaded query={read} lines={12}>
      {(claim) => (
        <Page
          title={claim.number}
          note={
            <span className="row wrap">
              <PhaseMark phase={claim.phase} /> {claim.address}{' '}
              {claim.dueAt ? <RunsOut dueAt={claim.dueAt} clock={claim.dueClock} /> : null}
            </span>
          }
        >
          <Head claim={claim} />
          <ClaimActs claim={claim} />
          <TabBar
            label={claim.number}
            tabs={TABS.map((key) => ({ key, title: say(`claims.tab.${key}`) }))}
            active={active}
            onChange={(tab) => setParams((now) => changed(now, { tab }), { replace: true })}
          />
          {active === 'case' ? <Case claim={claim} /> : null}
          {active === 'money' ? <ClaimMoney claim={claim} /> : null}
          {active === 'papers' ? <ClaimPapers claim={claim} /> : null}
          {active === 'steps' ? <ClaimSteps claim={claim} /> : null}
        </Page>
      )}
    </Loaded>
  );
}

function Head({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  return (
    <div className="figures">
      <Figure name={say('claims.reserve')} value={yuanOr(claim.reserve)} />
      <Figure name={say('claims.decided')} value={yuanOr(claim.decided)} />
      <Figure name={say('claims.paid')} value={yuanOr(claim.paid)} />
    </div>
  );
}

function Case({ claim }: { claim: ClaimViewOut }) {
  return (
    <div className="columns">
      <Loss claim={claim} />
      <Cover claim={claim} />
      <Clocks claim={claim} />
      {claim.release ? <Release claim={claim} /> : null}
      {claim.heads.length > 0 ? <ClaimCodes subject={claim.id} /> : null}
    </div>
  );
}

function Loss({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const word = useWord();
  return (
    <Panel title={say('claims.loss')}>
      <Facts
        rows={[
          [say('claims.kind'), word('claims.kind', claim.kind)],
          [say('claims.happened'), <When key="happened" at={claim.happenedAt} />],
          [say('claims.reported'), <When key="reported" at={claim.reportedAt} />],
          [say('claims.channel'), word('claims.channel', claim.channel)],
          [say('claims.use_unit'), claim.useUnit],
          [
            say('claims.elevator'),
            claim.elevatorId ? (
              <Link key="elevator" to={paths.elevator(claim.elevatorId)}>
                {claim.rescueCode ?? claim.address}
              </Link>
            ) : (
              claim.rescueCode
            ),
          ],
          [
            say('claims.incident'),
            claim.incidentId ? (
              <Link key="incident" to={paths.incident(claim.incidentId)}>
                {say('claims.incident_open')}
              </Link>
            ) : null,
          ],
          [say('claims.keep_until'), <Day key="keep" on={claim.keepUntil} />],
        ]}
      />
      {claim.refusal ? (
        <p>
          <Mark tone="warn">{say(`insurance.refusal_reason.${claim.refusal.reason}`)}</Mark> {claim.refusal.text}
        </p>
      ) : null}
      <ul>
        {claim.reports.map((report) => (
          <li key={report.id}>
            <When at={report.reportedAt} /> {word('claims.channel', report.channel)} ·{' '}
            {word('claims.kind', report.kind)} {report.said ?? ''}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Cover({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const { verification: v } = claim;
  return (
    <Panel title={say('claims.verified')}>
      <Facts
        rows={[
          [say('claims.policy'), claim.policyNumber],
          [say('claims.insurer'), claim.insurer],
          [say('claims.coverage'), claim.coverage],
          [say('claims.term'), say('claims.from_to', { from: v.lineFrom, to: v.lineTo })],
          [
            say('claims.version'),
            say('claims.version_of', {
              endorsement: v.endorsement,
              product: v.productVersion,
              tariff: v.tariffVersion,
            }),
          ],
          [say('claims.per_person'), yuanOr(claim.limits?.perPerson)],
          [say('claims.medical'), yuanOr(claim.limits?.medicalPerPerson)],
          [say('claims.property'), yuanOr(claim.limits?.propertyPerAccident)],
          [say('claims.per_accident'), yuanOr(claim.limits?.perAccident)],
          [say('claims.aggregate'), yuanOr(claim.limits?.aggregate)],
        ]}
      />
      {v.waiting ? <Mark tone="warn">{say('claims.waiting')}</Mark> : null}
      {v.others.length > 0 ? (
        <Mark tone="warn">{say('claims.others', { numbers: v.others.join(say('web.and')) })}</Mark>
      ) : null}
    </Panel>
  );
}

function Clocks({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const word = useWord();
  return (
    <Panel title={say('claims.clocks')}>
      <ol className="timeline">
        {claim.clocks.map((clock) => (
          <li key={clock.id}>
            <ClockMark state={clock.state} />
            <span>
              {word('claims.clock', clock.id)}{' '}
              <span className="muted">
                {say(clock.basis === 'statutory' ? 'claims.by_law' : 'claims.by_promise', { title: clock.title })}
              </span>
              <br />
              {clock.stoppedAt ? (
                <When at={clock.stoppedAt} />
              ) : clock.dueAt ? (
                <RunsOut dueAt={clock.dueAt} clock={null} />
              ) : (
                <span className="muted">
                  {say(claim.papersMissing.length > 0 ? 'claims.paused' : 'claims.unclaimed')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {claim.papersMissing.length > 0 ? (
        <p>
          <Mark tone="warn">{say('claims.papers_missing', { papers: claim.papersMissing.join(say('web.and')) })}</Mark>
        </p>
      ) : null}
    </Panel>
  );
}

function Release({ claim }: { claim: ClaimViewOut }) {
  const say = useSay();
  const { release } = claim;
  if (!release) return null;
  return (
    <Panel title={say('claims.evidence')}>
      <Facts
        rows={[
          [say('claims.trapped'), <Duration key="trapped" seconds={release.seconds} />],
          [say('claims.counted_from'), say(`claims.from.${release.from}`)],
          [say('claims.stopped'), <When key="stopped" at={release.stoppedAt} />],
          [say('claims.reported'), <When key="reported" at={release.reportedAt} />],
          [say('claims.aware'), <When key="aware" at={release.awareAt} />],
          [say('claims.released'), <When key="released" at={release.releasedAt} />],
          [say('claims.people'), release.people],
          [
            say('claims.injuries'),
            release.injuries === null ? null : say(release.injuries ? 'claims.yes' : 'claims.no'),
          ],
        ]}
      />
      {release.trusted ? null : <Mark tone="warn">{say('claims.untrusted')}</Mark>}
    </Panel>
  );
}
