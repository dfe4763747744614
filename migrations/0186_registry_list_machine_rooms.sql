-- Machine rooms of some places with their air conditioning, in the scope of the transaction. Under row security every class
-- fact would be asked for its elevator one by one; here the elevators of the scope are found once and their facts follow.
create function registry.machine_rooms(places text[]) returns table (elevator_id uuid, place text, cooled boolean)
  language sql stable parallel safe security definer set search_path = pg_catalog
begin atomic
  select e.id, k.value, case c.value when 'true' then true when 'false' then false end
  from registry.elevator e
    join registry.classification k on k.elevator_id = e.id and k.field = 'machine_room_place' and k.value = any (places)
    left join registry.classification c on c.elevator_id = e.id and c.field = 'machine_room_cooled'
  where e.merged_into is null and e.state <> 'scrapped' and kernel.sees(e.area_codes, e.org_ids);
end;
revoke execute on function registry.machine_rooms(text[]) from public;
grant execute on function registry.machine_rooms(text[]) to tian_request;
