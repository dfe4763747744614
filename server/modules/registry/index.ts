export type { GivenIdentifier } from './identifier.rules.ts';
export { directory, type ElevatorCard, elevatorsFor, findByIdentifier } from './questions.ts';
export type { RegistryTables } from './tables.ts';
