import { MAINTENANCE, REGULATORS, USE_UNIT } from '../../../contract/identity-vocabulary.ts';

/** Those who keep the register write at once. */
export const REGISTRARS = REGULATORS;

/** Those who answer for an elevator ask, and wait for a registrar. */
export const ASKERS = [...USE_UNIT, ...MAINTENANCE, 'maker', 'installer', 'inspector', 'street_office'];

/** Who puts up 使用标志: the registering authority, and the inspection body that renews them after an inspection. */
export const SIGNERS = [...REGISTRARS, 'inspector'];
