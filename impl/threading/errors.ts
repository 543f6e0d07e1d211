/** A rule of use was broken: releasing what is not held, for instance. */
export class RuntimeError extends Error {
  override readonly name: string = 'RuntimeError';
}

/** The barrier that is waited at is broken, or is broken or reset during the wait. */
export class BrokenBarrierError extends RuntimeError {
  override readonly name: string = 'BrokenBarrierError';
}

/** An argument of the right type, but with a value that is not allowed. */
export class ValueError extends Error {
  override readonly name: string = 'ValueError';
}

/** More than there can be: a time-out beyond {@link TIMEOUT_MAX}, a counter or a queue that is too large. */
export class OverflowError extends Error {
  override readonly name: string = 'OverflowError';
}

/** There is nothing in the queue, or was not in time. */
export class Empty extends Error {
  override readonly name: string = 'Empty';
}

/** There is no room in the queue, or was not in time. */
export class Full extends Error {
  override readonly name: string = 'Full';
}

/** The queue was shut down: it takes nothing any more, and has nothing to give. */
export class ShutDown extends Error {
  override readonly name: string = 'ShutDown';
}

/** Ends the thread that raises it, silently; in the main thread, the process. */
export class SystemExit extends Error {
  override readonly name: string = 'SystemExit';
  /** In the main thread, what the process exits with: an integer, nothing for 0, or a text for stderr and 1. */
  readonly code: unknown;

  constructor(code: unknown = null) {
    super(typeof code === 'string' || typeof code === 'number' ? `${code}` : '');
    this.code = code;
  }
}

/** The main thread was interrupted. */
export class KeyboardInterrupt extends Error {
  override readonly name: string = 'KeyboardInterrupt';
}

/** An argument that has to be left out was given. */
export class AssertionError extends Error {
  override readonly name: string = 'AssertionError';
}
