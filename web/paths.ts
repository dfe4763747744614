import { type Query, queryText } from './api.ts';

/** Every address of the console is built here and nowhere else. */
export const paths = {
  signIn: (next?: string) => `/sign-in${queryText({ next })}`,
  setup: () => '/setup',
  overview: (area?: string) => (area ? `/overview/${area}` : '/'),
  map: (query?: Query) => `/map${queryText(query)}`,
  elevators: (query?: Query) => `/elevators${queryText(query)}`,
  elevator: (id: string, tab?: string) => `/elevators/${id}${queryText({ tab })}`,
  imports: () => '/import',
  importRun: (id: string) => `/import/${id}`,
  health: (query?: Query) => `/telemetry${queryText(query)}`,
  quarantine: (query?: Query) => `/telemetry/quarantine${queryText(query)}`,
  desk: () => '/desk',
  incidents: (query?: Query) => `/incidents${queryText(query)}`,
  incident: (id: string) => `/incidents/${id}`,
  stations: () => '/stations',
  statistics: (query?: Query) => `/statistics${queryText(query)}`,
  jobs: () => '/jobs',
  job: (id: string) => `/jobs/${id}`,
  organisations: (query?: Query) => `/organisations${queryText(query)}`,
  people: (query?: Query) => `/people${queryText(query)}`,
  accounts: (query?: Query) => `/accounts${queryText(query)}`,
  machines: () => '/machine-clients',
  audit: (query?: Query) => `/audit${queryText(query)}`,
  packs: () => '/city-pack',
  ownAccount: () => '/account',
} as const;
