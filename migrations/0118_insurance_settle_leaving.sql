-- A sheet for 接续 and 赎回: how much of the premium was used, what goes back to whom, and what the books say of it.
alter table insurance.document drop constraint document_kind_check;
alter table insurance.document add constraint document_kind_check check (kind in ('policy', 'endorsement', 'receipt', 'settlement'));
