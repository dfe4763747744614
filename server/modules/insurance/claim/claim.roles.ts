import { DESK, INSURERS, OFFICIALS, REGULATORS, USE_UNIT } from '../../../../contract/identity-vocabulary.ts';

/** Who reads claims, each within his scope: officials and the broker only read. */
export const CLAIM_READERS = [...INSURERS, 'broker', ...OFFICIALS, ...USE_UNIT, 'maintenance_manager'];
/** Who may report an accident with an account. */
export const REPORTERS = [...INSURERS, 'broker', ...USE_UNIT, 'maintenance_manager', ...DESK];
/** Who was at the elevator, or answers for it, and hands the claim codes out. */
export const CODE_KEEPERS = [...USE_UNIT, ...DESK, 'maintenance_manager', 'technician', 'rescuer', 'rescue_station'];
/** Who mediates: it decides nothing and moves no money. */
export const MEDIATORS = ['broker', ...REGULATORS];
