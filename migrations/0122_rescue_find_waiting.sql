-- Who still waits for the agent while an event grows around them is asked four times a second: the answer must cost nothing.
create index incident_waiting on rescue.incident (group_id) where phase = 'raised' and level = 0 and group_id is not null;
