import { v5, v7 } from 'uuid';

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

/** The space of ids that are made from their cause (RFC 9562 version 5). Never changes. */
const DERIVED = '6c1b1f0e-5d0c-4b0b-9a55-74a5d0b1f2c3';

/** The id of what these parts cause: the same parts give the same id, so that a repeat makes nothing new. */
export const derivedId = (...parts: readonly (string | number)[]): string => v5(parts.join('|'), DERIVED);
