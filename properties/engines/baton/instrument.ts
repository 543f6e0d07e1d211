import { syncBuiltinESMExports } from 'node:module';
import { hrtime, hrtimeBigint, monotonic, wall } from '../controlled/clocks.ts';
import {
  byteIndex,
  countOf,
  isShared,
  listNumber,
  millisecondsOf,
  traceNumber,
  type Words,
} from '../controlled/numbers.ts';
import { natives } from '../controlled/natives.ts';
import type { Operation } from '../controlled/operations.ts';
import { unwind } from '../controlled/unwind.ts';
import { replace } from '../controlled/replace.ts';
import type { Waited } from '../controlled/tasks.ts';
import { instrumentTimers } from '../controlled/timers.ts';
import { leaveRejections } from './eventLoop.ts';
import type { Scheduler } from './scheduler.ts';

/** Who schedules this realm's thread; undefined: everything is as it always is. */
let scheduler: Scheduler | undefined;

/** From now on operations on shared memory stop at this scheduler's scheduling points. */
export function scheduleBy(next: Scheduler | undefined): void {
  scheduler = next;
}

function point(by: Scheduler, operation: Operation, array: Words, index: number): void {
  by.point(operation, traceNumber(array), byteIndex(array, index));
}

/** Operations that read, perhaps change, and return what was there before. */
const updates = ['add', 'sub', 'and', 'or', 'xor', 'exchange', 'compareExchange'] as const;

/**
 * Replaces what an implementation can use to share memory, sleep, look at a clock and end the
 * process. Done once in a worker, before any implementation is loaded.
 */
export function instrument(): void {
  for (const operation of updates) {
    const native = Atomics[operation] as (...args: unknown[]) => unknown;
    replace(Atomics, operation, (array: unknown, index: number, ...operands: unknown[]) => {
      if (scheduler === undefined || !isShared(array)) return native(array, index, ...operands);
      const by = scheduler;
      point(by, operation, array, index);
      const before = native(array, index, ...operands);
      by.effect(natives.load(array, index) !== before);
      return before;
    });
  }
  replace(Atomics, 'load', (array: unknown, index: number) => {
    if (scheduler === undefined || !isShared(array)) return natives.load(array as Words, index);
    const by = scheduler;
    point(by, 'load', array, index);
    by.effect(false);
    return natives.load(array, index);
  });
  replace(Atomics, 'store', (array: unknown, index: number, value: number) => {
    if (scheduler === undefined || !isShared(array)) return natives.store(array as Words, index, value);
    const by = scheduler;
    point(by, 'store', array, index);
    const before = natives.load(array, index);
    const stored = natives.store(array, index, value);
    by.effect(natives.load(array, index) !== before);
    return stored;
  });
  replace(Atomics, 'wait', wait);
  replace(Atomics, 'notify', notify);
  replace(Atomics, 'waitAsync', waitAsync);
  instrumentTimers(
    () => scheduler?.tasks,
    () => Promise.withResolvers(),
  );
  leaveRejections(() => scheduler?.unwinding === true);
  instrumentClocks();
  instrumentExits();
  // For modules that import names from node:process or node:perf_hooks.
  syncBuiltinESMExports();
}

function wait(array: unknown, index: number, value: number, timeout?: number): string {
  if (scheduler === undefined || !isShared(array)) {
    return natives.wait(array as Words, index, value, timeout);
  }
  const by = scheduler;
  point(by, 'wait', array, index);
  // A wait of no time checks the arguments and the value, as the standard has it.
  const now = natives.wait(array, index, value, 0);
  const milliseconds = millisecondsOf(timeout);
  if (now === 'not-equal' || milliseconds <= 0) {
    by.effect(false);
    return now;
  }
  return by.sleep(listNumber(by.thread, array), byteIndex(array, index), milliseconds) ? 'ok' : 'timed-out';
}

function waitAsync(array: unknown, index: number, value: number, timeout?: number): unknown {
  if (scheduler === undefined || !isShared(array)) {
    return natives.waitAsync(array as Words, index, value, timeout);
  }
  const by = scheduler;
  point(by, 'waitAsync', array, index);
  const now = natives.waitAsync(array, index, value, 0);
  const milliseconds = millisecondsOf(timeout);
  if (now.value === 'not-equal' || milliseconds <= 0) {
    by.effect(false);
    return now;
  }
  const { promise, ...settling } = Promise.withResolvers<Waited>();
  const waiter = by.wait(listNumber(by.thread, array), byteIndex(array, index), milliseconds);
  by.effect(false);
  by.tasks.wait(waiter, settling, traceNumber(array), byteIndex(array, index));
  return { async: true, value: promise };
}

function notify(array: unknown, index: number, count?: number): number {
  if (scheduler === undefined || !isShared(array)) {
    return natives.notify(array as Words, index, count);
  }
  const by = scheduler;
  point(by, 'notify', array, index);
  natives.notify(array, index, 0);
  const woken = by.wake(listNumber(by.thread, array), byteIndex(array, index), countOf(count));
  by.effect(woken > 0);
  return woken;
}

function instrumentClocks(): void {
  const read = (by: Scheduler): number => {
    by.point('clock', 0, 0);
    by.effect(false);
    return by.clock;
  };
  const { hrtime: native } = process;
  const NativeDate = Date;
  const wallNow = Date.now.bind(Date);
  replace(performance, 'now', () => (scheduler === undefined ? natives.now() : monotonic(read(scheduler))));
  replace(NativeDate, 'now', () => (scheduler === undefined ? wallNow() : wall(read(scheduler))));
  const VirtualDate = new Proxy(NativeDate, {
    construct(target, args, newTarget) {
      const given = args.length === 0 && scheduler !== undefined ? [target.now()] : args;
      return Reflect.construct(target, given, newTarget) as object;
    },
  });
  replace(globalThis, 'Date', VirtualDate);
  const virtual = (previous?: [number, number]): [number, number] =>
    scheduler === undefined ? native(previous) : hrtime(read(scheduler), previous);
  const bigint = () => (scheduler === undefined ? native.bigint() : hrtimeBigint(read(scheduler)));
  replace(process, 'hrtime', Object.assign(virtual, { bigint }));
}

function instrumentExits(): void {
  for (const name of ['exit', 'abort', 'reallyExit'] as const) {
    const native = (process as unknown as Record<string, (code?: number) => never>)[name];
    replace(process, name, (code?: number) => {
      if (scheduler === undefined) return native?.call(process, code);
      scheduler.fail('exit', Number(code ?? process.exitCode ?? 0));
      throw unwind;
    });
  }
}
