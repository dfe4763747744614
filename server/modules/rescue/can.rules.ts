import type { Command, Order, RescueRefusal } from './command.rules.ts';
import type { Incident } from './incident.rules.ts';
import { decide } from './rules.ts';
import type { Plan } from './timer.rules.ts';

/** Whether the desk may give each order now: true, or the refusal that it would get. */
export type Can = Readonly<Record<Order['do'], true | RescueRefusal>>;

/** Asked of the same `decide` that would carry the order out, so that a screen never promises what the server refuses. */
export function canOf(incident: Incident, now: Date, plan: Plan): Can {
  const may = (command: Command): true | RescueRefusal => {
    const decided = decide(incident, command, { now, plan });
    return decided.ok ? true : decided.refusal;
  };
  const offered = incident.offers.find(
    (o) => o.state !== 'refused' && o.state !== 'withdrawn' && o.state !== 'arrived',
  );
  return {
    offer: may({ do: 'offer', level: incident.level, chosen: [{ offerId: '', crewId: '', place: 1 }] }),
    escalate: may({ do: 'escalate' }),
    hand_off: may({ do: 'hand_off', service: '119', takenBy: '' }),
    withdraw: may({ do: 'withdraw', offerId: offered?.id ?? '' }),
    take: may({ do: 'take' }),
    dismiss: may({ do: 'dismiss', reason: '' }),
    merge: may({ do: 'merge', reason: '' }),
    look: may({ do: 'look' }),
    reopen: may({ do: 'reopen', reason: '' }),
    close: may({ do: 'close' }),
  };
}
