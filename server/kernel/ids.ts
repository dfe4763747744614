import { v7 } from 'uuid';

type Brand<T, Name extends string> = T & { readonly __id: Name };

/** Our own immutable id of an elevator (UUIDv7). Outside codes are `registry.identifier` rows. */
export type ElevatorId = Brand<string, 'elevator'>;
/** The same elevator as a small integer: the key of telemetry history. Never shown to people. */
export type ElevatorNo = Brand<number, 'elevator_no'>;
export type OrgId = Brand<string, 'org'>;
export type PersonId = Brand<string, 'person'>;
export type AccountId = Brand<string, 'account'>;
export type FindingId = Brand<string, 'finding'>;
export type IncidentId = Brand<string, 'incident'>;
export type FileHash = Brand<string, 'file'>;

/** A new time-ordered id, made in the application: PostgreSQL 15 has no `uuidv7()`. */
export const newId = (): string => v7();
