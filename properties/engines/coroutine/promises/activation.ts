import type { Running, Twin } from '../twins.ts';
import { Awaiting } from './awaiting.ts';
import { pending, whenSettled } from './promise.ts';
import type { Capability } from './capability.ts';

/** The body of an asynchronous function: it gives what it waits for, among the places where it stops for other threads. */
export type Body = Generator<unknown, unknown>;

/**
 * A call of an asynchronous function, up to where it waits for the first time: what comes then are jobs.
 * @param start reads the arguments, which may throw.
 * @returns a promise.
 */
export function* begin(start: () => Body): Running {
  const call = pending();
  let body: Body;
  try {
    body = start();
  } catch (error) {
    call.reject(error);
    return call.promise;
  }
  yield* advance(call, body, () => body.next());
  return call.promise;
}

/** The twin of an asynchronous function. @param body its body, as a generator function. */
export function asynchronous(body: (...given: readonly unknown[]) => Body): Twin {
  return function (this: unknown, ...given) {
    return begin(() => body.apply(this, [...given]));
  };
}

/** Stops for other threads, and goes on; what ends the execution meanwhile is thrown where the body stands. */
export function* stop(body: Body): Generator<undefined, IteratorResult<unknown>> {
  try {
    yield;
  } catch (thrown) {
    return body.throw(thrown);
  }
  return body.next();
}

/** Goes on to where the function waits again, or ends. */
function* advance(call: Capability, body: Body, begins: () => IteratorResult<unknown>): Running {
  let step: IteratorResult<unknown>;
  try {
    step = begins();
    while (step.done !== true && !(step.value instanceof Awaiting)) step = yield* stop(body);
  } catch (error) {
    call.reject(error);
    return undefined;
  }
  if (step.done === true) call.resolve(step.value);
  else yield* awaiting(step.value as Awaiting, (begin) => advance(call, body, begin), body);
  return undefined;
}

/** Goes on with a body in a job, when what it waits for is there. @param goOn from where this lets the body go on. */
export function* awaiting(
  { value }: Awaiting,
  goOn: (begin: () => IteratorResult<unknown>) => Running,
  body: Body,
): Running {
  try {
    whenSettled(
      value,
      (result) => goOn(() => body.next(result)),
      (reason) => goOn(() => body.throw(reason)),
    );
  } catch (error) {
    // The promise cannot be asked for its constructor.
    yield* goOn(() => body.throw(error));
  }
  return undefined;
}
