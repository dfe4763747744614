import { INSURERS, REGULATORS } from '../../../contract/identity-vocabulary.ts';

/**
 * Who takes out cover: the use unit, or the maintenance unit it lets do so; before hand-over the maker or installer. Officials
 * place no business.
 */
export const TAKERS = ['use_unit_head', 'safety_director', 'maintenance_manager', 'maker', 'installer'];
/** Who reads quotes and policies, each within his scope. */
export const READERS = [...TAKERS, ...INSURERS, 'broker', ...REGULATORS];
