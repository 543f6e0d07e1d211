import type { AcquireOptions } from '../acquireOptions.ts';
import { RuntimeError } from '../errors.ts';
import { type WaitOptions, waitPatience } from '../waitPatience.ts';
import { Lock } from './lock.ts';
import { only } from './only.ts';
import { RLock } from './rlock.ts';

/** What a condition is made with. */
interface ConditionOptions {
  /** Default null: a new `RLock`. */
  readonly lock?: Lock | RLock | null | undefined;
}

/** What `Condition.waitFor` waits for. */
interface WaitForOptions<T> extends WaitOptions {
  readonly predicate: () => T;
}

/** A condition that nobody ever waits for: notifications find nobody. The caller has to hold the lock all the same. */
export class Condition {
  readonly primitive: string = 'Condition';
  /** What has to be held. */
  readonly lock: Lock | RLock;

  /**
   * @param options the lock, bare or as an option.
   * @throws TypeError if that is neither a Lock nor an RLock.
   */
  constructor(options?: Lock | RLock | ConditionOptions | null) {
    this.lock = lockIn(options) ?? new RLock();
  }

  /** The same condition. @throws TypeError for anything else. */
  static from(condition: Condition): Condition {
    return only(Condition, condition);
  }

  /** Takes the lock. @returns what the lock's own `acquire` does. */
  acquire(options?: AcquireOptions | boolean | number): boolean {
    return this.lock.acquire(options);
  }

  /** {@link acquire}, later. */
  async acquireAsync(options?: AcquireOptions | boolean | number): Promise<boolean> {
    return this.lock.acquire(options);
  }

  /** Gives the lock back. @throws what the lock's own `release` does. */
  release(): void {
    this.lock.release();
  }

  /** Whether the lock is held. */
  locked(): boolean {
    return this.lock.locked();
  }

  /**
   * Returns at once, as if it had been notified.
   * @returns true; false if the call would not wait: a time-out of 0 or below.
   * @throws RuntimeError if the lock is not held; TypeError, OverflowError for a bad time-out.
   */
  wait(options?: WaitOptions | number | null): boolean {
    this.#checkHeld('wait');
    return waitPatience(options) > 0;
  }

  /** {@link wait}, later. */
  async waitAsync(options?: WaitOptions | number | null): Promise<boolean> {
    return this.wait(options);
  }

  /**
   * Asks the predicate, which may be given bare, and once more if it is false at first.
   * @returns its last value.
   * @throws RuntimeError if the lock is not held; TypeError, OverflowError for bad options.
   */
  waitFor<T>(options: (() => T) | WaitForOptions<T>): T {
    const { predicate, timeout } = this.#checked(options);
    const value = predicate();
    return value || waitPatience(timeout) === 0 ? value : predicate();
  }

  /** {@link waitFor}, later. The predicate may be asynchronous. */
  async waitForAsync<T>(
    options: (() => T | PromiseLike<T>) | WaitForOptions<T | PromiseLike<T>>,
  ): Promise<T> {
    const { predicate, timeout } = this.#checked(options);
    const value = await predicate();
    return value || waitPatience(timeout) === 0 ? value : await predicate();
  }

  /**
   * Wakes n waiters, of which there are none; n may be an option.
   * @throws RuntimeError if the lock is not held, TypeError if n is not an integer.
   */
  notify(options: number | { readonly n?: number | undefined } = {}): void {
    this.#checkHeld('notify');
    const { n = 1 } = typeof options === 'number' ? { n: options } : options;
    if (!Number.isInteger(n)) throw new TypeError(`n must be an integer, not ${String(n)}`);
  }

  /** Wakes all waiters, of which there are none. @throws RuntimeError if the lock is not held. */
  notifyAll(): void {
    this.#checkHeld('notifyAll');
  }

  #checked<T>(options: (() => T) | WaitForOptions<T>): WaitForOptions<T> {
    const given = typeof options === 'function' ? { predicate: options } : options;
    if (typeof (given as Partial<WaitForOptions<T>> | null)?.predicate !== 'function') {
      throw new TypeError('waitFor takes a predicate: a function');
    }
    this.#checkHeld('waitFor');
    return given;
  }

  #checkHeld(method: string): void {
    if (!this.lock.locked()) throw new RuntimeError(`${method} without the lock: acquire it first`);
  }
}

function lockIn(options: unknown): Lock | RLock | undefined {
  const bare = options === null || options === undefined || isLock(options);
  const lock = bare ? options : (options as ConditionOptions).lock;
  if (lock === undefined || lock === null) return undefined;
  if (isLock(lock)) return lock;
  throw new TypeError(`the lock of a condition is a Lock or an RLock, not ${typeof lock}`);
}

function isLock(value: unknown): value is Lock | RLock {
  return value instanceof Lock || value instanceof RLock;
}
