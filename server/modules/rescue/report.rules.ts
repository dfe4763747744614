import { addSeconds } from '../../kernel/time.ts';
import { timeOf, withClock } from './clock.rules.ts';
import type { At, Change, Remark, Report } from './command.rules.ts';
import {
  type Clocks,
  type Incident,
  isActive,
  isOpen,
  needsWith,
  type Offer,
  type OfferState,
} from './incident.rules.ts';
import { change, isSure, isUnanswered, open, waitForAnswer, withState } from './step.rules.ts';
import { dropTimers, setTimer } from './timer.rules.ts';

export type Reported = Report & { happenedAt: Date | null };

/** Take a report in. On a file that has ended it is kept with a remark, and the desk must look again where it contradicts. */
export function record(incident: Incident, report: Reported, at: At): Change {
  const after: Remark[] = incident.end ? ['reported_after_close'] : [];
  switch (report.do) {
    case 'report_release':
      return recordRelease(incident, report, at);
    case 'report_evidence': {
      const confidence = Math.max(incident.confidence, report.confidence);
      const byPerson = incident.byPerson || report.byPerson;
      const known = { ...incident, needs: needsWith(incident.needs, report.needs), confidence, byPerson };
      if (known.level === 0 && isOpen(known) && isSure(known, at.plan)) return open(known, 1, at);
      return change(known, at, ...after);
    }
    case 'report_clear':
      return recordClear(incident, at);
    case 'report_confirmation': {
      if (report.outcome === 'not_out')
        return change({ ...incident, mustLookAgain: true }, at, 'still_inside', ...after);
      return change(
        report.outcome === 'all_out' ? told(incident, 'confirmed', { report, at }) : incident,
        at,
        ...after,
      );
    }
    case 'report_cause':
      return change(told(incident, 'cause_reported', { report, at }), at);
    case 'report_accept':
    case 'report_refuse':
    case 'report_departure':
    case 'report_arrival':
      return recordCrew(incident, report, at);
  }
}

/** The device says that the car runs or stands open again. Nobody on the way and only sensors ever spoke: it is over. */
function recordClear(incident: Incident, at: At): Change {
  const remarks: Remark[] = ['device_says_clear', ...(incident.end ? ['reported_after_close' as const] : [])];
  if (!isOpen(incident) || incident.byPerson || incident.offers.some(isActive) || incident.handOff)
    return change(incident, at, ...remarks);
  const ended = withState(incident, isUnanswered, 'withdrawn');
  return change(
    { ...ended, end: { name: 'dismissed', at: at.now, reason: 'rescue.cleared_by_device' } },
    at,
    ...remarks,
  );
}

type CrewReport = Extract<Reported, { do: 'report_accept' | 'report_refuse' | 'report_departure' | 'report_arrival' }>;

function recordCrew(incident: Incident, report: CrewReport, at: At): Change {
  if (report.do === 'report_refuse') return recordRefusal(incident, report, at);
  const offered = incident.offers.find((o) => o.crewId === report.crewId);
  const remarks: Remark[] = incident.end ? ['reported_after_close'] : [];
  if (!offered) remarks.push('came_unsent');
  if (offered && !isActive(offered) && !isUnanswered(offered)) remarks.push('accepted_late');
  const clock = timeOf(report.happenedAt, { earliest: offered?.offeredAt ?? incident.awareAt, receivedAt: at.now });
  if (!clock.trusted) remarks.push('time_not_plausible');
  const own = advanced(offered ?? unsent(incident, report, at), stateAfter[report.do]);
  const offers = [...incident.offers.filter((o) => o !== offered), own];
  const reached: Incident = { ...incident, offers, clocks: withClock(incident.clocks, clockOf[report.do], clock) };
  if (!isOpen(incident)) return change(contradicted(reached), at, ...remarks);
  const first = withState(reached, (o) => o !== own && isUnanswered(o), 'withdrawn');
  return change(own.state === 'arrived' ? first : awaitArrival(first, at), at, ...remarks);
}

/** The first acceptance starts the clock of arrival; a second crew on the way does not stretch it. */
function awaitArrival(incident: Incident, { now, plan }: At): Incident {
  const heard = dropTimers(incident, ['answer']);
  if (heard.timers.some((t) => t.kind === 'arrival')) return heard;
  return setTimer(heard, 'arrival', { level: heard.level, dueAt: addSeconds(now, plan.arrivalSeconds) });
}

function recordRefusal(incident: Incident, report: Extract<CrewReport, { do: 'report_refuse' }>, at: At): Change {
  const offered = incident.offers.find((o) => o.crewId === report.crewId);
  const remarks: Remark[] = incident.end ? ['reported_after_close'] : [];
  if (offered && isActive(offered)) remarks.push('gave_up');
  const refused = withState(incident, (o) => o.crewId === report.crewId, 'refused');
  const alone = isOpen(refused) && !refused.offers.some((o) => isActive(o) || isUnanswered(o));
  if (!alone || refused.level === 0 || refused.level === 3) return change(refused, at, ...remarks);
  return { ...change(waitForAnswer(refused, refused.level, at), at, ...remarks), wants: refused.level };
}

const stateAfter = { report_accept: 'accepted', report_departure: 'departed', report_arrival: 'arrived' } as const;
const clockOf = { report_accept: 'accepted', report_departure: 'departed', report_arrival: 'arrived' } as const;

/** An offline queue may bring the acceptance after the arrival: nobody goes back. */
function advanced(own: Offer, state: 'accepted' | 'departed' | 'arrived'): Offer {
  const order: readonly OfferState[] = ['accepted', 'departed', 'arrived'];
  return order.indexOf(own.state) >= order.indexOf(state) ? own : { ...own, state };
}

/** A file that was ended without a release does not fit a report from the site: the desk must look again. */
const contradicted = (incident: Incident): Incident =>
  incident.end && incident.end.name !== 'closed' ? { ...incident, mustLookAgain: true } : incident;

/** A crew that reports without having been asked is on the job as well. */
const unsent = ({ level }: Incident, report: Exclude<CrewReport, { do: 'report_refuse' }>, { now }: At): Offer => ({
  id: report.offerId,
  crewId: report.crewId,
  level,
  place: 1,
  state: 'accepted',
  offeredAt: now,
});

function recordRelease(incident: Incident, report: Extract<Reported, { do: 'report_release' }>, at: At): Change {
  const remarks: Remark[] = incident.end ? ['reported_after_close'] : [];
  if (incident.released) remarks.push('released_again');
  else if (!incident.offers.some((o) => o.state === 'arrived')) remarks.push('released_before_arrival');
  if (report.people === 0) remarks.push('nobody_inside');
  const offered = incident.offers.find((o) => o.crewId === report.crewId);
  const clock = timeOf(report.happenedAt, { earliest: offered?.offeredAt ?? incident.awareAt, receivedAt: at.now });
  if (!clock.trusted) remarks.push('time_not_plausible');
  const counts = [incident.released?.people ?? null, report.people].filter((n) => n !== null);
  const people = counts.length > 0 ? Math.max(...counts) : null;
  const clocks = withClock(incident.clocks, 'released', clock);
  // A second press never moves the instant back that is paid by: the first release stands until the desk opens the file again.
  const released = { at: clocks.released?.at ?? clock.at, people };
  const needs = needsWith(incident.needs, { injuries: report.injuries });
  const out: Incident = { ...withState(incident, isUnanswered, 'withdrawn'), released, clocks, needs };
  return change(contradicted(out), at, ...remarks);
}

const told = (incident: Incident, name: keyof Clocks, { report, at }: { report: Reported; at: At }): Incident => {
  const clock = timeOf(report.happenedAt, { earliest: incident.awareAt, receivedAt: at.now });
  return { ...incident, clocks: withClock(incident.clocks, name, clock) };
};
