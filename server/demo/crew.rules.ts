import { addSeconds } from '../kernel/time.ts';
import { type Incident, isOpen, type Offer, phaseOf } from '../modules/rescue/incident.rules.ts';
import { type Chance, chanceOf } from '../simulate/chance.ts';

/** What a rescuer of the demo says on his phone next, as the phone's own route takes it. */
export type CrewAct =
  | { do: 'accept' | 'depart' | 'arrive' }
  | { do: 'refuse'; reason: string } // a code of words/phone.ts
  | { do: 'release'; people: number; causeClass: string; causeDetail: string; method: string };

/** What the demo's agent does next, where no person sits at the desk. */
export type DeskAct =
  | { do: 'dismiss' | 'hand_off' | 'look' | 'close' }
  | { do: 'arrive' | 'confirm' }
  | { do: 'release'; people: number };

export type Next = { at: Date; who: 'crew'; offer: Offer; act: CrewAct } | { at: Date; who: 'desk'; act: DeskAct };

/** How long the way takes each rescuer, by offer; null: nobody knows. */
export type EtaOf = (offerId: string) => number | null;

const SEED = 96_333;
/** So many of the first callers' incidents find nobody at all: levels climb to the third, as they must be seen to. */
const NOBODY_ANSWERS = 0.06;
const NEVER_ANSWERS = 0.12;
const REFUSES = 0.1;
const GIVES_UP = 0.03;
const NOBODY_INSIDE = 0.05;
const SENSOR_WAS_WRONG = 0.1;

/**
 * What the people of the demo do next about an incident, the earliest first. The same incident always goes the same way:
 * everything follows from its ids, so that what was lost with a process is done after all by the next one.
 */
export function nextActs(incident: Incident, etaOf: EtaOf): readonly Next[] {
  const crews = incident.offers.flatMap((offer): Next[] => {
    const next = crewAct(incident, offer, etaOf(offer.id));
    return next ? [{ ...next, who: 'crew', offer }] : [];
  });
  const desk = deskAct(incident);
  return [...crews, ...(desk ? [{ ...desk, who: 'desk' as const }] : [])].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
}

const chance = (id: string, about: string): Chance => chanceOf(SEED, `${id} ${about}`);

function crewAct(incident: Incident, offer: Offer, eta: number | null): { at: Date; act: CrewAct } | null {
  // A service that came by itself, 119 or a neighbour's platform, is told of by the desk.
  if (!isOpen(incident) || !/^[0-9a-f-]{36}$/.test(offer.crewId)) return null;
  const { clocks } = incident;
  const after = (from: Date | undefined, [low, high]: readonly [number, number]) =>
    addSeconds(from ?? offer.offeredAt, Math.round(chance(offer.id, offer.state).between(low, high)));
  switch (offer.state) {
    case 'offered':
      return answer(incident, offer);
    case 'accepted': {
      const act: CrewAct = chance(offer.id, 'fate').happens(GIVES_UP)
        ? { do: 'refuse', reason: 'phone.refuse.traffic' }
        : { do: 'depart' };
      return { at: after(clocks.accepted?.at, [15, 70]), act };
    }
    case 'departed': {
      const way = Math.min(1_500, Math.max(120, eta ?? 600));
      return { at: after(clocks.departed?.at, [way * 0.75, way * 1.2]), act: { do: 'arrive' } };
    }
    case 'arrived':
      return { at: after(clocks.arrived?.at, [120, 660]), act: releaseOf(incident) };
    case 'planned':
    case 'refused':
    case 'expired':
    case 'withdrawn':
      return null;
  }
}

function answer(incident: Incident, offer: Offer): { at: Date; act: CrewAct } | null {
  const isSilent = chance(incident.id, 'silence').happens(NOBODY_ANSWERS) && !incident.drill;
  const mood = chance(offer.id, 'mood').next();
  if (isSilent || mood < NEVER_ANSWERS) return null;
  const slow = chance(offer.id, 'answer');
  if (mood < NEVER_ANSWERS + REFUSES)
    return { at: addSeconds(offer.offeredAt, slow.whole(15, 60)), act: { do: 'refuse', reason: 'phone.refuse.busy' } };
  return { at: addSeconds(offer.offeredAt, slow.whole(10, 85)), act: { do: 'accept' } };
}

type Cause = readonly [group: string, detail: string];

/** Why cars stand, as often as Chinese cities publish it: people and doors first. */
const CAUSES: readonly [Cause, ...(readonly Cause[])] = [
  ['1', '101'],
  ['1', '103'],
  ['3', '301'],
  ['3', '303'],
  ['3', '302'],
  ['2', '201'],
  ['5', '503'],
  ['5', '505'],
  ['6', '601'],
  ['4', '405'],
];
const METHODS = ['levelled', 'levelled', 'by_hand', 'electric', 'restarted'] as const;

function releaseOf(incident: Incident): CrewAct {
  const facts = chance(incident.id, 'release');
  const isEmpty = !incident.byPerson && facts.happens(NOBODY_INSIDE);
  const people = isEmpty ? 0 : (incident.needs.people ?? facts.whole(1, 3));
  const [causeClass, causeDetail] = facts.pick(CAUSES);
  return { do: 'release', people, causeClass, causeDetail, method: facts.pick(METHODS) };
}

/** The agent of the demo: rings back, closes the file, and calls 119 where nobody came. */
function deskAct(incident: Incident): { at: Date; act: DeskAct } | null {
  if (incident.drill) return null; // whoever began a drill ends it
  if (incident.mustLookAgain) return { at: later(incident, incident.awareAt, [60, 180]), act: { do: 'look' } };
  if (incident.end) return null;
  if (incident.released) return finish(incident, incident.released.at);
  if (incident.level === 3) return callHelp(incident);
  const isDoubtful =
    incident.level === 0 && !incident.byPerson && chance(incident.id, 'doubt').happens(SENSOR_WAS_WRONG);
  return isDoubtful ? { at: later(incident, incident.awareAt, [14, 24]), act: { do: 'dismiss' } } : null;
}

/** Some while after an instant: always the same for the same incident and span. */
const later = ({ id }: Incident, from: Date, [low, high]: readonly [number, number]): Date =>
  addSeconds(from, chance(id, `${low}–${high}`).whole(low, high));

/** Ring back, then close. */
function finish(incident: Incident, releasedAt: Date): { at: Date; act: DeskAct } {
  const { confirmed } = incident.clocks;
  return confirmed
    ? { at: later(incident, confirmed.at, [30, 150]), act: { do: 'close' } }
    : { at: later(incident, releasedAt, [90, 300]), act: { do: 'confirm' } };
}

/** Level 3: call 119, and write down what 119 says: there, and out. A rescuer who comes after all does it himself. */
function callHelp(incident: Incident): { at: Date; act: DeskAct } | null {
  const { clocks, handOff } = incident;
  if (incident.offers.some((o) => o.state === 'departed' || o.state === 'accepted')) return null;
  const isWaiting = phaseOf(incident) === 'raised' || phaseOf(incident) === 'offered';
  if (!handOff)
    return isWaiting ? { at: later(incident, incident.awareAt, [345, 420]), act: { do: 'hand_off' } } : null;
  if (!clocks.arrived) return { at: later(incident, handOff.at, [300, 660]), act: { do: 'arrive' } };
  const people = incident.needs.people ?? chance(incident.id, 'release').whole(1, 3);
  const byService = incident.offers.some((o) => o.state === 'arrived' && o.crewId === handOff.service);
  return byService ? { at: later(incident, clocks.arrived.at, [180, 600]), act: { do: 'release', people } } : null;
}
