import { MAINTENANCE, USE_UNIT } from '../identity/index.ts';

/** Those who keep the register write at once. */
export const REGISTRARS = ['city_regulator', 'district_regulator'] as const;

/** Those who answer for an elevator ask, and wait for a registrar. */
export const ASKERS = [...USE_UNIT, ...MAINTENANCE, 'maker', 'installer', 'inspector', 'street_office'] as const;

/** Who puts up 使用标志: the registering authority, and the inspection body that renews them after an inspection. */
export const SIGNERS = [...REGISTRARS, 'inspector'];
