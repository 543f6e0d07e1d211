import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';
import { hrtime, hrtimeBigint, monotonic, wall } from '../controlled/clocks.ts';
import { natives } from '../controlled/natives.ts';
import { isShared } from '../controlled/numbers.ts';
import type { Operation } from '../controlled/operations.ts';
import { replace } from '../controlled/replace.ts';
import { instrumentCallbacks } from './callbacks.ts';
import { instrumentTurns, waitAsync } from './promises/instrument.ts';
import * as runtime from './runtime.ts';
import type { Stepper } from './stepper.ts';
import { invoke, type Running, setter, type Twin, twin, type Twinned, tie } from './twins.ts';

/*
 * Builtins that stop for other threads, or call what does, wherever an implementation has them from. Done once in a
 * worker, before any implementation is loaded.
 */

/** Replaces what an implementation can use to share memory, sleep, look at a clock, tell threads apart and end the process. */
export function instrument(threadNow: () => number | undefined): void {
  instrumentCalls();
  instrumentAtomics();
  instrumentClocks();
  instrumentExits();
  instrumentThreads(threadNow);
  instrumentTurns();
  // For modules that import names from node:process or node:perf_hooks.
  syncBuiltinESMExports();
}

function instrumentCalls(): void {
  tieMethod(Function.prototype, 'call', function* (this: unknown, self, ...given) {
    return yield* invoke(this, self, given);
  });
  tieMethod(Function.prototype, 'apply', function* (this: unknown, self, given) {
    return yield* invoke(this, self, (given as unknown[] | null | undefined) ?? []);
  });
  tieMethod(Reflect, 'apply', function* (fn, self, given) {
    return yield* invoke(fn, self, given as unknown[]);
  });
  tieMethod(Object, 'assign', function* (target, ...sources) {
    for (const source of sources as object[]) {
      for (const key of assignedKeys(source)) {
        const value = (source as Record<PropertyKey, unknown>)[key];
        const write = setter(target, key);
        if (write === undefined) (target as Record<PropertyKey, unknown>)[key] = value;
        else yield* write.call(target, value);
      }
    }
    return target;
  });
  instrumentCallbacks();
}

/** What `Object.assign` copies: own properties that are enumerable, those with names first. */
function assignedKeys(source: object | null | undefined): readonly PropertyKey[] {
  if (source === null || source === undefined) return [];
  const symbols = Object.getOwnPropertySymbols(source);
  if (symbols.length === 0) return Object.keys(source);
  const isCopied = (key: symbol) => key !== twin && Object.prototype.propertyIsEnumerable.call(source, key);
  return [...Object.keys(source), ...symbols.filter(isCopied)];
}

function tieMethod(owner: object, name: string, own: Twin): void {
  tie((owner as Record<string, object>)[name] as object, own);
}

/** What the operations do that only read, write or wake. */
const acts: Readonly<Partial<Record<Operation, unknown>>> = {
  load: runtime.load,
  store: runtime.store,
  add: runtime.add,
  sub: runtime.sub,
  and: runtime.and,
  or: runtime.or,
  xor: runtime.xor,
  exchange: runtime.exchange,
  compareExchange: runtime.compareExchange,
  notify: runtime.notify,
};

/** For whoever has a function of `Atomics` under another name; transformed modules have the rest written out. */
function instrumentAtomics(): void {
  const twinned = (operation: Operation, native: Twinned, own: Twin): void => {
    const atOnce: Twinned = (array, ...operands) => {
      const by = runtime.steppedBy();
      if (by !== undefined && isShared(array)) runtime.refuse(by, `Atomics.${operation}`);
      return native(array, ...operands);
    };
    replace(Atomics, operation, tie(atOnce, own));
  };
  for (const operation of Object.keys(acts) as (keyof typeof natives & Operation)[]) {
    const act = acts[operation] as Twinned;
    twinned(operation, natives[operation] as Twinned, function* (array, index, ...operands): Running {
      if (runtime.point(operation, array, index as number)) yield;
      return act(array, index, ...operands);
    });
  }
  twinned('wait', natives.wait as Twinned, function* (array, index, value, timeout): Running {
    if (runtime.point('wait', array, index as number)) yield;
    if (runtime.sleep(array as never, index as number, value as number, timeout as number)) yield;
    return runtime.slept();
  });
  twinned('waitAsync', natives.waitAsync as Twinned, function* (array, index, value, timeout): Running {
    if (runtime.point('waitAsync', array, index as number)) yield;
    return waitAsync(
      runtime.steppedBy(),
      array as never,
      index as number,
      value as number,
      timeout as number,
    );
  });
}

function instrumentClocks(): void {
  const { hrtime: native } = process;
  const looking = (look: Twinned, show: (clock: number, ...given: readonly unknown[]) => unknown): object =>
    tie(
      (...given: readonly unknown[]) => {
        const by = runtime.steppedBy();
        return by === undefined ? look(...given) : runtime.refuse(by, 'a look at the clock');
      },
      function* (...given) {
        const by = runtime.steppedBy();
        return by === undefined ? look(...given) : show(yield* runtime.clock(by), ...given);
      },
    );
  const NativeDate = Date;
  replace(performance, 'now', looking(natives.now, monotonic));
  replace(NativeDate, 'now', looking(NativeDate.now.bind(NativeDate), wall));
  const VirtualDate = new Proxy(NativeDate, {
    construct(target, args, newTarget) {
      const by = runtime.steppedBy();
      if (args.length === 0 && by !== undefined) runtime.refuse(by, 'a look at the clock');
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
  replace(globalThis, 'Date', VirtualDate);
  const virtual = looking(
    native as Twinned,
    hrtime as (clock: number, ...given: readonly unknown[]) => unknown,
  );
  replace(
    process,
    'hrtime',
    Object.assign(virtual, { bigint: looking(() => native.bigint(), hrtimeBigint) }),
  );
}

function instrumentExits(): void {
  for (const name of ['exit', 'abort', 'reallyExit'] as const) {
    const native = (process as unknown as Record<string, (code?: number) => never>)[name];
    replace(process, name, (code?: number) => {
      const by: Stepper | undefined = runtime.steppedBy();
      if (by === undefined) return native?.call(process, code);
      return by.fail('exit', Number(code ?? process.exitCode ?? 0));
    });
  }
}

/** Threads tell themselves apart by `threadId`, also those that one worker plays. */
function instrumentThreads(threadNow: () => number | undefined): void {
  const native = process.getBuiltinModule.bind(process);
  const played = Object.create(threads, {
    threadId: { get: () => playedId(threadNow()), enumerable: true },
  }) as typeof threads;
  replace(process, 'getBuiltinModule', (id: string) =>
    /^(?:node:)?worker_threads$/u.test(id) && threadNow() !== undefined ? played : native(id),
  );
}

/** What `threadId` is in a thread that this worker plays; in none, its own. */
export function playedId(thread: number | undefined): number {
  return thread === undefined ? threads.threadId : threads.threadId * 1000 + 1 + thread;
}
