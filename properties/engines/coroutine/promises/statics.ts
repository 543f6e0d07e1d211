import { drive } from '../drive.ts';
import { open } from '../iterators.ts';
import { invoke, type Running, type Twin, tie } from '../twins.ts';
import type { Capability } from './capability.ts';
import { EmulatedPromise, newCapability, promiseResolve } from './promise.ts';

/* The static methods of promises, as the standard has them. What they walk through, and call, may stop for other threads. */

/** How a promise among many counts. */
interface Gathering {
  readonly capability: Capability;
  readonly values: unknown[];
  /** What to do with the values when the last of them is there. */
  readonly complete: () => void;
}

/** What a promise among many is asked to call when it is fulfilled, and when it is rejected. */
type Ask = (gathering: Gathering, put: (value: unknown) => void) => readonly [unknown, unknown];

/** A promise made of many. */
function* gather(
  home: unknown,
  iterable: unknown,
  ask: Ask,
  complete: (capability: Capability, values: unknown[]) => void,
): Running {
  const capability = newCapability(home);
  const values: unknown[] = [];
  // One more than there are, until all have been asked.
  let missing = 1;
  const gathering = { capability, values, complete: () => complete(capability, values) };
  try {
    const { resolve } = home as { readonly resolve?: unknown };
    if (typeof resolve !== 'function')
      throw new TypeError('Promise resolve or reject function is not callable');
    const walk = (yield* open(iterable)) as Walk;
    try {
      for (;;) {
        const step = (yield* walk.step()) as IteratorResult<unknown>;
        if (step.done === true) break;
        const position = values.push(undefined) - 1;
        let isThere = false;
        const put = (value: unknown): void => {
          if (isThere) return;
          isThere = true;
          values[position] = value;
          if (--missing === 0) gathering.complete();
        };
        const promise = yield* invoke(resolve, home, [step.value]);
        missing++;
        yield* invoke((promise as { readonly then?: unknown }).then, promise, ask(gathering, put));
      }
    } catch (error) {
      walk.fail();
      throw error;
    } finally {
      yield* walk.close();
    }
    if (--missing === 0) gathering.complete();
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

type Walk = { step(): Running; fail(): void; close(): Running };

const all: Ask = ({ capability }, put) => [put, capability.reject];
const any: Ask = ({ capability }, put) => [capability.resolve, put];
const first: Ask = ({ capability }) => [capability.resolve, capability.reject];
const each: Ask = (_, put) => [
  (value: unknown) => put({ status: 'fulfilled', value }),
  (reason: unknown) => put({ status: 'rejected', reason }),
];

const statics: Readonly<Record<string, Twin>> = {
  *all(iterable) {
    return yield* gather(this, iterable, all, ({ resolve }, values) => resolve(values));
  },
  *allSettled(iterable) {
    return yield* gather(this, iterable, each, ({ resolve }, values) => resolve(values));
  },
  *any(iterable) {
    return yield* gather(this, iterable, any, ({ reject }, errors) =>
      reject(new AggregateError(errors, 'All promises were rejected')),
    );
  },
  *race(iterable) {
    return yield* gather(this, iterable, first, () => {});
  },
  *try(action, ...given) {
    const capability = newCapability(this);
    try {
      capability.resolve(yield* invoke(action, undefined, given));
    } catch (error) {
      capability.reject(error);
    }
    return capability.promise;
  },
};

for (const [name, own] of Object.entries(statics)) {
  // What a version of Node does not have is not there.
  if (!(name in globalThis.Promise)) continue;
  define(
    name,
    tie(function (this: unknown, ...given: readonly unknown[]) {
      return drive(own.apply(this, [...given]));
    }, own),
  );
}

define('resolve', function (this: unknown, value) {
  if (typeof this !== 'function') throw new TypeError('PromiseResolve called on non-object');
  return promiseResolve(this, value);
});

define('reject', function (this: unknown, reason) {
  const { promise, reject } = newCapability(this);
  reject(reason);
  return promise;
});

define('withResolvers', function (this: unknown) {
  const { promise, resolve, reject } = newCapability(this);
  return { promise, resolve, reject };
});

function define(name: string, value: (this: unknown, ...given: readonly unknown[]) => unknown): void {
  Object.defineProperty(EmulatedPromise, name, {
    value,
    writable: true,
    configurable: true,
  });
}

/** Promises, with all their static methods. */
export { EmulatedPromise as Promise };
