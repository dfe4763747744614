-- What a message says that only its reader may know (a code that opens something) waits as cipher text and goes with the sending.
alter table kernel.delivery add column sealed text;
