/**
 * Who takes out cover: the use unit, or the maintenance unit it lets do so; before hand-over the maker or installer. Officials
 * place no business.
 */
export const TAKERS = ['use_unit_head', 'safety_director', 'maintenance_manager', 'maker', 'installer'];
/** The people of an insurer. */
export const INSURERS = ['underwriter', 'handler', 'approver', 'surveyor', 'cashier'];
/** Who reads quotes and policies, each within his scope. */
export const READERS = [...TAKERS, ...INSURERS, 'broker', 'city_regulator', 'district_regulator'];
/** Those who watch over a district or the city. */
export const OFFICIALS = ['city_regulator', 'district_regulator', 'street_office', 'department'];
