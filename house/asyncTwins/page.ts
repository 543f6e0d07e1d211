/*
 * A thread like a page's main one: it must not sleep, and has no modules of Node's. The primitives are loaded when that
 * is so, for they look once.
 */
import assert from 'node:assert/strict';
import { workerData } from 'node:worker_threads';
import type { Event, Queue, RLock } from '../../impl/threading/index.ts';
import { contend } from './contend.ts';

/** What the page shares with the thread that started it. */
export interface Shared {
  readonly lock: RLock;
  readonly held: Event;
  readonly released: Event;
  readonly queue: Queue<number>;
}

Atomics.wait = () => {
  throw new TypeError('Atomics.wait cannot be called in this context');
};
Object.defineProperty(process, 'getBuiltinModule', { value: undefined });
const {
  Condition,
  Event: PageEvent,
  Queue: PageQueue,
  RLock: PageRLock,
} = await import('../../impl/threading/index.ts');

const awake = setInterval(() => undefined, 60_000);
const shared = workerData as Shared;
await ownsLocks();
await waitsForConditions();
await takesItemsOfJson();
contend(PageQueue.from<number>(shared.queue));
clearInterval(awake);

/** It has a number of its own, though Node tells it none. */
async function ownsLocks(): Promise<void> {
  const [lock, held, released] = [
    PageRLock.from(shared.lock),
    PageEvent.from(shared.held),
    PageEvent.from(shared.released),
  ];
  await lock.acquireAsync();
  await lock.acquireAsync();
  assert.throws(() => released.wait(), TypeError);
  held.set();
  await released.waitAsync();
  lock.release();
  lock.release();
}

async function waitsForConditions(): Promise<void> {
  const condition = new Condition();
  await condition.acquireAsync();
  assert.throws(() => condition.wait(), TypeError);
  assert.equal(condition.locked(), true);
  const waiting = condition.waitAsync();
  await condition.acquireAsync();
  condition.notify();
  condition.release();
  assert.equal(await waiting, true);
  condition.release();
}

/** What JSON would change is refused. */
async function takesItemsOfJson(): Promise<void> {
  const queue = new PageQueue();
  const items = [{ list: [1, 'two', null, { three: true }] }, 'x'.repeat(1000), [], -0, undefined, 4n];
  for (const item of items) await queue.putAsync(item);
  for (const item of items) assert.deepStrictEqual(await queue.getAsync(), item);
  for (const item of [new Map(), [-0], [Number.NaN], { date: new Date(0) }, [undefined], [1n], () => 1]) {
    await assert.rejects(queue.putAsync(item), TypeError);
  }
  assert.equal(queue.qsize(), 0);
}
