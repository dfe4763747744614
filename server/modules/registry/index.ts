export { directory, type ElevatorCard, elevatorsFor, findByIdentifier } from './card.views.ts';
export type { GivenIdentifier } from './identifier.rules.ts';
export type { RegistryTables } from './tables.ts';
