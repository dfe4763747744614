import type { RescueRefusal } from './command.rules.ts';
import type { VolunteerRefusal } from './volunteer.rules.ts';

/** What keeping stations, rescuers, rosters, drills and calls may be refused for. */
export type FieldRefusal = {
  code:
    | 'rescue.no_station'
    | 'rescue.station_changed'
    | 'rescue.no_person'
    | 'rescue.no_rescuer'
    | 'rescue.no_duty'
    | 'rescue.no_drill'
    | 'rescue.no_elevator'
    | 'rescue.drill_over'
    | 'rescue.drill_in_past'
    | 'rescue.elevator_busy'
    | 'rescue.not_your_unit'
    | 'rescue.no_call'
    | 'rescue.call_settled'
    | 'rescue.no_caller'
    | 'rescue.no_call_back';
};

type Code = RescueRefusal['code'] | FieldRefusal['code'] | VolunteerRefusal['code'] | 'rescue.not_a_rescuer';

/** The HTTP number of every refusal of this module. */
export const status: Record<Code, number> = {
  'rescue.not_found': 404,
  'rescue.no_elevator': 404,
  'rescue.no_station': 404,
  'rescue.no_person': 404,
  'rescue.no_rescuer': 404,
  'rescue.no_duty': 404,
  'rescue.no_drill': 404,
  'rescue.no_call': 404,
  'rescue.not_your_unit': 403,
  'rescue.not_a_rescuer': 409,
  'rescue.station_changed': 409,
  'rescue.drill_over': 409,
  'rescue.drill_in_past': 409,
  'rescue.elevator_busy': 409,
  'rescue.no_caller': 409,
  'rescue.no_call_back': 409,
  'rescue.call_settled': 409,
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
  'rescue.no_volunteers': 404,
  'rescue.volunteer_code_unknown': 404,
  'rescue.volunteers_changed': 409,
  'rescue.volunteers_decided': 409,
  'rescue.volunteers_stand_no_more': 409,
  'rescue.volunteer_known_phone': 409,
  'rescue.volunteer_papers': 409,
  'rescue.volunteer_paper_kind': 422,
  'rescue.volunteers_until_past': 422,
  'rescue.volunteers_until_far': 422,
  'rescue.volunteer_district': 422,
  'rescue.volunteer_near_code': 422,
  'rescue.volunteer_members': 422,
  'rescue.volunteer_member_twice': 422,
  'rescue.volunteer_certificate_over': 422,
};
