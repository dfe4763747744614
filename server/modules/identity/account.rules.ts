import { accept, type Result, refuse } from '../../kernel/result.ts';
import { needsOrg, type Role, reachOf } from './roles.rules.ts';
import { isUsername } from './sign-in.rules.ts';

export type AccountRefusal =
  | { code: 'identity.not_found' }
  | { code: 'identity.changed_meanwhile' }
  | { code: 'identity.username_bad' }
  | { code: 'identity.username_taken' }
  | { code: 'identity.org_needed' }
  | { code: 'identity.area_needed' }
  | { code: 'identity.area_unknown'; value: string }
  | { code: 'identity.person_elsewhere' }
  | { code: 'identity.own_account' }
  | { code: 'identity.last_administrator' }
  | { code: 'identity.is_active' }
  | { code: 'identity.is_suspended' }
  | { code: 'identity.no_second_factor' }
  | { code: 'identity.setup_done' }
  | { code: 'identity.setup_code_wrong' }
  | { code: 'identity.client_org_needed' }
  | { code: 'identity.client_role_of_other'; grant: string }
  | { code: 'identity.client_role_taken'; name: string };

/** What an account is asked to be. */
export type AccountPlan = {
  username: string;
  role: Role;
  orgId: string | null;
  areas: readonly string[];
  person: { orgId: string | null } | null; // who stands behind it
  unknownAreas: readonly string[]; // of `areas`, those that are no division of this city
};

/** May such an account be? It must be able to see what its role needs, and no person acts for another's organisation. */
export function judgeAccount(plan: AccountPlan): Result<null, AccountRefusal> {
  if (!isUsername(plan.username)) return refuse({ code: 'identity.username_bad' });
  if (needsOrg(plan.role) && !plan.orgId) return refuse({ code: 'identity.org_needed' });
  const officeOfADistrict = plan.role === 'district_regulator' || plan.role === 'street_office';
  if (officeOfADistrict && plan.areas.length === 0) return refuse({ code: 'identity.area_needed' });
  const [unknown] = plan.unknownAreas;
  if (unknown !== undefined) return refuse({ code: 'identity.area_unknown', value: unknown });
  if (plan.person?.orgId && plan.orgId && plan.person.orgId !== plan.orgId)
    return refuse({ code: 'identity.person_elsewhere' });
  return accept(null);
}

/** The areas that an account keeps: only offices have any. */
export const areasFor = (role: Role, areas: readonly string[]): readonly string[] =>
  reachOf(role) === 'areas' ? areas : [];

/** What decides whether an account may be suspended, as far as the administrator may know. */
export type Standing = {
  isOwn: boolean; // the one who asks
  role: Role;
  active: boolean;
  activeAdministrators: number;
};

/** May an account be suspended? Never one's own, and never the last administrator: nobody could undo it. */
export function maySuspend(account: Standing): Result<null, AccountRefusal> {
  if (!account.active) return refuse({ code: 'identity.is_suspended' });
  if (account.isOwn) return refuse({ code: 'identity.own_account' });
  return isLastAdministrator(account) ? refuse({ code: 'identity.last_administrator' }) : accept(null);
}

/** May an account take another role? The last administrator may not stop being one. */
export const mayTakeRole = (account: Standing, role: Role): Result<null, AccountRefusal> =>
  role !== account.role && isLastAdministrator(account)
    ? refuse({ code: 'identity.last_administrator' })
    : accept(null);

const isLastAdministrator = ({ role, active, activeAdministrators }: Standing): boolean =>
  role === 'administrator' && active && activeAdministrators <= 1;
