import type { Logger } from 'pino';
import type { Db } from '../../kernel/db.ts';
import type { Keys } from '../../kernel/keys.ts';
import type { Scoped } from '../../kernel/scope.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import type { Point, Travel } from './candidate.rules.ts';
import type { RescueSettings } from './pack.ts';
import type { People } from './people.ts';
import type { RescueTables } from './tables.ts';

/** What the rescue module works with. */
export type RescueDeps = {
  db: Db<RescueTables>;
  scoped: Scoped<RescueTables>;
  now: () => Date;
  newId: () => string;
  keys: Keys;
  secret: SecretData; // callers' numbers and peers' credentials, sealed with the cipher of this installation
  log: Logger;
  settings: RescueSettings;
  areaNames: ReadonlyMap<string, string>; // districts of the city by code
  /** How long each of these places is away from one: by roads where they are loaded, else by a stretched straight line. */
  travel: (from: readonly Point[], to: Point) => readonly Travel[];
  /** The way from each of these places to one, corner by corner, for a map. Null: not by road. */
  ways: (from: readonly Point[], to: Point) => readonly (readonly Point[] | null)[];
  people: People;
  voice: VoiceAdapter;
};

/** Connects the desk with the car. The default writes to the log and says so; a city brings its own. */
export type VoiceAdapter = {
  name: string;
  start: (call: {
    talkId: string;
    elevatorId: string;
    rescueCode: string | null;
    incidentId: string;
  }) => Promise<{ ok: boolean; reason: string }>;
  end: (talkId: string) => Promise<void>;
};

/** The parts of them that commands need. */
export type CommandDeps = Pick<RescueDeps, 'db' | 'now' | 'newId' | 'settings' | 'travel'>;
