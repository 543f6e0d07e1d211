import assert from 'node:assert/strict';
import {
  BoundedSemaphore,
  Event,
  Lock,
  OverflowError,
  RLock,
  Semaphore,
  TIMEOUT_MAX,
  ValueError,
  guardAsync,
  withLockAsync,
} from '../../impl/threading/index.ts';
import { inThread } from './inThread.ts';

/** A `blocking` primitive of which one can be had, and none while it is held. */
interface Twin {
  acquireAsync(options?: { timeout?: number; blocking?: boolean } | boolean): Promise<boolean>;
  release(): void;
}

const moment = { timeout: 0.005 };

/** Checks the asynchronous twins of locks and semaphores. */
export async function checkLocks(): Promise<void> {
  for (const twin of [new Lock(), new Semaphore(), new BoundedSemaphore()]) {
    await refusesBadOptions(twin);
    await takesTurns(twin);
  }
  await givesSeveralUnits(new Semaphore(0));
  await releasesOnEveryExit(new Lock());
  await belongsToItsThread();
}

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

async function givesSeveralUnits(semaphore: Semaphore): Promise<void> {
  const waiting = [1, 2, 3].map(() => semaphore.acquireAsync());
  semaphore.release({ n: 2 });
  assert.equal(await Promise.race(waiting), true);
  assert.equal(await semaphore.acquireAsync(moment), false);
  semaphore.release(1);
  assert.deepEqual(await Promise.all(waiting), [true, true, true]);
  assert.equal(await semaphore.acquireAsync(0), false);
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
  for (const wrong of [new Event(), undefined]) {
    await assert.rejects(
      withLockAsync(wrong as never, () => 0),
      TypeError,
    );
  }
}

async function belongsToItsThread(): Promise<void> {
  const posted = { lock: new RLock(), held: new Event(), released: new Event() };
  const { lock, held, released } = posted;
  const ended = inThread('ownAndRelease', posted);
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
