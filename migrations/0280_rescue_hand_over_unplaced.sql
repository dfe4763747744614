-- The shift that goes also leaves calls for help of which nobody knows yet which elevator they mean.
alter table rescue.handover add column unplaced integer not null default 0 check (unplaced >= 0);
