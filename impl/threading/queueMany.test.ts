import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { LifoQueue } from './lifo.ts';
import { PriorityQueue } from './prio.ts';
import { Queue } from './queue.ts';
import { SimpleQueue } from './simpleq.ts';

const producers = 4;
const consumers = 4;

/** What a consumer says at its end. */
interface Tally {
  readonly count: number;
  /** Of the items. */
  readonly sum: number;
  /** Items that came after a later one of the same producer. */
  readonly overtaken: number;
}

const producing = crew(
  producers,
  `for (let item = first; item < first + each; item++) queue.put(item);
   port.postMessage(undefined);`,
);
const consuming = crew(
  consumers,
  `const latest = [];
   let [count, sum, overtaken] = [0, 0, 0];
   for (;;) {
     let item;
     try { item = queue.get(); } catch (error) { if (error.name === 'ShutDown') break; throw error; }
     if (item === -1) break;
     const bit = 1 << (item & 31);
     if ((Atomics.or(seen, item >> 5, bit) & bit) !== 0) throw new Error(item + ' came twice');
     const producer = Math.floor(item / each);
     if (item < latest[producer]) overtaken++;
     latest[producer] = item;
     count++;
     sum += item;
     queue.taskDone?.();
   }
   port.postMessage({ count, sum, overtaken });`,
);

afterAll(async () => {
  await Promise.all([...producing, ...consuming].map((worker) => worker.terminate()));
});

/*
 * A million items, by threads that run freely, as no engine lets them. Items are numbered through, so that their
 * count, their sum and a bit for each tell if any is lost or comes twice.
 */
test.each([
  ['an unbounded Queue', () => new Queue<number>(), 100_000],
  ['a Queue of 100', () => new Queue<number>(100), 75_000],
  ['a Queue of 1', () => new Queue<number>(1), 5000],
  ['an unbounded LifoQueue', () => new LifoQueue<number>(), 20_000],
  ['a PriorityQueue of 50', () => new PriorityQueue<number>(50), 20_000],
  ['a SimpleQueue', () => new SimpleQueue<number>(), 30_000],
])('every item goes through %s once', async (_, make, each) => {
  const queue = make();
  const all = producers * each;
  const seen = new Int32Array(new SharedArrayBuffer(4 * Math.ceil(all / 32)));
  const tallies = consuming.map((worker) => ask<Tally>(worker, { queue, each, seen }));
  await Promise.all(
    producing.map((worker, producer) => ask(worker, { queue, first: producer * each, each })),
  );
  if (queue instanceof Queue) {
    await queue.joinAsync();
    queue.shutdown();
  } else {
    for (let end = 0; end < consumers; end++) queue.put(-1);
  }
  const sums = (await Promise.all(tallies)).reduce((one, other) => ({
    count: one.count + other.count,
    sum: one.sum + other.sum,
    overtaken: one.overtaken + other.overtaken,
  }));
  const inOrder = !(queue instanceof LifoQueue);
  expect(sums).toEqual({ count: all, sum: (all * (all - 1)) / 2, overtaken: inOrder ? 0 : sums.overtaken });
  expect(queue.qsize()).toBe(0);
  expect([...seen].every((bits) => bits === -1)).toBe(true);
});

/** Workers that run the statements on every queue they are sent. */
function crew(size: number, statements: string): readonly Worker[] {
  const script = `
    const { parentPort: port, workerData } = require('node:worker_threads');
    const loaded = import(workerData);
    port.on('message', async (message) => {
      const { first, each, seen } = message;
      const queue = (await loaded)[message.queue.primitive].from(message.queue);
      ${statements}
    });`;
  const workerData = new URL('./index.ts', import.meta.url).href;
  return Array.from({ length: size }, () => new Worker(script, { eval: true, workerData }));
}

/** What the worker says when it is through. */
function ask<Said>(worker: Worker, message: object): Promise<Said> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(message, []);
  });
}
