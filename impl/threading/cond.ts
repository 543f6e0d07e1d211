import type { AcquireOptions } from './acquireOptions.ts';
import { RuntimeError } from './errors.ts';
import { adopt, type Handle } from './handle.ts';
import { beforeWaiting, undisturbed } from './interruption.ts';
import { Lock } from './lock.ts';
import { giveUp, isOwner, RLock, takeBack, takeBackAsync } from './rlock.ts';
import { deadlineAfter, remaining } from './timeouts.ts';
import { mayBlock } from './turn.ts';
import { callWaiters, join, newWaiters, type Place, sleep, sleepAsync, withdraw } from './waiters.ts';
import { type WaitOptions, waitPatience } from './waitPatience.ts';

/** What a condition is made with. */
export interface ConditionOptions {
  /** Default null: a new `RLock`. */
  readonly lock?: Lock | RLock | null | undefined;
}

/** What `Condition.waitFor` waits for. */
export interface WaitForOptions<T> extends WaitOptions {
  /** Called with the lock held, only then; the wait is over when what it returns is truthy. */
  readonly predicate: () => T;
}

/** How many waiters `Condition.notify` wakes. */
export interface NotifyOptions {
  /** Default 1; none or fewer: nobody. */
  readonly n?: number | undefined;
}

/** What a condition looks like after it was posted to another thread. */
export interface ConditionHandle extends Handle {
  readonly lock: Handle;
}

/**
 * What threads wait for that hold a lock: until others, that hold it then, notify them.
 *
 * Memory: the lock's, and that of the waiters; `waiters.ts` explains its words, and why no notification is
 * lost, given to two, or to one that came later. A waiter
 *
 * 1. joins the waiters while it holds the lock,
 * 2. gives the lock up, all levels of an RLock,
 * 3. sleeps until it is called or its time is over, and is no waiter from then on,
 * 4. takes the lock back, with as many levels.
 *
 * Whoever gets the lock after 2 finds it among the waiters, so that nothing can be missed between giving
 * up the lock and falling asleep. Who notifies holds the lock: who is called goes on at once, but comes no
 * further than to 4 until the lock is given up. Between 3 and 4, a waiter whose time is over cannot be
 * called any more: notifications go to those who still sleep.
 *
 * The caller has to hold the lock. Of an RLock it is known who does. Of a Lock it is only known that
 * somebody does: there a call of a thread that does not hold it is refused only while nobody does, as in
 * CPython.
 *
 * Post a condition to another thread as it is, its lock goes with it; `Condition.from` makes it usable there.
 */
export class Condition {
  readonly primitive: string = 'Condition';
  readonly memory: Int32Array<SharedArrayBuffer>;
  /** What has to be held; other conditions may have the same. */
  readonly lock: Lock | RLock;

  /**
   * @param options the lock, bare or as an option.
   * @throws TypeError if that is neither a Lock nor an RLock.
   */
  constructor(options?: Lock | RLock | ConditionOptions | null) {
    this.lock = givenLock(options);
    this.memory = newWaiters();
  }

  /**
   * The same condition in this thread.
   * @param options its lock, if this thread has made it usable already; default: it is made so here.
   * @throws TypeError if this is no Condition that was posted here, or the lock is another's.
   */
  static from(handle: ConditionHandle, options: ConditionOptions = {}): Condition {
    const condition = adopt('Condition', Condition.prototype, handle);
    return Object.assign(condition, { lock: lockOf(handle, options.lock) });
  }

  /** Takes the lock. @returns what the lock's own `acquire` does. @throws what that does. */
  acquire(options?: AcquireOptions | boolean | number): boolean {
    return this.lock.acquire(options);
  }

  /** {@link acquire} for threads that must not block. */
  acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    return this.lock.acquireAsync(options);
  }

  /** Gives the lock back. @throws what the lock's own `release` does. */
  release(): void {
    this.lock.release();
  }

  /** Whether anybody holds the lock at this moment. */
  locked(): boolean {
    return this.lock.locked();
  }

  /**
   * Gives the lock up, waits to be notified, and takes the lock back; a time-out may be given bare. It can
   * return long after the time-out: it has to have the lock.
   * @returns true if it was notified, false if the time was over first.
   * @throws RuntimeError if the lock is not held.
   * @throws TypeError for a time-out that is no number, OverflowError for one above `TIMEOUT_MAX`, TypeError
   *   in a thread that must not block. The lock is then held as before.
   */
  wait(options?: WaitOptions | number | null): boolean {
    checkHeld(this, 'wait');
    return waitUntil(this, deadlineAfter(waitPatience(options)));
  }

  /** {@link wait} for threads that must not block. All tasks of a thread are one owner of an RLock. */
  async waitAsync(options?: WaitOptions | number | null): Promise<boolean> {
    checkHeld(this, 'wait');
    return waitUntilAsync(this, deadlineAfter(waitPatience(options)));
  }

  /**
   * Waits until a predicate is true, notified again and again if need be; it may be given bare. Its
   * time-out is for the whole call, and looked at only if the predicate is false at first.
   * @returns the predicate's last value: falsy if the time was over first.
   * @throws RuntimeError if the lock is not held, and what {@link wait} and the predicate raise. The lock is
   *   then held as before.
   */
  waitFor<T>(options: (() => T) | WaitForOptions<T>): T {
    const { predicate, timeout } = checkedWaitFor(this, options);
    let value = predicate();
    if (value) return value;
    const deadline = deadlineAfter(waitPatience(timeout));
    for (;;) {
      const notified = waitUntil(this, deadline);
      value = predicate();
      if (value || !notified || remaining(deadline) === 0) return value;
    }
  }

  /** {@link waitFor} for threads that must not block. The predicate may be asynchronous. */
  async waitForAsync<T>(
    options: (() => T | PromiseLike<T>) | WaitForOptions<T | PromiseLike<T>>,
  ): Promise<T> {
    const { predicate, timeout } = checkedWaitFor(this, options);
    let value = await predicate();
    if (value) return value;
    const deadline = deadlineAfter(waitPatience(timeout));
    for (;;) {
      const notified = await waitUntilAsync(this, deadline);
      value = await predicate();
      if (value || !notified || remaining(deadline) === 0) return value;
    }
  }

  /**
   * Wakes n of those who wait now, all if there are fewer. They go on when the caller gives up the lock.
   * @param options how many, bare or as an option.
   * @throws RuntimeError if the lock is not held, TypeError if n is not an integer. Nobody is then woken.
   */
  notify(options: number | NotifyOptions = {}): void {
    checkHeld(this, 'notify');
    const { n = 1 } = typeof options === 'number' ? { n: options } : options;
    if (!Number.isInteger(n)) throw new TypeError(`n must be an integer, not ${String(n)}`);
    callWaiters(this.memory, n);
  }

  /** Wakes all who wait now. @throws RuntimeError if the lock is not held. */
  notifyAll(): void {
    checkHeld(this, 'notifyAll');
    callWaiters(this.memory, Infinity);
  }
}

function waitUntil({ memory, lock }: Condition, deadline: number): boolean {
  if (!mayBlock) throw new TypeError('this thread must not block: it can waitAsync');
  beforeWaiting();
  const place = join(memory, 'thread');
  const levels = giveUpLock(lock, memory, place);
  const notified = sleep(memory, place, deadline);
  if (lock instanceof RLock) takeBack(lock, levels);
  else undisturbed(() => lock.acquire());
  return notified;
}

async function waitUntilAsync({ memory, lock }: Condition, deadline: number): Promise<boolean> {
  beforeWaiting();
  const place = join(memory, 'task');
  const levels = giveUpLock(lock, memory, place);
  const notified = await sleepAsync(memory, place, deadline);
  if (lock instanceof RLock) await takeBackAsync(lock, levels);
  else await undisturbed(() => lock.acquireAsync());
  return notified;
}

/** @returns what the lock has to be taken back with. @throws RuntimeError if it has been freed by another thread. */
function giveUpLock(lock: Lock | RLock, memory: Condition['memory'], place: Place): number {
  if (lock instanceof RLock) return giveUp(lock);
  try {
    lock.release();
  } catch (error) {
    withdraw(memory, place);
    throw error;
  }
  return 0;
}

function checkHeld({ lock }: Condition, method: string): void {
  if (lock instanceof RLock ? isOwner(lock) : lock.locked()) return;
  throw new RuntimeError(`${method} without the lock: acquire it first`);
}

function checkedWaitFor<T>(condition: Condition, options: (() => T) | WaitForOptions<T>): WaitForOptions<T> {
  const given = typeof options === 'function' ? { predicate: options } : options;
  if (typeof (given as Partial<WaitForOptions<T>> | null)?.predicate !== 'function') {
    throw new TypeError('waitFor takes a predicate: a function');
  }
  checkHeld(condition, 'waitFor');
  return given;
}

/** The lock that a constructor is given, or a new one. */
function givenLock(options: unknown): Lock | RLock {
  if (options === undefined || options === null) return new RLock();
  const lock = isHandle(options) ? options : lockAmong(options);
  if (lock === undefined || lock === null) return new RLock();
  if (lock instanceof Lock || lock instanceof RLock) return lock;
  if (isHandle(lock) && lock.primitive === 'Lock') return Lock.from(lock);
  if (isHandle(lock) && lock.primitive === 'RLock') return RLock.from(lock);
  throw new TypeError(
    `the lock of a condition is a Lock or an RLock, not ${isHandle(lock) ? lock.primitive : typeof lock}`,
  );
}

/** The only option there is. @throws TypeError for anything but options. */
function lockAmong(options: unknown): unknown {
  const others =
    typeof options === 'object' ? Object.keys(options as object).filter((key) => key !== 'lock') : [];
  if (typeof options === 'object' && others.length === 0) return (options as ConditionOptions).lock;
  throw new TypeError(
    `a condition is made with a lock, not with ${others.length > 0 ? `'${others.join("', '")}'` : typeof options}`,
  );
}

function isHandle(value: unknown): value is Handle {
  return typeof (value as Partial<Handle> | null)?.primitive === 'string';
}

/** The lock that a posted condition brings along; as this thread has it already, if it does. */
function lockOf({ lock: posted }: ConditionHandle, own: Lock | RLock | null | undefined): Lock | RLock {
  const brought = givenLock({ lock: isHandle(posted) ? posted : {} });
  if (own === undefined || own === null) return brought;
  const same = brought.primitive === own.primitive && brought.memory.buffer === own.memory.buffer;
  if (same) return own;
  throw new TypeError("this is not the condition's lock, as far as can be seen: post both in one message");
}
