import { isMainThread, workerData } from 'node:worker_threads';
import { Barrier, Event, Queue, RLock } from '../../impl/threading/index.ts';

/** What other threads do while this one must not block. */
const parts = {
  /** Owns a lock until it is told to release it. */
  ownAndRelease({ lock, held, released }: { lock: RLock; held: Event; released: Event }): void {
    const mine = RLock.from(lock);
    mine.acquire();
    Event.from(held).set();
    Event.from(released).wait();
    mine.release();
  },

  /** Is a party at a barrier, once. */
  pass({ barrier }: { barrier: Barrier }): void {
    Barrier.from(barrier).wait();
  },

  /** Puts items into a queue. */
  put({ queue, items }: { queue: Queue<string>; items: readonly string[] }): void {
    const mine = Queue.from<string>(queue);
    for (const item of items) mine.put(item);
  },
};

export type Parts = typeof parts;
export type PartName = keyof Parts;

if (!isMainThread) {
  const { name, posted } = workerData as { name: PartName; posted: never };
  parts[name](posted);
}
