import type { GRANTS, ORG_KINDS } from '../../../contract/identity-vocabulary.ts';
import type { SANDBOX_KINDS } from '../../../contract/sandbox.ts';

export type SandboxKind = (typeof SANDBOX_KINDS)[number];

/** What a system of a kind is given. */
export type Offer = {
  orgKind: (typeof ORG_KINDS)[number] | null; // whom it speaks for; null: the whole city
  party: 'maker' | 'maintenance' | null; // whose elevators it may send for
  grants: readonly (typeof GRANTS)[number][];
  doors: readonly ('api' | 'mqtt')[];
  days: number; // how long its keys open
};

const WEEK = 7;
const TELLS: Offer['grants'] = ['telemetry:write', 'telemetry:read', 'elevators:read', 'stream:read'];

/** An organisation has one system that acts in roles: those keys end after a day, so that the next one gets its turn. */
export const OFFERS: Readonly<Record<SandboxKind, Offer>> = {
  maker: { orgKind: 'maker', party: 'maker', grants: TELLS, doors: ['api', 'mqtt'], days: WEEK },
  maintenance: {
    orgKind: 'maintenance_unit',
    party: 'maintenance',
    grants: [...TELLS, 'incidents:read'],
    doors: ['api', 'mqtt'],
    days: WEEK,
  },
  desk: {
    orgKind: null,
    party: null,
    grants: ['incidents:read', 'incidents:write', 'elevators:read', 'stations:read', 'statistics:read', 'stream:read'],
    doors: ['api'],
    days: WEEK,
  },
  insurer: {
    orgKind: 'insurer',
    party: null,
    grants: ['claims:write', 'bank:write', 'role:underwriter', 'role:handler', 'role:cashier'],
    doors: ['api'],
    days: 1,
  },
  broker: { orgKind: 'broker', party: null, grants: ['role:broker'], doors: ['api'], days: 1 },
  reader: {
    orgKind: null,
    party: null,
    grants: ['elevators:read', 'telemetry:read', 'incidents:read', 'stations:read', 'statistics:read', 'stream:read'],
    doors: ['api'],
    days: WEEK,
  },
};
