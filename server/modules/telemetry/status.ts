/** What each refusal of telemetry's routes is in HTTP. */
export const status = {
  'telemetry.not_found': 404,
  'telemetry.window': 400,
  'telemetry.finding_closed': 409,
  'telemetry.finding_taken': 409,
  'telemetry.changed_meanwhile': 409,
  'telemetry.work_foreign': 403,
  'telemetry.work_open': 409,
  'telemetry.work_over': 409,
  'telemetry.work_unknown_plate': 404,
  'telemetry.work_people_inside': 409,
  'telemetry.code_set_unknown': 400,
} as const;
