import { invoke, type Running } from '../twins.ts';
import { jobs } from './loop.ts';

/** A promise, and how to settle it. */
export interface Capability {
  readonly promise: unknown;
  readonly resolve: (value?: unknown) => void;
  readonly reject: (reason?: unknown) => void;
}

/** Settles a promise that is pending, for good. */
export type Settle = (promise: object, isFulfilled: boolean, value: unknown) => void;

/** The functions that settle a promise, of which the first that is called does. */
export function resolversOf(promise: object, settle: Settle): Pick<Capability, 'resolve' | 'reject'> {
  let isResolved = false;
  const reject = (reason?: unknown): void => {
    if (isResolved) return;
    isResolved = true;
    settle(promise, false, reason);
  };
  const resolve = (value?: unknown): void => {
    if (isResolved) return;
    isResolved = true;
    if (value === promise) {
      return settle(promise, false, new TypeError('Chaining cycle detected for promise #<Promise>'));
    }
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      return settle(promise, true, value);
    }
    if (value instanceof Promise) jobs().refuse();
    let then: unknown;
    try {
      ({ then } = value as { readonly then?: unknown });
    } catch (error) {
      return settle(promise, false, error);
    }
    if (typeof then !== 'function') return settle(promise, true, value);
    jobs().enqueue(() => follow(resolversOf(promise, settle), value, then));
  };
  return { resolve, reject };
}

/** Does as a thenable does. */
function* follow(
  { resolve, reject }: Pick<Capability, 'resolve' | 'reject'>,
  thenable: object,
  then: unknown,
): Running {
  try {
    yield* invoke(then, thenable, [resolve, reject]);
  } catch (error) {
    reject(error);
  }
  return undefined;
}

/**
 * A promise made by a constructor.
 * @throws TypeError if it is none, or does not do as constructors of promises do.
 */
export function capabilityOf(home: unknown): Capability {
  if (typeof home !== 'function') throw new TypeError('a constructor of promises was expected');
  let resolve: unknown;
  let reject: unknown;
  const promise = Reflect.construct(home, [
    (first: unknown, second: unknown) => {
      if (resolve !== undefined || reject !== undefined) {
        throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
      }
      resolve = first;
      reject = second;
    },
  ]) as object;
  if (typeof resolve !== 'function' || typeof reject !== 'function') {
    throw new TypeError('Promise resolve or reject function is not callable');
  }
  return { promise, resolve: resolve as Capability['resolve'], reject: reject as Capability['reject'] };
}
