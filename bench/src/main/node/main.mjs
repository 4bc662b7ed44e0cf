// One process for one load or one repetition of a system on Node.js; NodePeer starts it and speaks with it by lines:
// it says "ready", is told "start", and says "done <runs>", "complete", "latencies <ms> ..." and "good" or "void <why>".
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { graphile } from './graphile.mjs';
import { boss } from './boss.mjs';

const { system, command, uri, runs, options } = JSON.parse(process.argv[2]);
const LONGEST_MS = 300_000;
const RECENT = 5_000;

const say = line => process.stdout.write(line + '\n');
const option = (name, otherwise) => Number(options[name] ?? otherwise);
const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function start() {
  say('ready');
  await input.next();
}

/** What handlers did: when each run began, how many did, and which were the last. */
class Handled {
  count = 0;
  twice = 0;
  recent = [];

  constructor(expected, tell) {
    this.begun = new Float64Array(expected);
    this.step = tell ? Math.max(1, Math.floor(expected / 20)) : Infinity;
  }

  run(number, id) {
    const now = performance.now();
    if (this.begun[number] > 0) this.twice++;
    this.begun[number] = now;
    this.recent[this.count++ % RECENT] = id;
    if (this.count % this.step === 0) say('done ' + this.count);
  }

  async all() {
    const limit = performance.now() + LONGEST_MS;
    while (this.count < this.begun.length && performance.now() < limit) await sleep(2);
  }
}

/** The system's own client is not used to look. */
async function query(text, values) {
  const client = new pg.Client(uri);
  await client.connect();
  try {
    const { rows } = await client.query(text, values);
    return rows.length ? Number(Object.values(rows[0])[0]) : 0;
  } finally {
    await client.end();
  }
}

/** As Count does in Java. */
function judge({ all, handled, left, complete }) {
  const good = left === 0 && handled.count === all && handled.twice === 0 && complete === all;
  say(good ? 'good' : `void of ${all} runs ${handled.count} were handled, ${handled.twice} of them again, `
    + `${left} are left and ${complete} are complete`);
}

/** Waits until nothing is pending. */
async function none(queue) {
  const limit = performance.now() + 30_000;
  for (; ;) {
    const left = await query(queue.pending);
    if (left === 0 || performance.now() > limit) return left;
    await sleep(20);
  }
}

async function load(queue) {
  await queue.create();
  if (option('load_runs', 0) > 0) {
    for (let from = 0; from < runs; from += 1000) await queue.enqueueMany(from, Math.min(1000, runs - from));
    for (const statement of queue.surround(option('finished', 0), option('future', 0))) await query(statement);
  }
}

async function enqueue(queue) {
  const batch = option('batch', 1);
  await queue.open(option('threads', 1));
  const pass = async (from, to) => {
    let next = from;
    const one = async () => {
      while (next < to) {
        const first = next;
        next += batch;
        await (batch === 1 ? queue.enqueue(first) : queue.enqueueMany(first, Math.min(batch, to - first)));
      }
    };
    await Promise.all(Array.from({ length: option('threads', 1) }, one));
  };
  let warm = 0;
  const warmUp = async (more) => {
    await pass(warm, warm + more);
    warm += more;
  };
  if (batch > 1) {
    await warmUp(5 * batch);
  } else {
    // as long as everybody, see WarmUp.java
    for (const end = Date.now() + 20_000; Date.now() < end; ) await warmUp(1_000);
  }
  await start();
  await pass(warm, warm + runs);
  say('complete');
  const there = await query(queue.pending);
  say(there === warm + runs ? 'good' : `void ${there} runs are there instead of ${warm + runs}`);
}

async function drain(queue) {
  const handled = new Handled(runs, true);
  const look = new pg.Client(uri);
  await look.connect();
  await start();
  await queue.work(handled);
  await handled.all();
  const limit = performance.now() + LONGEST_MS;
  while (performance.now() < limit) {
    const { rows } = await look.query(queue.unfinished, [handled.recent]);
    if (Number(rows[0].count) === 0) break;
    await sleep(2);
  }
  say('complete');
  const complete = queue.kept ? await query(queue.kept) - option('finished', 0) : runs;
  judge({ all: runs, handled, left: await query(queue.pending), complete });
}

async function wake(queue) {
  const warm = 20_000, all = warm + runs;
  const handled = new Handled(all, false);
  await queue.open(1);
  await queue.work(handled);
  await sleep(3000);
  const committed = new Float64Array(all);
  const pace = async (from, to, perSecond) => {
    const first = performance.now();
    for (let i = from; i < to; i++) {
      for (let left; (left = first + (i - from) * 1000 / perSecond - performance.now()) > 0;) {
        await sleep(left > 2 ? left - 1 : 0);
      }
      await queue.enqueue(i);
      committed[i] = performance.now();
    }
  };
  await pace(0, warm, 500);
  await start();
  await pace(warm, all, option('per_second', 50));
  await Promise.race([handled.all(), sleep(30_000)]);
  say('complete');
  const millis = Array.from({ length: runs }, (_, i) => Math.max(0, handled.begun[warm + i] - committed[warm + i]));
  say('latencies ' + millis.map(value => value.toFixed(4)).join(' '));
  judge({ all, handled, left: await none(queue), complete: all });
}

const queue = system === 'pg-boss' ? boss(uri, command) : graphile(uri, system);
await { load, enqueue, drain, wake }[command](queue);
process.exit(0);
