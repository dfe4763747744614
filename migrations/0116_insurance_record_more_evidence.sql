-- Facts of a use unit and residents' consent are recorded like any other evidence. After every file that names the kinds.
alter table insurance.evidence drop constraint evidence_kind_check;
alter table insurance.evidence add constraint evidence_kind_check
  check (kind in ('stars', 'unit_losses', 'management_grade', 'inspection', 'residents', 'unit_facts', 'residents_consent'));
