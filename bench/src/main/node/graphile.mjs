// graphile-worker as its page on performance says: 24 jobs at once, a local queue of 500, completions in batches without a
// delay; "graphile-worker-plain" is without the queue and the batches. A completed job is deleted.
import { Logger, makeWorkerUtils, run } from 'graphile-worker';

const CONCURRENT = 24;
const logger = new Logger(() => () => { });

export function graphile(uri, system) {
  const batching = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };
  let utils;
  const queue = {
    pending: 'select count(*) from graphile_worker._private_jobs where run_at <= now()',
    unfinished: 'select count(*) from graphile_worker._private_jobs where id = any ($1::bigint[])',

    async create() {
      await queue.open(1);
      await utils.migrate();
    },

    async open(threads) {
      utils = await makeWorkerUtils({ connectionString: uri, logger, maxPoolSize: Math.max(10, threads + 2) });
    },

    enqueue: number => utils.addJob('noop', { number }),

    enqueueMany: (from, count) => utils.addJobs(
      Array.from({ length: count }, (_, i) => ({ identifier: 'noop', payload: { number: from + i } }))),

    async work(handled) {
      const worker = {
        connectionString: uri, logger, concurrentJobs: CONCURRENT, maxPoolSize: CONCURRENT + 1, pollInterval: 2000,
        ...(system === 'graphile-worker' ? batching : {}),
      };
      const noop = async ({ number }, { job }) => handled.run(number, job.id);
      await run({ preset: { worker }, taskList: { noop }, noHandleSignals: true, logger });
    },

    surround: (finished, future) => future === 0 ? [] : [`
      insert into graphile_worker._private_jobs (task_id, payload, run_at)
      select (select id from graphile_worker._private_tasks where identifier = 'noop'), '{"number":0}',
        now() + interval '30 days' + i * interval '1 second'
      from generate_series(1, ${future}) i`],
  };
  return queue;
}
