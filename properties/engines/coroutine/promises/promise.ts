import { invoke, type Running, type Twinned, tie } from '../twins.ts';
import { drive } from '../drive.ts';
import { type Capability, capabilityOf, resolversOf } from './capability.ts';
import { jobs } from './loop.ts';
import { type Continue, Continuation, Handlers, type Reaction } from './reactions.ts';

/** Whether it is one of these promises, of whichever class. */
let isPromise: (value: unknown) => value is EmulatedPromise;

/** What `then` does, for whoever has something else to go on with. */
let subscribe: (promise: EmulatedPromise, reaction: Reaction) => void;

/** Settles a promise that is pending. */
let settle: (promise: EmulatedPromise, isFulfilled: boolean, value: unknown) => void;

/**
 * Promises for transformed modules: the standard's, with jobs in the middle of which other threads can go on. The order
 * of jobs is the standard's to the last.
 */
export class EmulatedPromise {
  // What is nobody else's to call stands beside the class: programs list its members.
  static {
    Object.defineProperty(this, 'name', { value: 'Promise' });
    isPromise = (value): value is EmulatedPromise =>
      typeof value === 'object' && value !== null && #state in value;
    subscribe = (promise, reaction) => {
      if (promise.#reactions !== undefined) promise.#reactions.push(reaction);
      else {
        const isFulfilled = promise.#state === 'fulfilled';
        const value = promise.#value;
        if (!isFulfilled && !promise.#isHandled) jobs().handle(promise);
        jobs().enqueue(() => reaction.settled(isFulfilled, value));
      }
      promise.#isHandled = true;
    };
    settle = (promise, isFulfilled, value) => {
      const reactions = promise.#reactions ?? [];
      promise.#reactions = undefined;
      promise.#state = isFulfilled ? 'fulfilled' : 'rejected';
      promise.#value = value;
      if (!isFulfilled && !promise.#isHandled) jobs().reject(promise, value);
      for (const reaction of reactions) jobs().enqueue(() => reaction.settled(isFulfilled, value));
    };
  }

  #state: 'pending' | 'fulfilled' | 'rejected' = 'pending';
  #value: unknown;
  #reactions: Reaction[] | undefined = [];
  #isHandled = false;

  constructor(executor: unknown) {
    if (executor === unexecuted) return;
    if (typeof executor !== 'function')
      throw new TypeError(`Promise resolver ${shown(executor)} is not a function`);
    const { resolve, reject } = resolversOf(this, settlement);
    try {
      Reflect.apply(executor as Twinned, undefined, [resolve, reject]);
    } catch (error) {
      reject(error);
    }
  }

  static get [Symbol.species](): unknown {
    return this;
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  // oxlint-disable-next-line promise/prefer-await-to-then -- this is what a promise is
  then(fulfilled?: unknown, rejected?: unknown): unknown {
    if (!isPromise(this)) throw new TypeError('Promise.prototype.then was called on what is no promise');
    const capability = newCapability(speciesOf(this));
    subscribe(this, new Handlers(fulfilled, rejected, capability));
    return capability.promise;
  }

  catch(rejected?: unknown): unknown {
    return this.then(undefined, rejected);
  }

  finally(settled?: unknown): unknown {
    const home = speciesOf(this);
    if (typeof settled !== 'function') return this.then(settled, settled);
    const after = (done: (value: unknown) => unknown): Twinned => {
      const own = function* (value: unknown): Running {
        const result = yield* invoke(settled, undefined, []);
        const waited = promiseResolve(home, result) as EmulatedPromise;
        const go = (): unknown => done(value);
        return waited.then(go);
      };
      return tie((value: unknown) => drive(own(value)), own);
    };
    return this.then(
      after((value) => value),
      after((reason) => {
        throw reason;
      }),
    );
  }
}

const unexecuted = Symbol('a promise that somebody else settles');
const settlement = (promise: object, isFulfilled: boolean, value: unknown): void =>
  settle(promise as EmulatedPromise, isFulfilled, value);

/** A promise that is pending, and how to settle it. */
export function pending(): Capability & { readonly promise: EmulatedPromise } {
  const promise = new EmulatedPromise(unexecuted);
  return { promise, ...resolversOf(promise, settlement) };
}

/** What `new Promise` does; other threads can go on in the middle of it. @throws TypeError without a function. */
export function* construct(executor: unknown): Running {
  if (typeof executor !== 'function') return new EmulatedPromise(executor);
  const { promise, resolve, reject } = pending();
  try {
    yield* invoke(executor, undefined, [resolve, reject]);
  } catch (error) {
    reject(error);
  }
  return promise;
}

/** A promise made by a constructor of promises. @throws TypeError if it is none. */
export function newCapability(home: unknown): Capability {
  return home === EmulatedPromise ? pending() : capabilityOf(home);
}

/** What a constructor's `resolve` makes of a value: itself, if it is a promise of that class. */
export function promiseResolve(home: unknown, value: unknown): unknown {
  if (isPromise(value) && (value.constructor as unknown) === home) return value;
  const capability = newCapability(home);
  capability.resolve(value);
  return capability.promise;
}

/** What `await` does: goes on in a job when the value is there. */
export function whenSettled(value: unknown, fulfilled: Continue, rejected: Continue): void {
  subscribe(promiseResolve(EmulatedPromise, value) as EmulatedPromise, new Continuation(fulfilled, rejected));
}

function speciesOf(promise: object): unknown {
  const home = (promise as { readonly constructor?: Record<symbol, unknown> }).constructor;
  if (home === undefined) return EmulatedPromise;
  return home[Symbol.species] ?? EmulatedPromise;
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? '#<Object>' : String(value);
}
