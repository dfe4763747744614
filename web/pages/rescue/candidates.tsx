import { useQuery } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import { lazy, Suspense } from 'react';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { Mark } from '../../ui/mark.tsx';
import { Loaded, Loading } from '../../ui/states.tsx';
import type { Candidate, CandidateList } from './rescue-types.ts';

/** The map is a large piece of code: the names and keys stand before it does. */
const DeskMap = lazy(() => import('./desk-map.tsx').then((m) => ({ default: m.DeskMap })));

/** Who could go to an incident. Read again with everything else of rescue when something changes. */
export const useCandidates = (id: string) =>
  useQuery({
    queryKey: ['rescue', 'candidates', id],
    queryFn: ({ signal }) => get<CandidateList>(`/rescue/incidents/${id}/candidates`, {}, signal),
    staleTime: 5_000,
    enabled: id !== '', // no incident is chosen yet
  });

const BY_KEY = 5;

type Props = { id: string; isArmed: boolean; onSend: (candidate: Candidate) => void };

/** The rescuers who could be there first, with the reasons, and one key for each of the first five. */
export function Candidates({ id, isArmed, onSend }: Props) {
  const say = useSay();
  const query = useCandidates(id);
  return (
    <section className="desk-candidates">
      <h2>{isArmed ? say('rescue.desk.press_number') : say('rescue.desk.candidates')}</h2>
      <Loaded query={query} lines={4}>
        {(list) => <Listed {...{ list, isArmed, onSend }} />}
      </Loaded>
    </section>
  );
}

type ListedProps = { list: CandidateList; isArmed: boolean; onSend: (candidate: Candidate) => void };

function Listed({ list, isArmed, onSend }: ListedProps) {
  const say = useSay();
  const { items } = list;
  return (
    <>
      <TravelNote items={items} />
      {items.length === 0 ? <p className="muted">{say('rescue.desk.candidates_none')}</p> : null}
      <Lines {...{ items: items.slice(0, BY_KEY), first: 1, isArmed, onSend }} />
      {items.length > BY_KEY ? (
        <details className="desk-more">
          <summary>{say('rescue.desk.more_candidates', { n: items.length - BY_KEY })}</summary>
          <Lines {...{ items: items.slice(BY_KEY), first: BY_KEY + 1, isArmed, onSend }} />
        </details>
      ) : null}
      <Suspense fallback={<Loading lines={6} />}>
        <DeskMap list={list} />
      </Suspense>
    </>
  );
}

type LinesProps = Omit<ListedProps, 'list'> & { items: readonly Candidate[]; first: number };

const Lines = ({ items, first, isArmed, onSend }: LinesProps) => (
  <ol>
    {items.map((c, i) => (
      <CandidateLine key={c.personId} candidate={c} number={first + i} isArmed={isArmed} onSend={onSend} />
    ))}
  </ol>
);

/** Says by what the times were reckoned. */
function TravelNote({ items }: { items: readonly Candidate[] }) {
  const say = useSay();
  if (items.length === 0) return null;
  const byRoads = items.some((c) => c.travelBy === 'roads');
  return <p className="muted small">{say(byRoads ? 'rescue.desk.by_roads' : 'rescue.desk.by_line')}</p>;
}

type LineProps = { candidate: Candidate; number: number; isArmed: boolean; onSend: (candidate: Candidate) => void };

function CandidateLine({ candidate: c, number, isArmed, onSend }: LineProps) {
  const say = useSay();
  const minutes = c.travelSeconds === null ? '—' : say('rescue.desk.minutes', { n: Math.ceil(c.travelSeconds / 60) });
  return (
    <li className={isArmed && number <= 5 ? 'armed' : ''}>
      <span className="desk-candidate-head">
        <kbd>{number}</kbd>
        <b>{c.label}</b>
        {c.label.startsWith(c.org) ? null : <span className="muted">{c.org}</span>}
        <span className="push desk-minutes">{minutes}</span>
        <Button size="small" type={number === 1 ? 'primary' : 'default'} onClick={() => onSend(c)}>
          {say('rescue.desk.send')}
        </Button>
      </span>
      <span className="desk-candidate-why muted small">
        {c.reasons.map((r) => say(r.code, r.params)).join(' · ')}
        {c.place > 1 ? <Mark tone="warn">{say('rescue.offer.planned', { place: c.place })}</Mark> : null}
      </span>
    </li>
  );
}
