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

/** A time-out beyond {@link TIMEOUT_MAX}. */
export class OverflowError extends Error {
  override readonly name: string = 'OverflowError';
}
