import type { AccountRefusal } from './account.rules.ts';
import type { DirectoryRefusal } from './directory.rules.ts';
import type { EnrolmentRefusal } from './enrolment.service.ts';
import type { SignInRefusal } from './sign-in.rules.ts';
import type { ChangeRefusal } from './sign-in.service.ts';

type Code = (AccountRefusal | DirectoryRefusal | EnrolmentRefusal | SignInRefusal | ChangeRefusal)['code'];

/** How each refusal of this module leaves the building. */
export const refusalStatus: Readonly<Record<Code, number>> = {
  'identity.not_found': 404,
  'identity.changed_meanwhile': 409,
  'identity.sign_in_refused': 401,
  'identity.code_refused': 401,
  'identity.no_sign_in': 401,
  'identity.wait': 429,
  'identity.second_factor_exists': 409,
  'identity.password_wrong': 401,
  'identity.password_same': 422,
  'identity.password_short': 422,
  'identity.password_long': 422,
  'identity.password_plain': 422,
  'identity.password_common': 422,
  'identity.password_has_name': 422,
  'identity.username_bad': 422,
  'identity.username_taken': 409,
  'identity.org_needed': 422,
  'identity.area_needed': 422,
  'identity.area_unknown': 422,
  'identity.person_elsewhere': 422,
  'identity.own_account': 409,
  'identity.last_administrator': 409,
  'identity.is_active': 409,
  'identity.is_suspended': 409,
  'identity.no_second_factor': 409,
  'identity.setup_done': 409,
  'identity.setup_code_wrong': 403,
  'identity.client_org_needed': 422,
  'identity.client_role_of_other': 422,
  'identity.client_role_taken': 409,
  'identity.org_closed': 409,
  'identity.number_taken': 409,
  'identity.dates_reversed': 422,
  'identity.phone_bad': 422,
  'identity.outside_scope': 403,
  'identity.erased': 410,
};
