// pg-boss: two workers that fetch 1,000 jobs at a time and go on at once while batches are full; for latencies one job at a
// time, woken by NOTIFY. A completed job is kept, 7 days by default.
import { PgBoss } from 'pg-boss';

const QUEUE = 'bench';

export function boss(uri, command) {
  const notify = command === 'wake';
  let opened;
  const queue = {
    pending: `select count(*) from pgboss.job
      where name = '${QUEUE}' and state in ('created', 'retry', 'active') and start_after <= now()`,
    unfinished: `select count(*) from pgboss.job
      where name = '${QUEUE}' and id = any ($1::uuid[]) and state <> 'completed'`,
    kept: `select count(*) from pgboss.job where name = '${QUEUE}' and state = 'completed'`,

    async create() {
      await queue.open();
      await opened.createQueue(QUEUE);
    },

    async open() {
      if (opened) return;
      opened = new PgBoss({ connectionString: uri, max: 20, supervise: true, schedule: false, useListenNotify: notify });
      opened.on('error', error => console.error(error));
      await opened.start();
      if (notify) await opened.updateQueue(QUEUE, { notify: true });
    },

    enqueue: number => opened.send(QUEUE, { number }),

    enqueueMany: (from, count) => opened.insert(
      QUEUE, Array.from({ length: count }, (_, i) => ({ data: { number: from + i } }))),

    async work(handled) {
      await queue.open();
      const batches = { batchSize: 1000, localConcurrency: 2, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };
      const singles = { batchSize: 1, localConcurrency: 2, pollingIntervalSeconds: 0.5 };
      await opened.work(QUEUE, notify ? singles : batches, async jobs => {
        for (const job of jobs) handled.run(job.data.number, job.id);
      });
    },

    surround: (finished, future) => finished + future === 0 ? [] : [`
      insert into pgboss.job (name, data, state, start_after, created_on, started_on, completed_on, keep_until)
      select '${QUEUE}', '{"number":0}', 'completed', now(), now(), now(), now(), now() + interval '14 days'
      from generate_series(1, ${finished})`, `
      insert into pgboss.job (name, data, state, start_after, created_on, keep_until)
      select '${QUEUE}', '{"number":0}', 'created', now() + interval '30 days' + i * interval '1 second', now(),
        now() + interval '60 days'
      from generate_series(1, ${future}) i`],
  };
  return queue;
}
