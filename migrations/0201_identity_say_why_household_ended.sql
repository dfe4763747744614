-- A household that is refused, or that is none any more, hears why.
alter table identity.household add column ended_reason text;
