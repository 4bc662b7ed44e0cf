with input as materialized (
  select *
  from unnest(
    cast(:run_ids as uuid[]), cast(:owners as varchar[]), cast(:fences as bigint[]), cast(:attempt_ids as uuid[]),
    cast(:targets as varchar[]),
    cast(:due_at as timestamp with time zone[]), cast(:results as varchar[]), cast(:errors as varchar[]),
    cast(:output_content_types as varchar[]), cast(:output_forms as varchar[]), cast(:outputs as bytea[]),
    cast(:outcome_digests as uuid[])
  ) as n (
    run_id, owner, fence, attempt_id, target, due_at, result, error, output_content_type, output_form, output,
    outcome_digest)
),
locked as materialized (
  select r.run_id
  from leasehold.run r
  where r.tenant_id = :tenant and r.run_id = any (cast(:run_ids as uuid[]))
  order by r.run_id
  for update
),
ended as (
  delete from leasehold.lease l
  using input i
  where l.tenant_id = :tenant
    and l.run_id = any (array (select run_id from locked))
    and l.run_id = i.run_id and l.fence = i.fence and l.owner = i.owner and l.attempt_id = i.attempt_id
  returning
    l.run_id, l.owner, l.fence, l.attempt_id, l.attempt_number, l.started_at, i.target, i.due_at, i.result, i.error,
    i.output_content_type, i.output_form, i.output, i.outcome_digest
),
updated as (
  update leasehold.run r
  set state = e.target,
      due_at = e.due_at,
      attempts_suspended = r.attempts_suspended + case when e.result = 'Suspended' then 1 else 0 end,
      version = r.version + 1,
      pos = greatest(r.pos, (select base from leasehold.position_base) + cast(cast(pg_current_xact_id() as text) as bigint)),
      last_event_at = greatest(r.last_event_at, :now)
  from ended e
  where r.tenant_id = :tenant and r.run_id = any (array (select run_id from ended)) and r.run_id = e.run_id
  returning
    r.run_id, r.version, r.pos, r.last_event_at, e.fence, e.attempt_id, e.attempt_number, e.target,
    e.due_at as next_at, r.holds
),
attempts as (
  insert into leasehold.attempt (
    tenant_id, run_id, number, attempt_id, owner, fence, started_at, finished_at, result, error,
    output_content_type, output_form, output, outcome_digest, led_to)
  select
    :tenant, e.run_id, e.attempt_number, e.attempt_id, e.owner, e.fence, e.started_at, greatest(:now, e.started_at),
    e.result, e.error, e.output_content_type, e.output_form, e.output, e.outcome_digest, e.target
  from ended e
),
events as (
  insert into leasehold.event (
    tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, fence, attempt_id, attempt_number, due_at)
  select
    :tenant, u.run_id, u.version, u.pos, 'attempt.finished', u.last_event_at, :actor, 'Running>' || u.target,
    u.fence, u.attempt_id, u.attempt_number, u.next_at
  from updated u
),
tallied as (
  insert into leasehold.tally (tenant_id, place, pos, running, retry_wait, suspended, completed, failed)
  select
    :tenant, max(u.pos), max(u.pos), - count(*),
    count(*) filter (where u.target = 'RetryWait'), count(*) filter (where u.target = 'Suspended'),
    count(*) filter (where u.target = 'Completed'), count(*) filter (where u.target = 'Failed')
  from updated u
  having count(*) > 0
)
select run_id, holds from updated
