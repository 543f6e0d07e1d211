/*
 * The with-statement of the documentation's "Using locks, conditions, and semaphores in the with
 * statement", as two functions and a guard for `using`. All three stand on two laws:
 *
 * - The acquire stands before the `try`: if it raises, nothing was acquired, so the body does not
 *   run and nothing is released (`with.no-release-if-acquire-fails`).
 * - The release stands in a `finally`: every way out of the body passes it, once. What it raises
 *   itself takes the place of what the body returned or raised (`with.released-inside`).
 *
 * There is no memory of their own: what they hold is held in the primitive's.
 */

/** What can be used in a with-statement: a `Lock`, an `RLock`, a semaphore, a condition. */
export interface Acquirable<Acquired = boolean> {
  /** Waits until it is acquired; its result is the value of entering. */
  acquire(): Acquired;
  release(): void;
}

/** What can be used in a with-statement by a thread that must not block. */
export interface AsyncAcquirable<Acquired = boolean> {
  /** Resolves when it is acquired; its result is the value of entering. */
  acquireAsync(): Promise<Acquired>;
  release(): void;
}

/**
 * Runs the body while the lock is held, and releases it however the body ends.
 * @param body gets the acquire's result; must not be asynchronous, see {@link withLockAsync}.
 * @returns what the body returns.
 * @throws TypeError if the object cannot be acquired and released (an event, for instance);
 *   what the body, the acquire or the release raises.
 */
export function withLock<T, Acquired>(lock: Acquirable<Acquired>, body: (acquired: Acquired) => T): T {
  checkMethods(lock, ['acquire', 'release']);
  const acquired = lock.acquire();
  try {
    return body(acquired);
  } finally {
    lock.release();
  }
}

/**
 * {@link withLock} for threads that must not block. The lock is held until the body's promise
 * is settled.
 */
export async function withLockAsync<T, Acquired>(
  lock: AsyncAcquirable<Acquired>,
  body: (acquired: Acquired) => T | PromiseLike<T>,
): Promise<T> {
  checkMethods(lock, ['acquireAsync', 'release']);
  const acquired = await lock.acquireAsync();
  try {
    return await body(acquired);
  } finally {
    lock.release();
  }
}

/**
 * Acquires the lock; `using held = guard(lock)` releases it at the end of the block.
 * @returns what releases it when disposed of; disposing of it again does nothing.
 * @throws TypeError if the object cannot be acquired and released; what the acquire raises.
 */
export function guard(lock: Acquirable<unknown>): Disposable {
  checkMethods(lock, ['acquire', 'release']);
  lock.acquire();
  return releasing(lock);
}

/** {@link guard} for threads that must not block: `using held = await guardAsync(lock)`. */
export async function guardAsync(lock: AsyncAcquirable<unknown>): Promise<Disposable> {
  checkMethods(lock, ['acquireAsync', 'release']);
  await lock.acquireAsync();
  return releasing(lock);
}

function releasing(lock: { release(): void }): Disposable {
  let held = true;
  return {
    [Symbol.dispose]() {
      if (!held) return;
      held = false;
      lock.release();
    },
  };
}

function checkMethods(lock: unknown, methods: readonly string[]): void {
  const given = lock as Partial<Record<string, unknown>> | null | undefined;
  const missing = methods.filter((method) => typeof given?.[method] !== 'function');
  if (missing.length === 0) return;
  const name = typeof given?.primitive === 'string' ? given.primitive : typeof lock;
  throw new TypeError(`${name} cannot be used in a with-statement: it has no ${missing.join(', no ')}`);
}
