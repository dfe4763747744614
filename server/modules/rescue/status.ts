import type { RescueRefusal } from './command.rules.ts';

/** The HTTP number of every refusal of this module. */
export const status: Record<RescueRefusal['code'] | 'rescue.no_elevator' | 'rescue.not_a_rescuer', number> = {
  'rescue.not_found': 404,
  'rescue.no_elevator': 404,
  'rescue.not_a_rescuer': 409,
  'rescue.changed_meanwhile': 409,
  'rescue.ended': 409,
  'rescue.crew_on_site': 409,
  'rescue.crew_under_way': 409,
  'rescue.top_level': 409,
  'rescue.already_offered': 409,
  'rescue.no_such_offer': 409,
  'rescue.not_released': 409,
  'rescue.still_open': 409,
  'rescue.already_open': 409,
  'rescue.must_look_again': 409,
  'rescue.nothing_to_look_at': 409,
  'rescue.no_timer': 409,
};
