import type { RawBuilder } from 'kysely';
import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Scoped, Viewer } from '../../kernel/scope.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import type { City } from './city.ts';
import type { StoredFile } from './file.store.ts';
import type { PointMap } from './map.service.ts';
import type { RegistryTables } from './tables.ts';

export type InsuredElevators = (on: string) => RawBuilder<unknown>;

/** The cover of an elevator on a day that lasts longest, as far as everybody may know; undefined: none. */
export type CoverOf = (elevatorId: ElevatorId, on: string) => Promise<{ insurer: string; until: string } | undefined>;

/** What the registry works with: its own tables, the viewer's scope, the city, the map's memory. */
export type RegistryDeps = {
  db: Db<RegistryTables>;
  scoped: Scoped<RegistryTables>;
  now: () => Date;
  newId: () => string;
  keys: Keys;
  secret: SecretData;
  log: Logger;
  dataDir: string;
  city: City;
  map: PointMap;
  /** Every elevator that is insured on a day, as a question to ask inside another; null: nobody told the registry. */
  insured: InsuredElevators | null;
  /** By whom an elevator is insured on a day, for its plate; null: nobody told the registry. */
  cover: CoverOf | null;
  /** What a viewer may do with a file, each with the refusal when he may not. */
  canFor: (viewer: Viewer) => (file: StoredFile) => Record<string, true | { code: string }>;
};
