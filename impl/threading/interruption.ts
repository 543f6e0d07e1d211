/*
 * Where a blocking call notices that its thread was interrupted: before it begins to wait. What is looked at is
 * installed by what can interrupt, so that primitives alone need nothing of it.
 */
let look: (() => void) | undefined;

/** From now on this thread calls this whenever it is about to wait; what it raises the waiting call raises. */
export function lookBeforeWaiting(fn: () => void): void {
  look = fn;
}

/**
 * Does something for which it is too late to be interrupted: taking a lock back, for instance. Of what is asynchronous
 * this covers the beginning, in which the wait begins.
 */
export function undisturbed<T>(section: () => T): T {
  const looking = look;
  look = undefined;
  try {
    return section();
  } finally {
    look = looking;
  }
}

/** The thread is about to wait: nothing has been changed yet, and nothing is if this raises. */
export function beforeWaiting(): void {
  look?.();
}
