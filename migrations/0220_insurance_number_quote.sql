-- A quote has a number people can say on the phone and write in a table: a clerk with thousands of rows names the one that was
-- refused. It rises with the quotes of the installation and says nothing else; the year before it is that of the asking.
alter table insurance.quote add column no bigint generated always as identity;
create unique index quote_by_no on insurance.quote (no);
