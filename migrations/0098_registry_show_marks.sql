-- What a building was made for and paid with decides which money may insure it: published beside the file, where others join it.
create or replace view registry.elevator_card with (security_invoker = true) as
select e.id, e.no, e.rescue_code, e.registration_code, e.kind, e.variety, e.state, e.place_class,
  e.address, b.estate, b.name as building_name, e.building_id, e.unit, e.district_code, e.street_code, e.community_code,
  e.area_codes, e.org_ids, e.use_org_id, e.maintenance_org_id, e.inspection_org_id, e.maker_org_id,
  e.lng, e.lat, e.power_feeder, e.rated_speed_mm_per_s, e.rated_load_kg, e.bottom_floor, e.top_floor, e.stops,
  e.model, e.brand, e.made_on, e.installed_on, e.in_use_on, e.next_inspection_on,
  array(select case c.field when 'funding' then c.value else c.field end from registry.classification c
    where c.elevator_id = e.id and (c.field in ('resettlement', 'affordable_housing') and c.value = 'true'
      or c.field = 'funding' and c.value = 'fiscal') order by 1) as marks
from registry.elevator e left join registry.building b on b.id = e.building_id
where e.merged_into is null;
