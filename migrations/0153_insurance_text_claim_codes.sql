-- Where a claim code went by text, so that nobody hands the same one out again. The number is masked.
alter table insurance.entrapment_draft add column texted_at timestamptz;
alter table insurance.entrapment_draft add column texted_to text;
alter table insurance.entrapment_draft add constraint entrapment_draft_texted check ((texted_at is null) = (texted_to is null));
