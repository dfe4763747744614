import { isDeepStrictEqual } from 'node:util';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import {
  type DoorCard,
  doorCardsAfter,
  elevatorsFor,
  findByIdentifier,
  type GivenIdentifier,
} from '../registry/index.ts';
import { type Source, sourcesBoundTo } from './source.store.ts';
import type { ElevatorFacts } from './state.rules.ts';
import type { TelemetryTables } from './tables.ts';
import type { WireElevatorName } from './wire.ts';
import { workUntil } from './work.views.ts';

/** What the doors know of an elevator. */
export type Known = {
  no: number;
  id: ElevatorId;
  kind: DoorCard['kind'];
  facts: ElevatorFacts;
  feeder: string | null;
  communityCode: string | null;
  useOrgId: OrgId | null;
  maintenanceOrgId: OrgId | null;
  makerOrgId: OrgId | null;
  areaCodes: readonly string[];
  orgIds: readonly OrgId[];
  workUntilMs: number; // work is declared on it until then; 0: none
  boundTo: readonly number[]; // senders that may speak for it by binding
};

/** The registry as the doors hold it in memory, and who may speak for whom. */
export type Directory = {
  byNo: (no: number) => Known | undefined;
  /** At once, by the codes in force; undefined: ask `look`. */
  find: (name: WireElevatorName) => Known | null | undefined;
  /** Look names up among all codes ever given. The answers are remembered, so that `find` knows them. */
  look: (names: readonly WireElevatorName[]) => Promise<void>;
  maySpeak: (source: Source, known: Known) => boolean;
  refresh: () => Promise<void>;
  /** Look at some elevators again, because somebody said that they changed. */
  refreshOnly: (ids: readonly ElevatorId[]) => Promise<void>;
  size: () => number;
};

const IDENTIFIER_TYPES = {
  registration_code: 'registration_code',
  rescue_code: 'rescue_code',
  factory_number: 'maker_number',
} as const;

/** A name nobody has is asked again after this long: its file may have been opened meanwhile. */
const FORGET_UNKNOWN_MS = 30_000;
const MOST_REMEMBERED = 100_000;

/** Elevators read and taken up in one stretch: a larger slice would keep the loop, and with it alarms, waiting. */
const SLICE = 200;

type DirectoryDeps = { db: Db<unknown>; now: () => Date; slice?: number };

/** One elevator with the names it was taken up under, and the reading of the whole that last saw it. */
type Entry = { known: Known; registrationCode: string | null; rescueCode: string | null; reading: number };

type Renaming = { from: string | null | undefined; to: string | null; known?: Known };

/** A code that went over to another elevator meanwhile stays with that one. */
function renamed(names: Map<string, Known>, before: Entry | undefined, { from, to, known }: Renaming): void {
  if (from && from !== to && names.get(from) === before?.known) names.delete(from);
  if (to && known) names.set(to, known);
}

/** The registry in memory, mended in place. By the kind of name: joined into one key, each message would make a new text. */
class Held {
  readonly byNo = new Map<number, Known>();
  readonly #byId = new Map<string, Entry>();
  readonly #byRegistrationCode = new Map<string, Known>();
  readonly #byRescueCode = new Map<string, Known>();
  #reading = 0;

  /** A factory number, and a name with its issuer, are looked up elsewhere. */
  named({ type, value, issuer }: WireElevatorName): Known | undefined {
    if (type === 'factory_number' || issuer !== undefined) return undefined;
    if (type === 'id') return this.#byId.get(value)?.known;
    return (type === 'rescue_code' ? this.#byRescueCode : this.#byRegistrationCode).get(value);
  }

  byId(id: ElevatorId): Known | undefined {
    return this.#byId.get(id)?.known;
  }

  /**
   * Set in place: taken out and put in again, the maps would be built anew every so often, in one stretch. What has not
   * changed stays the same object, so that reading a city again leaves the collector little to do.
   */
  put({ registration_code, rescue_code }: DoorCard, read: Known): void {
    const before = this.#byId.get(read.id);
    const known = before && isDeepStrictEqual(before.known, read) ? before.known : read;
    renamed(this.#byRegistrationCode, before, { from: before?.registrationCode, to: registration_code, known });
    renamed(this.#byRescueCode, before, { from: before?.rescueCode, to: rescue_code, known });
    this.byNo.set(known.no, known);
    const entry = { known, registrationCode: registration_code, rescueCode: rescue_code, reading: this.#reading };
    if (before) Object.assign(before, entry);
    else this.#byId.set(known.id, entry);
  }

  drop(id: ElevatorId): void {
    const before = this.#byId.get(id);
    if (!before) return;
    renamed(this.#byRegistrationCode, before, { from: before.registrationCode, to: null });
    renamed(this.#byRescueCode, before, { from: before.rescueCode, to: null });
    this.byNo.delete(before.known.no);
    this.#byId.delete(id);
  }

  /** A reading of the whole begins: what is put from now on was seen by it. */
  begin(): number {
    this.#reading += 1;
    return this.#reading;
  }

  /** That reading has seen every elevator there is: the others are gone. */
  dropUnseen(reading: number): void {
    for (const [id, entry] of this.#byId) if (entry.reading < reading) this.drop(id as ElevatorId);
  }
}

/** What stands beside the cards: work that is declared, and who may speak by binding. */
async function knownFrom({ db, now }: DirectoryDeps, cards: readonly DoorCard[]): Promise<Known[]> {
  const own = db.withTables<TelemetryTables>();
  const ids = cards.map((card) => card.id);
  const work = await workUntil(own, now(), ids);
  const bound = await sourcesBoundTo(own, ids);
  return cards.map((card) => knownOf(card, work.get(card.id) ?? 0, bound.get(card.id) ?? NOBODY));
}

/** Acts follow one another, so that what was read later is also taken up later. */
function openTurns(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined); // said to whoever asked for it; the next act goes ahead
    return mine;
  };
}

/**
 * Reading into memory. The whole is read slice by slice, and what changed meanwhile is let in between two slices: an
 * elevator opened behind the reading is told by the channel and read for itself, so none is lost.
 */
function openReading(deps: DirectoryDeps, held: Held) {
  const { db, slice = SLICE } = deps;
  const inTurn = openTurns();
  const takeUp = async (cards: readonly DoorCard[]): Promise<void> => {
    const all = await knownFrom(deps, cards);
    for (const [i, known] of all.entries()) held.put(cards[i] as DoorCard, known);
  };
  const sliceAfter = async (no: number): Promise<number | null> => {
    const cards = await doorCardsAfter(db.withTables(), no, slice);
    await takeUp(cards);
    return cards.length < slice ? null : (cards.at(-1)?.no ?? null);
  };
  return {
    whole: async (): Promise<void> => {
      const reading = held.begin();
      let after: number | null = 0;
      while (after !== null) {
        const from: number = after;
        after = await inTurn(() => sliceAfter(from));
      }
      await inTurn(async () => held.dropUnseen(reading));
    },
    /** Read these again: their codes, units and work may be others, or they may be gone. */
    only: async (ids: readonly ElevatorId[]): Promise<void> => {
      for (let i = 0; i < ids.length; i += slice) {
        const some = ids.slice(i, i + slice);
        await inTurn(async () => {
          const cards = await elevatorsFor(db.withTables(), some);
          await takeUp([...cards.values()]);
          for (const id of some) if (!cards.has(id)) held.drop(id);
        });
      }
    },
  };
}

export async function openDirectory(deps: DirectoryDeps): Promise<Directory> {
  const { db, now } = deps;
  const held = new Held();
  const reading = openReading(deps, held);
  await reading.whole();
  const looked = new Map<string, { id: ElevatorId | null; until: number }>();
  const refreshOnly = async (ids: readonly ElevatorId[]): Promise<void> => {
    await reading.only(ids);
    looked.clear();
  };
  return {
    byNo: (no) => held.byNo.get(no),
    find: (name) => {
      const known = held.named(name);
      if (known) return known;
      const before = looked.get(keyOf(name));
      if (!before || before.until <= now().getTime()) return undefined;
      return before.id === null ? null : (held.byId(before.id) ?? null);
    },
    look: openLooking(async (names) => {
      const ids = await findByIdentifier(db.withTables(), names.map(givenOf));
      // Files opened since the directory was read: read them rather than set their messages aside.
      const strange = ids.filter((id) => id !== null && !held.byId(id));
      if (strange.length > 0) await refreshOnly([...new Set(strange)] as ElevatorId[]);
      if (looked.size + names.length > MOST_REMEMBERED) looked.clear();
      for (const [i, name] of names.entries()) {
        const id = ids[i] ?? null;
        const until = id !== null && held.byId(id) ? Number.POSITIVE_INFINITY : now().getTime() + FORGET_UNKNOWN_MS;
        looked.set(keyOf(name), { id, until });
      }
    }),
    maySpeak: (source, known) =>
      source.reach === 'city' ||
      (source.orgId !== null && (known.maintenanceOrgId === source.orgId || known.makerOrgId === source.orgId)) ||
      known.boundTo.includes(source.no),
    refresh: async () => {
      await reading.whole();
      looked.clear();
    },
    refreshOnly,
    size: () => held.byNo.size,
  };
}

/**
 * One look for each name at a time: whoever asks for it meanwhile waits for the same answer and goes on behind who asked
 * before. With a look of its own, an alarm's second message might overtake the first.
 */
function openLooking(look: Directory['look']): Directory['look'] {
  const underWay = new Map<string, Promise<void>>();
  return async (names) => {
    const fresh = new Map(names.map((name) => [keyOf(name), name]));
    const waited = new Set<Promise<void>>();
    for (const key of fresh.keys()) {
      const before = underWay.get(key);
      if (before) waited.add(before);
      if (before) fresh.delete(key);
    }
    if (fresh.size > 0) {
      const mine = look([...fresh.values()]).finally(() => {
        for (const key of fresh.keys()) underWay.delete(key);
      });
      for (const key of fresh.keys()) underWay.set(key, mine);
      waited.add(mine);
    }
    await Promise.all(waited);
  };
}

const keyOf = ({ type, value, issuer }: WireElevatorName): string =>
  issuer === undefined ? `${type} ${value}` : `${type} ${value} ${issuer}`;

function givenOf({ type, value, issuer }: WireElevatorName): GivenIdentifier | { type: 'id'; value: string } {
  if (type === 'id') return { type, value };
  return { type: IDENTIFIER_TYPES[type], value, ...(issuer !== undefined && { issuer }) };
}

const NOBODY: readonly number[] = [];

const knownOf = (card: DoorCard, workUntilMs: number, boundTo: readonly number[]): Known => ({
  no: card.no,
  id: card.id,
  kind: card.kind,
  facts: {
    elevatorNo: card.no,
    kind: card.kind === 'lift' ? 'lift' : 'escalator',
    ratedSpeedMmPerS: card.rated_speed_mm_per_s,
    bottomFloor: card.bottom_floor,
    topFloor: card.top_floor,
    inMaintenance: false, // by `workUntilMs`, when it is asked; boxes tell it by inspection mode too
  },
  feeder: card.power_feeder,
  communityCode: card.community_code,
  useOrgId: card.use_org_id,
  maintenanceOrgId: card.maintenance_org_id,
  makerOrgId: card.maker_org_id,
  areaCodes: card.area_codes,
  orgIds: card.org_ids,
  workUntilMs,
  boundTo,
});
