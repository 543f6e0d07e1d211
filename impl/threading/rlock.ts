import { type AcquireOptions, patienceOf } from './acquireOptions.ts';
import { RuntimeError } from './errors.ts';
import { adopt, type Handle, refuseArguments } from './handle.ts';
import { awaitRing, ring } from './alarm.ts';
import { ident } from './ident.ts';
import { deadlineAfter, remaining } from './timeouts.ts';

/*
 * Memory: three Int32 words.
 *
 *   owner   0: free; else the owner's ident, plus `sleepers` if threads may sleep here, plus `tasks` if
 *           tasks may sleep on the alarm
 *   depth   levels above the first; 0 while the lock is free
 *   alarm   where tasks sleep, see alarm.ts
 *
 * Ownership. A thread writes its own ident only over a 0 (compareExchange), and only the owner takes
 * its ident away. So a thread that reads its own ident owns the lock and stays the owner while it
 * looks, and one that reads anything else does not own it: no race can make the answer wrong. Only
 * the owner touches `depth`, and frees the lock only at depth 0: the next owner finds 0 there.
 *
 * No lost wake-up. A thread sleeps only on an owner word with `sleepers`, which the sleep itself checks.
 * Nobody takes that mark off but by freeing the lock, and who frees a word that has it wakes one
 * sleeper. The woken thread either takes the lock, and marks it because others may still sleep, or
 * finds that somebody was faster, and marks that owner's word before it sleeps again or gives up. So
 * while threads sleep, the word is marked, or a woken thread is on its way to mark it. Tasks mark the word
 * likewise, with `tasks`, and who frees it then wakes all of them: each marks it again for itself.
 *
 * Tasks. The thread owns the lock, not the task: an `acquireAsync` of a thread that has become the
 * owner meanwhile has to be granted. So a thread with waiting tasks rings the alarm when it becomes
 * the owner.
 */
const owner = 0;
const depth = 1;
const alarm = 2;
const free = 0;
const sleepers = 2 ** 30;
const tasks = 2 ** 29;
const marks = sleepers | tasks;

type Words = Int32Array<SharedArrayBuffer>;

/** Tasks of this thread that wait for any RLock. */
let waitingTasks = 0;

/** A lock that belongs to the thread that acquired it, and that this thread can acquire again. */
export class RLock {
  readonly primitive: string = 'RLock';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /** A new lock that nobody owns. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('RLock', none);
    this.memory = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  }

  /** The same lock in this thread. @throws TypeError if this is no RLock that was posted here. */
  static from(handle: Handle): RLock {
    return adopt('RLock', RLock.prototype, handle);
  }

  /**
   * Makes this thread the owner, waiting for that if need be, or raises the owner's level by one.
   * @returns true, or false if the lock could not be had (in time).
   * @throws ValueError, OverflowError, TypeError for bad options, also for the owner; the lock is then
   *   unchanged.
   */
  acquire(options?: AcquireOptions | boolean | number): boolean {
    const patience = options === undefined ? Infinity : patienceOf(options);
    return tryAcquire(this.memory, free) || (patience > 0 && wait(this.memory, patience));
  }

  /** {@link acquire} for threads that must not block. All tasks of a thread are the same owner. */
  async acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    const patience = options === undefined ? Infinity : patienceOf(options);
    return tryAcquire(this.memory, free) || (patience > 0 && (await waitAsync(this.memory, patience)));
  }

  /**
   * Lowers the owner's level by one; at zero the lock is free.
   * @throws RuntimeError if this thread is not the owner.
   */
  release(): void {
    const words = this.memory;
    const owned = Atomics.load(words, owner);
    if ((owned & ~marks) !== ident) {
      throw new RuntimeError(`release of an RLock that ${owned === free ? 'nobody' : 'another thread'} owns`);
    }
    const above = Atomics.load(words, depth);
    if (above > 0) {
      Atomics.store(words, depth, above - 1);
      return;
    }
    const before = Atomics.exchange(words, owner, free);
    if ((before & sleepers) !== 0) Atomics.notify(words, owner, 1);
    if ((before & tasks) !== 0) ring(words, alarm);
  }

  /** Whether any thread owns the lock at this moment. */
  locked(): boolean {
    return Atomics.load(this.memory, owner) !== free;
  }
}

/**
 * Takes a free lock, or one more level for its owner.
 * @param mark `sleepers` if threads may sleep, else none (0).
 */
function tryAcquire(words: Words, mark: number): boolean {
  const before = Atomics.compareExchange(words, owner, free, ident | mark);
  if (before === free) {
    if (waitingTasks > 0) ring(words, alarm);
    return true;
  }
  if ((before & ~marks) !== ident) return false;
  Atomics.store(words, depth, Atomics.load(words, depth) + 1);
  return true;
}

/**
 * Marks the word of an owner, for when it frees the lock.
 * @param mark `sleepers` or `tasks`.
 * @returns the marked word; free if there is no owner.
 */
function mark(words: Words, mark: number): number {
  for (;;) {
    const owned = Atomics.load(words, owner);
    if (owned === free || (owned & mark) !== 0) return owned;
    if (Atomics.compareExchange(words, owner, owned, owned | mark) === owned) return owned | mark;
  }
}

function wait(words: Words, patience: number): boolean {
  const deadline = deadlineAfter(patience);
  for (;;) {
    const owned = mark(words, sleepers);
    const expired = owned !== free && Atomics.wait(words, owner, owned, remaining(deadline)) === 'timed-out';
    if (tryAcquire(words, sleepers)) return true;
    if (expired) return false;
  }
}

async function waitAsync(words: Words, patience: number): Promise<boolean> {
  const deadline = deadlineAfter(patience);
  waitingTasks++;
  try {
    for (;;) {
      const rung = Atomics.load(words, alarm);
      const expired = mark(words, tasks) !== free && !(await awaitRing(words, alarm, rung, deadline));
      if (tryAcquire(words, free)) return true;
      if (expired) return false;
    }
  } finally {
    waitingTasks--;
  }
}
