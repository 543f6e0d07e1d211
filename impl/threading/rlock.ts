import { type AcquireOptions, patienceOf } from './acquireOptions.ts';
import { RuntimeError } from './errors.ts';
import { adopt, type Handle, refuseArguments } from './handle.ts';
import { awaitRing, ring } from './alarm.ts';
import { ident } from './ident.ts';
import { beforeWaiting, undisturbed } from './interruption.ts';
import { free, freeWord, holderOf, mark, sleepers, tasks } from './marks.ts';
import { deadlineAfter, remaining } from './timeouts.ts';

/*
 * Memory: three Int32 words.
 *
 *   owner   0: free; else the owner's ident, with marks if threads or tasks may sleep, see marks.ts, where it
 *           is argued that no wake-up is lost
 *   depth   levels above the first; 0 while the lock is free
 *   alarm   where tasks sleep, see alarm.ts
 *
 * Ownership. A thread writes its own ident only over a 0 (compareExchange), and only the owner takes
 * its ident away. So a thread that reads its own ident owns the lock and stays the owner while it
 * looks, and one that reads anything else does not own it: no race can make the answer wrong. Only
 * the owner touches `depth`, and frees the lock only at depth 0: the next owner finds 0 there.
 *
 * Tasks. The thread owns the lock, not the task: an `acquireAsync` of a thread that has become the
 * owner meanwhile has to be granted. So a thread with waiting tasks rings the alarm when it becomes
 * the owner.
 */
const owner = 0;
const depth = 1;
const alarm = 2;
const none = 0;

type Words = Int32Array<SharedArrayBuffer>;

/** Tasks of this thread that wait for any RLock. */
let waitingTasks = 0;

/** A lock that belongs to the thread that acquired it, and that this thread can acquire again. */
export class RLock {
  readonly primitive: string = 'RLock';
  readonly memory: Int32Array<SharedArrayBuffer>;

  /** A new lock that nobody owns. @throws TypeError if given anything. */
  constructor(...given: readonly []) {
    refuseArguments('RLock', given);
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
    return tryAcquire(this.memory, none) || (patience > 0 && wait(this.memory, patience));
  }

  /** {@link acquire} for threads that must not block. All tasks of a thread are the same owner. */
  async acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    const patience = options === undefined ? Infinity : patienceOf(options);
    return tryAcquire(this.memory, none) || (patience > 0 && (await waitAsync(this.memory, patience)));
  }

  /**
   * Lowers the owner's level by one; at zero the lock is free.
   * @throws RuntimeError if this thread is not the owner.
   */
  release(): void {
    const words = this.memory;
    const owned = Atomics.load(words, owner);
    if (holderOf(owned) !== ident) {
      throw new RuntimeError(`release of an RLock that ${owned === free ? 'nobody' : 'another thread'} owns`);
    }
    const above = Atomics.load(words, depth);
    if (above > 0) Atomics.store(words, depth, above - 1);
    else freeWord(words, owner, alarm);
  }

  /** Whether any thread owns the lock at this moment. */
  locked(): boolean {
    return Atomics.load(this.memory, owner) !== free;
  }
}

/** Whether this thread owns the lock. For conditions: not among the lock's own methods. */
export function isOwner({ memory }: RLock): boolean {
  return holderOf(Atomics.load(memory, owner)) === ident;
}

/** The owner gives up all levels at once. @returns the levels above the first, for {@link takeBack}. */
export function giveUp({ memory }: RLock): number {
  const above = Atomics.exchange(memory, depth, 0);
  freeWord(memory, owner, alarm);
  return above;
}

/** Takes back what was given up, on top of what other tasks of this thread may have taken meanwhile. */
export function takeBack({ memory }: RLock, above: number): void {
  if (!tryAcquire(memory, none)) undisturbed(() => wait(memory, Infinity));
  Atomics.add(memory, depth, above);
}

/** {@link takeBack} for threads that must not block. */
export async function takeBackAsync({ memory }: RLock, above: number): Promise<void> {
  if (!tryAcquire(memory, none)) await undisturbed(() => waitAsync(memory, Infinity));
  Atomics.add(memory, depth, above);
}

/**
 * Takes a free lock, or one more level for its owner.
 * @param marks `sleepers` if threads may sleep, else none.
 */
function tryAcquire(words: Words, marks: number): boolean {
  const before = Atomics.compareExchange(words, owner, free, ident | marks);
  if (before === free) {
    if (waitingTasks > 0) ring(words, alarm);
    return true;
  }
  if (holderOf(before) !== ident) return false;
  Atomics.store(words, depth, Atomics.load(words, depth) + 1);
  return true;
}

function wait(words: Words, patience: number): boolean {
  beforeWaiting();
  const deadline = deadlineAfter(patience);
  for (;;) {
    const owned = mark(words, owner, sleepers);
    const expired = owned !== free && Atomics.wait(words, owner, owned, remaining(deadline)) === 'timed-out';
    if (tryAcquire(words, sleepers)) return true;
    if (expired) return false;
  }
}

async function waitAsync(words: Words, patience: number): Promise<boolean> {
  beforeWaiting();
  const deadline = deadlineAfter(patience);
  waitingTasks++;
  try {
    for (;;) {
      const rung = Atomics.load(words, alarm);
      const expired = mark(words, owner, tasks) !== free && !(await awaitRing(words, alarm, rung, deadline));
      if (tryAcquire(words, none)) return true;
      if (expired) return false;
    }
  } finally {
    waitingTasks--;
  }
}
