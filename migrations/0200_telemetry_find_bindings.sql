-- The doors read who may speak for an elevator slice by slice, by the elevators of the slice.
create index binding_elevator on telemetry.binding (elevator_id);
