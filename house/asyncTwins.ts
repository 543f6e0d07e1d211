/*
 * Calls what the command line does not reach: the asynchronous twins, from a thread that must not
 * block. A plain program, because coverage is exact for what Node itself loads.
 */
import assert from 'node:assert/strict';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import {
  BoundedSemaphore,
  Condition,
  Event,
  Lock,
  OverflowError,
  RLock,
  RuntimeError,
  Semaphore,
  TIMEOUT_MAX,
  ValueError,
  guardAsync,
  withLockAsync,
} from '../impl/threading/index.ts';

interface Posted {
  readonly lock: RLock;
  readonly held: Event;
  readonly released: Event;
}

/** A `blocking` primitive of which one can be had, and none while it is held. */
interface Twin {
  acquireAsync(options?: { timeout?: number; blocking?: boolean } | boolean): Promise<boolean>;
  release(): void;
}

const moment = { timeout: 0.005 };

async function refusesBadOptions(twin: Twin): Promise<void> {
  await assert.rejects(twin.acquireAsync({ timeout: TIMEOUT_MAX * 2 }), OverflowError);
  await assert.rejects(twin.acquireAsync({ timeout: Number.NaN }), ValueError);
  await assert.rejects(twin.acquireAsync({ blocking: false, timeout: 1 }), ValueError);
  await assert.rejects(twin.acquireAsync({ timeout: '1' as never }), TypeError);
}

async function takesTurns(twin: Twin): Promise<void> {
  assert.equal(await twin.acquireAsync(), true);
  assert.equal(await twin.acquireAsync({ blocking: false }), false);
  assert.equal(await twin.acquireAsync(false), false);
  assert.equal(await twin.acquireAsync(moment), false);
  const granted: number[] = [];
  const waiting = [1, 2, 3].map(async (waiter) => {
    assert.equal(await twin.acquireAsync(waiter === 2 ? { timeout: 3600 } : undefined), true);
    granted.push(waiter);
    twin.release();
  });
  assert.deepEqual(granted, []);
  twin.release();
  await Promise.all(waiting);
  assert.deepEqual(
    granted.toSorted((one, other) => one - other),
    [1, 2, 3],
  );
  assert.equal(await twin.acquireAsync({ blocking: false }), true);
  twin.release();
}

async function releasesOnEveryExit(lock: Lock): Promise<void> {
  assert.equal(await withLockAsync(lock, async (acquired) => acquired && lock.locked()), true);
  const thrown = new Error('thrown by the body');
  await assert.rejects(
    withLockAsync(lock, () => Promise.reject(thrown)),
    thrown,
  );
  assert.equal(lock.locked(), false);
  const held = await guardAsync(lock);
  assert.equal(lock.locked(), true);
  held[Symbol.dispose]();
  held[Symbol.dispose]();
  assert.equal(lock.locked(), false);
  await assert.rejects(
    withLockAsync(new Event() as never, () => 0),
    TypeError,
  );
}

async function wakesAllWaiters(event: Event): Promise<void> {
  assert.equal(await event.waitAsync(0), false);
  assert.equal(await event.waitAsync(moment), false);
  const waiting = [event.waitAsync(), event.waitAsync(null), event.waitAsync({ timeout: 3600 })];
  event.set();
  event.clear();
  assert.deepEqual(await Promise.all(waiting), [true, true, true]);
  event.set();
  assert.equal(await event.waitAsync(), true);
  event.clear();
  await assert.rejects(event.waitAsync(TIMEOUT_MAX * 2), OverflowError);
}

async function wakesAsManyAsAreNotified(condition: Condition): Promise<void> {
  await assert.rejects(condition.waitAsync(), RuntimeError);
  await assert.rejects(
    condition.waitForAsync(() => true),
    RuntimeError,
  );
  await condition.acquireAsync();
  await assert.rejects(condition.waitAsync(TIMEOUT_MAX * 2), OverflowError);
  await assert.rejects(condition.waitForAsync({ predicate: 1 as never }), TypeError);
  assert.equal(await condition.waitAsync(0), false);
  assert.equal(await condition.waitAsync(moment), false);
  assert.equal(await condition.waitForAsync(() => 'at once'), 'at once');
  assert.equal(await condition.waitForAsync({ predicate: () => null, ...moment }), null);
  condition.release();
  let passed = 0;
  let open = false;
  const waiting = [1, 2, 3].map(async () => {
    await condition.acquireAsync();
    assert.equal(await condition.waitAsync({ timeout: 3600 }), true);
    passed++;
    condition.notifyAll();
    assert.equal(await condition.waitForAsync({ predicate: async () => open && passed }), 3);
    condition.release();
  });
  while (passed < 3) {
    await condition.acquireAsync();
    condition.notify();
    condition.release();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await condition.acquireAsync();
  open = true;
  condition.notifyAll();
  condition.release();
  await Promise.all(waiting);
  assert.equal(condition.locked(), false);
}

async function givesUpAllLevels(condition: Condition): Promise<void> {
  for (let level = 0; level < 2; level++) await condition.acquireAsync();
  const waiting = condition.waitAsync();
  assert.equal(condition.locked(), false);
  await condition.acquireAsync();
  condition.notify();
  condition.release();
  assert.equal(await waiting, true);
  for (let level = 0; level < 2; level++) condition.release();
  assert.equal(condition.locked(), false);
}

async function belongsToItsThread(): Promise<void> {
  const posted: Posted = { lock: new RLock(), held: new Event(), released: new Event() };
  const { lock, held, released } = posted;
  const worker = new Worker(new URL(import.meta.url), { workerData: posted });
  const ended = new Promise<number>((resolve) => worker.once('exit', resolve));
  await held.waitAsync();
  assert.equal(await lock.acquireAsync({ blocking: false }), false);
  assert.equal(await lock.acquireAsync(moment), false);
  const waiting = [lock.acquireAsync(), lock.acquireAsync()];
  released.set();
  assert.deepEqual(await Promise.all(waiting), [true, true], 'tasks of one thread are one owner');
  assert.equal(await lock.acquireAsync(), true);
  for (let level = 0; level < 3; level++) lock.release();
  assert.equal(lock.locked(), false);
  await refusesBadOptions(lock);
  assert.equal(await ended, 0);
}

function ownAndRelease({ lock, held, released }: Posted): void {
  const mine = RLock.from(lock);
  mine.acquire();
  Event.from(held).set();
  Event.from(released).wait();
  mine.release();
}

if (isMainThread) {
  // A pending Atomics.waitAsync does not keep Node running.
  const awake = setInterval(() => undefined, 60_000);
  for (const twin of [new Lock(), new Semaphore(), new BoundedSemaphore()]) {
    await refusesBadOptions(twin);
    await takesTurns(twin);
  }
  await releasesOnEveryExit(new Lock());
  await wakesAllWaiters(new Event());
  await givesUpAllLevels(new Condition());
  await wakesAsManyAsAreNotified(new Condition(new Lock()));
  await belongsToItsThread();
  clearInterval(awake);
} else {
  ownAndRelease(workerData as Posted);
}
