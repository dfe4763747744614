-- A posting is seen with its entry, asked of that entry alone: as "exists" the planner may read every entry there is. That an
-- entry balances is asked for every posting at the end of its transaction, thousands of times when the policies of a season are
-- issued: planned once and always through the key, instead of planned anew each time for fear of a plan from empty books.
drop policy seen on insurance.posting;
create policy seen on insurance.posting to tian_request
  using ((select true from insurance.entry e where e.id = entry_id))
  with check ((select true from insurance.entry e where e.id = entry_id));
alter function insurance.check_balance() reset plan_cache_mode;
alter function insurance.check_balance() set enable_seqscan = off;
