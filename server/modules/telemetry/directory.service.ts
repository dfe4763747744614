import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import {
  directory,
  type ElevatorCard,
  elevatorsFor,
  findByIdentifier,
  type GivenIdentifier,
} from '../registry/index.ts';
import type { Source } from './source.store.ts';
import { listBindings } from './source.store.ts';
import type { ElevatorFacts } from './state.rules.ts';
import type { TelemetryTables } from './tables.ts';
import type { WireElevatorName } from './wire.ts';
import { workUntil } from './work.views.ts';

/** What the doors know of an elevator. */
export type Known = {
  no: number;
  id: ElevatorId;
  kind: ElevatorCard['kind'];
  facts: ElevatorFacts;
  feeder: string | null;
  communityCode: string | null;
  useOrgId: OrgId | null;
  maintenanceOrgId: OrgId | null;
  makerOrgId: OrgId | null;
  areaCodes: readonly string[];
  orgIds: readonly OrgId[];
  workUntilMs: number; // work is declared on it until then; 0: none
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

type DirectoryDeps = { db: Db<unknown>; now: () => Date };

/** The registry in memory. Replaced as a whole, or mended for a few elevators. */
type Held = { byNo: Map<number, Known>; byName: Names; bound: ReadonlySet<string> };

/** By the kind of name, then the name as it was sent: joined into one key, each message would make a new text. */
type Names = Readonly<Record<'id' | 'registration_code' | 'rescue_code', Map<string, Known>>>;

const noNames = (): Names => ({ id: new Map(), registration_code: new Map(), rescue_code: new Map() });

function addNames({ id, registration_code, rescue_code }: Names, card: ElevatorCard, known: Known): void {
  id.set(card.id, known);
  if (card.registration_code) registration_code.set(card.registration_code, known);
  if (card.rescue_code) rescue_code.set(card.rescue_code, known);
}

/** A factory number, and a name with its issuer, are looked up. */
const namedIn = (names: Names, { type, value, issuer }: WireElevatorName): Known | undefined =>
  type === 'factory_number' || issuer !== undefined ? undefined : names[type].get(value);

async function readAll({ db, now }: DirectoryDeps): Promise<Held> {
  const own = db.withTables<TelemetryTables>();
  const cards = await directory(db.withTables());
  const work = await workUntil(own, now());
  const held = { byNo: new Map<number, Known>(), byName: noNames(), bound: await readBound(own) };
  for (const card of cards) hold(held, card, knownOf(card, work));
  return held;
}

function hold({ byNo, byName }: Held, card: ElevatorCard, known: Known): void {
  byNo.set(known.no, known);
  addNames(byName, card, known);
}

const readBound = async (own: Db<TelemetryTables>): Promise<ReadonlySet<string>> =>
  new Set((await listBindings(own)).map((b) => `${b.source_no} ${b.elevator_id}`));

/** Read these elevators again: their codes, units and work may be others, or they may be gone. */
async function mend(held: Held, { db, now }: DirectoryDeps, ids: readonly ElevatorId[]): Promise<void> {
  const own = db.withTables<TelemetryTables>();
  const cards = await elevatorsFor(db.withTables(), ids);
  const work = await workUntil(own, now(), ids);
  held.bound = await readBound(own);
  const stale = new Set(ids.flatMap((id) => held.byName.id.get(id) ?? []));
  for (const names of Object.values(held.byName))
    for (const [name, known] of names) if (stale.has(known)) names.delete(name);
  for (const { no } of stale) held.byNo.delete(no);
  for (const card of cards.values()) hold(held, card, knownOf(card, work));
}

export async function openDirectory(deps: DirectoryDeps): Promise<Directory> {
  const { db, now } = deps;
  let held = await readAll(deps);
  const looked = new Map<string, { known: Known | null; until: number }>();
  const refresh = async (): Promise<void> => {
    held = await readAll(deps);
    looked.clear();
  };
  return {
    byNo: (no) => held.byNo.get(no),
    find: (name) => {
      const known = namedIn(held.byName, name);
      if (known) return known;
      const before = looked.get(keyOf(name));
      return before && before.until > now().getTime() ? before.known : undefined;
    },
    look: async (names) => {
      const ids = await findByIdentifier(db.withTables(), names.map(givenOf));
      // A file opened since the directory was read: read it again rather than set its messages aside.
      if (ids.some((id) => id !== null && !held.byName.id.has(id))) await refresh();
      if (looked.size + names.length > MOST_REMEMBERED) looked.clear();
      for (const [i, name] of names.entries()) {
        const id = ids[i];
        const known = id ? (held.byName.id.get(id) ?? null) : null;
        const until = known ? Number.POSITIVE_INFINITY : now().getTime() + FORGET_UNKNOWN_MS;
        looked.set(keyOf(name), { known, until });
      }
    },
    maySpeak: (source, known) =>
      source.reach === 'city' ||
      (source.orgId !== null && (known.maintenanceOrgId === source.orgId || known.makerOrgId === source.orgId)) ||
      held.bound.has(`${source.no} ${known.id}`),
    refresh,
    refreshOnly: async (ids) => {
      await mend(held, deps, ids);
      looked.clear();
    },
    size: () => held.byNo.size,
  };
}

const keyOf = ({ type, value, issuer }: WireElevatorName): string =>
  issuer === undefined ? `${type} ${value}` : `${type} ${value} ${issuer}`;

function givenOf({ type, value, issuer }: WireElevatorName): GivenIdentifier | { type: 'id'; value: string } {
  if (type === 'id') return { type, value };
  return { type: IDENTIFIER_TYPES[type], value, ...(issuer !== undefined && { issuer }) };
}

const knownOf = (card: ElevatorCard, work: ReadonlyMap<ElevatorId, number>): Known => ({
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
  workUntilMs: work.get(card.id) ?? 0,
});
