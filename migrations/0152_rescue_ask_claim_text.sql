-- Whoever called for help may want the claim code on the same phone. The number was given to be rescued: for anything else one asks.
alter table rescue.call add column claim_text boolean not null default false;
