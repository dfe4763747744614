-- A licence to sell for insurers (保险代理, 保险法 119): without it or a broker's nobody may be paid a commission.
alter table identity.licence drop constraint licence_kind_check;
alter table identity.licence add constraint licence_kind_check
  check (kind in ('making', 'installation', 'maintenance', 'inspection', 'testing', 'insurance', 'agency', 'broking'));
