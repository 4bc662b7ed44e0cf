-- a report stands at the place of its run among the ids, which ascend: a join would be planned by chance
with input as materialized (
  select
    cast(:run_ids as uuid[]) as run_ids, cast(:fences as bigint[]) as fences, cast(:attempt_ids as uuid[]) as attempt_ids,
    cast(:owners as varchar[]) as owners, cast(:owner_at as integer[]) as owner_at, cast(:ending_at as integer[]) as ending_at,
    cast(:targets as varchar[]) as targets, cast(:due_at as timestamp with time zone[]) as due_at,
    cast(:results as varchar[]) as results, cast(:errors as varchar[]) as errors,
    cast(:output_content_types as varchar[]) as output_content_types, cast(:output_forms as varchar[]) as output_forms,
    cast(:outputs as bytea[]) as outputs, cast(:outcome_digests as uuid[]) as outcome_digests,
    (select base from leasehold.position_base) + cast(cast(pg_current_xact_id() as text) as bigint) as pos
),
locked as materialized (
  select r.run_id
  from leasehold.run r
  where r.tenant_id = :tenant and r.run_id = any ((select run_ids from input)::uuid[])
  order by r.run_id
  for update
),
ended as (
  delete from leasehold.lease l
  where l.tenant_id = :tenant
    and l.run_id = any (array (select run_id from locked))
    and l.fence = (select fences from input)[width_bucket(l.run_id, (select run_ids from input))]
    and l.attempt_id = (select attempt_ids from input)[width_bucket(l.run_id, (select run_ids from input))]
    and l.owner = (select owners from input)[(select owner_at from input)[width_bucket(l.run_id, (select run_ids from input))]]
  returning
    l.run_id, l.owner, l.fence, l.attempt_id, l.attempt_number, l.started_at,
    (select ending_at from input)[width_bucket(l.run_id, (select run_ids from input))] as ending
),
updated as (
  update leasehold.run r
  set state = (select targets from input)[(select ending_at from input)[width_bucket(r.run_id, (select run_ids from input))]],
      due_at = (select due_at from input)[(select ending_at from input)[width_bucket(r.run_id, (select run_ids from input))]],
      attempts_suspended = r.attempts_suspended + case
        when (select results from input)[(select ending_at from input)[width_bucket(r.run_id, (select run_ids from input))]]
          = 'Suspended' then 1 else 0 end,
      version = r.version + 1,
      pos = greatest(r.pos, (select pos from input)),
      last_event_at = greatest(r.last_event_at, :now)
  where r.tenant_id = :tenant and r.run_id = any (array (select run_id from ended))
  returning
    r.run_id, r.version, r.pos, r.last_event_at, r.attempts_started, r.state, r.due_at, r.holds, r.again,
    width_bucket(r.run_id, (select run_ids from input)) as place
),
attempts as (
  insert into leasehold.attempt (
    tenant_id, run_id, number, attempt_id, owner, fence, started_at, finished_at, result, error,
    output_content_type, output_form, output, outcome_digest, led_to)
  select
    :tenant, e.run_id, e.attempt_number, e.attempt_id, e.owner, e.fence, e.started_at, greatest(:now, e.started_at),
    i.results[e.ending], i.errors[e.ending], i.output_content_types[e.ending], i.output_forms[e.ending], i.outputs[e.ending],
    i.outcome_digests[e.ending], i.targets[e.ending]
  from ended e
  cross join input i
),
events as (
  insert into leasehold.event (
    tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, fence, attempt_id, attempt_number, due_at)
  select
    :tenant, u.run_id, u.version, u.pos, 'attempt.finished', u.last_event_at, :actor, 'Running>' || u.state,
    i.fences[u.place], i.attempt_ids[u.place], u.attempts_started, u.due_at
  from updated u
  cross join input i
),
tallied as (
  insert into leasehold.tally (tenant_id, place, pos, running, retry_wait, suspended, completed, failed)
  select
    :tenant, max(u.pos), max(u.pos), - count(*),
    count(*) filter (where u.state = 'RetryWait'), count(*) filter (where u.state = 'Suspended'),
    count(*) filter (where u.state = 'Completed'), count(*) filter (where u.state = 'Failed')
  from updated u
  having count(*) > 0
)
select run_id, holds, again from updated
