/** The HTTP number of every refusal of this module. */
export const status = {
  'registry.not_found': 404,
  'registry.changed_meanwhile': 409,
} as const;
