-- When the last elevator that is counted in a power cut went dark: one that went dark before is counted already.
alter table telemetry.power_cut add column last_at timestamptz;
update telemetry.power_cut set last_at = started_at;
alter table telemetry.power_cut alter column last_at set not null;
