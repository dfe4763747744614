/** The HTTP number of every refusal of this module. */
export const status = {
  'registry.not_found': 404,
  'registry.changed_meanwhile': 409,
  'registry.merged': 409,
  'registry.merge_same': 422,
  'registry.identifier_taken': 409,
  'registry.nothing_changed': 422,
  'registry.variety_kind': 422,
  'registry.area_unknown': 422,
  'registry.dates_reversed': 422,
  'registry.org_unknown': 422,
  'registry.change_decided': 409,
  'registry.change_own': 403,
  'registry.change_stale': 409,
  'registry.case_closed': 409,
  'registry.state_step': 409,
  'registry.evidence_missing': 422,
} as const;
