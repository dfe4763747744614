import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { workList } from '../../../contract/telemetry-work.ts';
import { get } from '../../api.ts';
import { paths } from '../../paths.ts';
import { problemOf } from '../../problem.ts';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { useNow, When } from '../../ui/when.tsx';
import { codeIn } from './job.rules.ts';
import { useHolder } from './jobs.ts';
import { Big, Thumb } from './next-act.tsx';
import { unsent } from './outbox.rules.ts';
import { reached, tell, useOutbox } from './outbox.ts';
import { Scan } from './scan.tsx';
import { keepDraft, keptDraft } from './store.ts';
import { TopBar } from './top-bar.tsx';
import { type Work, worksNow } from './work.rules.ts';

type Known = z.infer<typeof workList>;

const LOOK_MS = 15_000;
const KEPT = 'work'; // as last read, for when there is no network

/** 维保作业 at the car: declared by plate or six digits before the work, ended after it; without network too. */
export function WorkPage() {
  const say = useSay();
  const { accountId } = useHolder();
  const { entries } = useOutbox();
  const now = useNow();
  const known = useQuery({
    queryKey: ['telemetry', '/telemetry/work', accountId],
    queryFn: ({ signal }) => readWork(signal),
    refetchInterval: LOOK_MS,
    networkMode: 'always',
  });
  const own = entries.filter((entry) => entry.accountId === accountId);
  const works = worksNow(known.data?.items ?? [], own, now);
  const [isNotKept, setNotKept] = useState(false);
  const report = async (offerId: string, act: Parameters<typeof tell>[0]['act']): Promise<boolean> => {
    try {
      await tell({ incidentId: '', offerId, act }, accountId);
      return true;
    } catch {
      // The phone has no room for it: said in words, so that the crew knows nothing was declared.
      setNotKept(true);
      return false;
    }
  };
  return (
    <div className="phone">
      <TopBar title={say('phone.work.title')} back={paths.jobs()} own={unsent(entries, accountId)} />
      {isNotKept ? (
        <p className="phone-held" role="alert">
          {say('phone.sync.not_kept')}
        </p>
      ) : null}
      <Beginning works={works} onReport={report} />
    </div>
  );
}

async function readWork(signal: AbortSignal): Promise<Known> {
  try {
    const list = await get<Known>('/telemetry/work', {}, signal);
    await keepDraft(KEPT, list).catch(() => undefined); // a phone that keeps nothing still shows what the server says
    reached(true);
    return list;
  } catch (thrown) {
    // Without network what was read last answers; anything else is shown as it is.
    const { status } = problemOf(thrown);
    if (status === 0) reached(false);
    const kept = await keptDraft(KEPT);
    if (isKnown(kept) && (status === 0 || status >= 500)) return kept;
    throw thrown;
  }
}

/** What this page wrote down itself: an answer of the server, or nothing. */
const isKnown = (kept: unknown): kept is Known =>
  typeof kept === 'object' && kept !== null && 'items' in kept && Array.isArray(kept.items);

type Report = (offerId: string, act: Parameters<typeof tell>[0]['act']) => Promise<boolean>;

const HOURS = [0.5, 1, 2, 4, 8] as const;
const KINDS = ['half_month', 'quarter', 'half_year', 'year', 'repair', 'inspection', 'other'] as const;

/** What is under way, and the form for the next. */
function Beginning({ works, onReport }: { works: readonly Work[]; onReport: Report }) {
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [plate, setPlate] = useState(''); // only the server can say whose it is
  const [hours, setHours] = useState<number>(1);
  const [kind, setKind] = useState<(typeof KINDS)[number]>('half_month');
  const [other, setOther] = useState('');
  const code = codeIn(typed);
  const scanned = plate || code;
  const reason = kind === 'other' ? other.trim() : say(`phone.work.kind.${kind}`);
  const begin = async () => {
    if (!scanned) return;
    const shown = plate ? say('phone.work.by_plate') : `${scanned.slice(0, 3)} ${scanned.slice(3)}`;
    const act = { do: 'work_begin' as const, scanned, shown, minutes: hours * 60, reason };
    if (!(await onReport(crypto.randomUUID(), act))) return;
    setTyped('');
    setPlate('');
  };
  return (
    <>
      <main className="phone-body">
        {works.map((work) => (
          <UnderWay key={work.id} work={work} onEnd={() => void onReport(work.id, { do: 'work_end' })} />
        ))}
        <p className="phone-where">{say('phone.work.begin_title')}</p>
        <label className="phone-field">
          {say('phone.work.code')}
          <input
            className="phone-digits"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={typed}
            onChange={(event) => setTyped(event.target.value.replaceAll(/\D/g, ''))}
          />
        </label>
        {plate ? <Mark tone="good">{say('phone.arrive.plate_read')}</Mark> : null}
        <Scan onCode={setTyped} onPlate={setPlate} />
        <label className="phone-field">
          {say('phone.work.what')}
          <select value={kind} onChange={(event) => setKind(KINDS.find((k) => k === event.target.value) ?? 'other')}>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {say(`phone.work.kind.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {kind === 'other' ? (
          <label className="phone-field">
            {say('phone.work.other')}
            <input maxLength={120} value={other} onChange={(event) => setOther(event.target.value)} />
          </label>
        ) : null}
        <label className="phone-field">
          {say('phone.work.hours')}
          <select value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {HOURS.map((n) => (
              <option key={n} value={n}>
                {say('web.work.half_hours', { hours: n })}
              </option>
            ))}
          </select>
        </label>
        <p className="muted">{say('phone.work.what_it_does')}</p>
      </main>
      <Thumb
        main={
          scanned && reason ? (
            <Big onClick={() => void begin()}>{say('phone.act.work_begin')}</Big>
          ) : (
            <p className="muted">{say('phone.work.missing')}</p>
          )
        }
      />
    </>
  );
}

function UnderWay({ work, onEnd }: { work: Work; onEnd: () => void }) {
  const say = useSay();
  return (
    <section className="phone-card rescue" aria-label={say('phone.work.now')}>
      <Mark tone={work.isWaiting ? 'warn' : 'accent'}>
        {say(work.isWaiting ? 'phone.work.waiting' : 'phone.work.now')}
      </Mark>
      <strong className="phone-address">{work.where}</strong>
      <span className="muted">{work.reason}</span>
      <span className="muted">
        {say('phone.work.until')} <When at={work.endsAt} />
      </span>
      <button type="button" className="phone-small" onClick={onEnd}>
        {say('phone.act.work_end')}
      </button>
    </section>
  );
}
