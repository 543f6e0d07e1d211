import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promised from 'node:timers/promises';
import { replace } from './replace.ts';
import type { Tasks, Timer } from './tasks.ts';

/** The longest delay that Node has. */
const longest = 2 ** 31 - 1;

/** What `util.promisify` looks for. */
const promisified = Symbol.for('nodejs.util.promisify.custom');

type Callback = (...given: readonly unknown[]) => unknown;

/** How a promise is made that an implementation can wait for. */
export type MakePromise = () => { readonly promise: unknown; readonly resolve: (value: unknown) => void };

/** What `setTimeout` gives back: a timer on the virtual clock. */
class Handle {
  readonly #tasks: Tasks;
  readonly #timer: Timer;

  constructor(tasks: Tasks, timer: Timer) {
    this.#tasks = tasks;
    this.#timer = timer;
  }

  /** Nothing that is played keeps a process running. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return this.#tasks.has(this.#timer);
  }

  refresh(): this {
    this.#tasks.restart(this.#timer);
    return this;
  }

  close(): this {
    this.#tasks.stop(this.#timer);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#timer.number;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Replaces the timers by ones on the virtual clock, wherever an implementation has them from. Done once in a worker.
 * @param now the tasks of the thread that runs; undefined: nothing is played, and timers are as they always are.
 * @param makePromise for timers that give promises.
 */
export function instrumentTimers(now: () => Tasks | undefined, makePromise: MakePromise): void {
  const own = {
    setTimeout: starting('setTimeout', now, false),
    setInterval: starting('setInterval', now, true),
    setImmediate: startingAtOnce(now),
    clearTimeout: clearing('clearTimeout', now),
    clearInterval: clearing('clearInterval', now),
    clearImmediate: clearing('clearImmediate', now),
  };
  const later = {
    setTimeout: promising('setTimeout', now, makePromise, (delay) => delayOf(delay)),
    setImmediate: promising('setImmediate', now, makePromise, () => 0),
  };
  for (const name of ['setTimeout', 'setImmediate'] as const) {
    Object.defineProperty(own[name], promisified, { value: later[name], enumerable: true });
    replace(promised, name, later[name]);
  }
  for (const [name, fn] of Object.entries(own)) {
    replace(timers, name, fn);
    replace(globalThis, name, fn);
  }
  syncBuiltinESMExports();
}

type Native = (...given: unknown[]) => unknown;

function starting(
  name: 'setTimeout' | 'setInterval',
  now: () => Tasks | undefined,
  repeats: boolean,
): Native {
  const native = globalThis[name] as Native;
  return (action, delay, ...given) => {
    const tasks = now();
    // What is no function is refused as always.
    if (tasks === undefined || typeof action !== 'function') return native(action, delay, ...given);
    return new Handle(tasks, tasks.start(action as Callback, given, delayOf(delay), repeats));
  };
}

function startingAtOnce(now: () => Tasks | undefined): Native {
  const native = globalThis.setImmediate as unknown as Native;
  return (action, ...given) => {
    const tasks = now();
    if (tasks === undefined || typeof action !== 'function') return native(action, ...given);
    return new Handle(tasks, tasks.start(action as Callback, given, 0, false));
  };
}

function clearing(
  name: 'clearTimeout' | 'clearInterval' | 'clearImmediate',
  now: () => Tasks | undefined,
): Native {
  const native = globalThis[name] as Native;
  return (handle) => {
    const tasks = now();
    if (tasks === undefined) return native(handle);
    if (handle instanceof Handle) handle.close();
    else tasks.stopNumbered(Number(handle));
    return undefined;
  };
}

function promising(
  name: 'setTimeout' | 'setImmediate',
  now: () => Tasks | undefined,
  makePromise: MakePromise,
  delayFrom: (delay: unknown) => number,
): Native {
  const native = promised[name] as Native;
  return (...given) => {
    const tasks = now();
    if (tasks === undefined) return native(...given);
    const [delay, value] = name === 'setTimeout' ? given : [0, ...given];
    const { promise, resolve } = makePromise();
    tasks.start(resolve, [value], delayFrom(delay), false);
    return promise;
  };
}

/** Milliseconds, as Node has them. */
function delayOf(delay: unknown): number {
  const milliseconds = Number(delay);
  return milliseconds >= 1 && milliseconds <= longest ? milliseconds : 1;
}
