import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { Event, Queue, RLock, RuntimeError } from '../../impl/threading/index.ts';
import { contend } from './contend.ts';
import { endOf } from './inThread.ts';
import type { Shared } from './page.ts';

/** Checks what is shared with a thread like a page's main one. */
export async function checkPages(): Promise<void> {
  const shared: Shared = { lock: new RLock(), held: new Event(), released: new Event(), queue: new Queue() };
  const { lock, held, released, queue } = shared;
  const ended = endOf(new Worker(new URL('./page.ts', import.meta.url), { workerData: shared }));
  await held.waitAsync();
  assert.equal(await lock.acquireAsync(false), false);
  assert.throws(() => lock.release(), RuntimeError);
  released.set();
  assert.equal(await lock.acquireAsync(), true);
  lock.release();
  contend(queue);
  assert.equal(await ended, 0);
  assert.deepEqual([queue.qsize(), lock.locked()], [0, false]);
}
