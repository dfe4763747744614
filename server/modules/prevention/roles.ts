import { INSURERS, MAINTENANCE, OFFICIALS, USE_UNIT } from '../../../contract/identity-vocabulary.ts';

/** Who goes to elevators for an insurer. */
export const SURVEYORS = ['surveyor', 'handler'];
/** Who answers for what is found: the use unit's and the maintenance unit's people. */
export const OWNERS = [...USE_UNIT, ...MAINTENANCE];
/** Who reads visits and findings, each within his scope. */
export const READERS = [...OFFICIALS, ...INSURERS, 'broker', ...OWNERS, 'owner'];
