import { accept, never, refuse } from '../../kernel/result.ts';
import type { At, Decided, Order } from './command.rules.ts';
import { type End, type Incident, isActive, isOpen, type Level, type Offer, phaseOf } from './incident.rules.ts';
import { change, open, stamp, up, waitForAnswer, withState } from './step.rules.ts';
import { dropTimers } from './timer.rules.ts';

/** What the desk wants, and when it may not have it. */
export function order(incident: Incident, wanted: Order, at: At): Decided {
  switch (wanted.do) {
    case 'offer':
    case 'escalate':
    case 'hand_off':
    case 'withdraw':
      return isOpen(incident) ? send(incident, wanted, at) : refuse({ code: 'rescue.ended', phase: phaseOf(incident) });
    case 'take':
      return accept(change(stamp(incident, 'answered', at.now), at));
    case 'dismiss':
    case 'merge':
      return giveUp(incident, wanted, at);
    case 'look':
    case 'reopen':
    case 'close':
      return file(incident, wanted, at);
    default:
      return never(wanted);
  }
}

type Sending = Extract<Order, { do: 'offer' | 'escalate' | 'hand_off' | 'withdraw' }>;

function send(incident: Incident, wanted: Sending, at: At): Decided {
  switch (wanted.do) {
    case 'offer':
      return offer(incident, wanted, at);
    case 'escalate':
      if (incident.level === 3) return refuse({ code: 'rescue.top_level' });
      return accept(open(incident, up(incident.level), at));
    case 'hand_off': {
      const handOff = { service: wanted.service, takenBy: wanted.takenBy, at: at.now };
      const handed: Incident = { ...stamp(incident, 'decided', at.now), level: 3, handOff };
      return accept(change(dropTimers(handed, ['hand_off', 'hand_off_limit', 'answer', 'agent']), at));
    }
    case 'withdraw': {
      const taken = incident.offers.find((o) => o.id === wanted.offerId);
      if (!taken || taken.state === 'refused' || taken.state === 'withdrawn')
        return refuse({ code: 'rescue.no_such_offer' });
      if (taken.state === 'arrived') return refuse({ code: 'rescue.crew_on_site' });
      return accept(
        change(
          withState(incident, (o) => o.id === wanted.offerId, 'withdrawn'),
          at,
        ),
      );
    }
    default:
      return never(wanted);
  }
}

function offer(incident: Incident, { level, chosen }: Extract<Order, { do: 'offer' }>, at: At): Decided {
  if (chosen.length === 0) {
    if (incident.level > level) return accept(change(incident, at, 'nobody_available'));
    const next = open(incident, up(incident.level), at);
    return accept({ ...next, remarks: ['nobody_available'] });
  }
  const taken = incident.offers.filter((o) => isActive(o) || o.state === 'offered' || o.state === 'planned');
  if (chosen.some((c) => taken.some((o) => o.crewId === c.crewId))) return refuse({ code: 'rescue.already_offered' });
  const to: Level = level === 0 ? 1 : level;
  const offers = chosen.map(
    (c): Offer => ({
      id: c.offerId,
      crewId: c.crewId,
      level: to,
      place: c.place,
      state: c.place > 1 ? 'planned' : 'offered',
      offeredAt: at.now,
    }),
  );
  const begun = stamp(stamp(incident, 'decided', at.now), 'offered', at.now);
  const offered: Incident = {
    ...dropTimers(begun, ['agent']),
    level: incident.level < to ? to : incident.level,
    offers: [...begun.offers.filter((o) => !chosen.some((c) => c.crewId === o.crewId)), ...offers],
  };
  return accept(change(waitForAnswer(offered, to, at), at));
}

function giveUp(incident: Incident, wanted: Extract<Order, { do: 'dismiss' | 'merge' }>, at: At): Decided {
  const phase = phaseOf(incident);
  if (incident.end || incident.released) return refuse({ code: 'rescue.ended', phase });
  if (phase === 'on_site') return refuse({ code: 'rescue.crew_on_site' });
  if (wanted.do === 'merge' && phase === 'under_way') return refuse({ code: 'rescue.crew_under_way' });
  const name = wanted.do === 'merge' ? 'joined' : 'dismissed';
  return accept(change(endWith(incident, { name, at: at.now, reason: wanted.reason }), at));
}

const endWith = (incident: Incident, end: End): Incident => ({
  ...withState(incident, (o) => o.state !== 'refused' && o.state !== 'arrived', 'withdrawn'),
  end,
});

function file(incident: Incident, wanted: Extract<Order, { do: 'look' | 'reopen' | 'close' }>, at: At): Decided {
  switch (wanted.do) {
    case 'look':
      if (!incident.mustLookAgain) return refuse({ code: 'rescue.nothing_to_look_at' });
      return accept(change({ ...incident, mustLookAgain: false }, at));
    case 'reopen': {
      if (isOpen(incident)) return refuse({ code: 'rescue.still_open' });
      const { released: _, closed: __, confirmed: ___, ...clocks } = incident.clocks;
      const reopened: Incident = { ...incident, end: null, released: null, clocks, mustLookAgain: false };
      const crewed = reopened.offers.some(isActive);
      return accept(crewed ? change(reopened, at) : open(reopened, reopened.level === 0 ? 1 : reopened.level, at));
    }
    case 'close':
      if (incident.end) return refuse({ code: 'rescue.ended', phase: phaseOf(incident) });
      if (!incident.released) return refuse({ code: 'rescue.not_released' });
      if (incident.mustLookAgain) return refuse({ code: 'rescue.must_look_again' });
      return accept(
        change({ ...stamp(incident, 'closed', at.now), end: { name: 'closed', at: at.now, reason: '' } }, at),
      );
    default:
      return never(wanted);
  }
}
