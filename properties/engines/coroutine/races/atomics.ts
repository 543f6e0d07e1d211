import { byteIndex, isShared, traceNumber, type Words } from '../../controlled/numbers.ts';
import { waitAsync as waitLater } from '../promises/instrument.ts';
import * as runtime from '../runtime.ts';
import type { Range } from './detector.ts';
import { seen } from './watch.ts';

/*
 * The runtime of modules whose accesses are checked: operations of `Atomics` tell what they order.
 */
export * from '../runtime.ts';

/** Tells of an operation that has just been done. */
function done(array: Words, index: number, reads: boolean, writes: boolean): void {
  const by = seen(array);
  by?.detector.atomic(by.thread, { reads, writes }, rangeOf(array, index), by.place);
}

function rangeOf(array: Words, index: number): Range {
  return { memory: traceNumber(array), byte: byteIndex(array, index), size: array.BYTES_PER_ELEMENT };
}

export function load(array: Words, index: number): number {
  const value = runtime.load(array, index);
  done(array, index, true, false);
  return value;
}

export function store(array: Words, index: number, value: number): number {
  const stored = runtime.store(array, index, value);
  done(array, index, false, true);
  return stored;
}

type Update = (array: Words, index: number, operand: number) => number;

function updating(update: Update): Update {
  return (array, index, operand) => {
    const before = update(array, index, operand);
    done(array, index, true, true);
    return before;
  };
}

export const add: Update = updating(runtime.add);
export const sub: Update = updating(runtime.sub);
export const and: Update = updating(runtime.and);
export const or: Update = updating(runtime.or);
export const xor: Update = updating(runtime.xor);
export const exchange: Update = updating(runtime.exchange);

export function compareExchange(array: Words, index: number, expected: number, value: number): number {
  const before = runtime.compareExchange(array, index, expected, value);
  // One that finds something else writes nothing.
  done(array, index, true, isShared(array) && asElement(array, expected) === before);
  return before;
}

/** What a value is as an element of such an array. */
function asElement(array: Words, value: number): number {
  const one = new (array.constructor as Int32ArrayConstructor)(1);
  one[0] = value;
  return one[0] ?? Number.NaN;
}

export function notify(array: Words, index: number, count?: number): number {
  const woken = runtime.notify(array, index, count);
  const by = seen(array);
  by?.detector.inList(by.thread, rangeOf(array, index));
  return woken;
}

/** For each thread, the cell that it waits on. */
const lists = new Map<number, { readonly array: Words; readonly index: number }>();

export function sleep(array: Words, index: number, value: number, timeout?: number): boolean {
  const thread = runtime.steppedBy()?.thread;
  if (thread !== undefined) lists.delete(thread);
  const by = seen(array);
  const goesOn = runtime.sleep(array, index, value, timeout);
  if (by === undefined) return goesOn;
  // Whoever is about to wait is in the list of waiters, where it looks whether there is anything to wait for.
  const range = rangeOf(array, index);
  by.detector.inList(by.thread, range);
  by.detector.atomic(by.thread, { reads: true, writes: false }, range, by.place);
  by.detector.inList(by.thread, range);
  lists.set(by.thread, { array, index });
  return goesOn;
}

export function slept(): 'ok' | 'not-equal' | 'timed-out' {
  const thread = runtime.steppedBy()?.thread;
  const list = thread === undefined ? undefined : lists.get(thread);
  if (thread !== undefined && list !== undefined) {
    lists.delete(thread);
    // The way out of the list leads past whoever woke it up.
    seen(list.array)?.detector.inList(thread, rangeOf(list.array, list.index));
  }
  return runtime.slept();
}

export function waitAsync(array: Words, index: number, value: number, timeout?: number): unknown {
  const by = seen(array);
  const range = rangeOf(array, index);
  // As for those who sleep: its way leads into the list, and out of it when its promise is settled.
  const inList = (): void => by?.detector.inList(by.thread, range);
  inList();
  by?.detector.atomic(by.thread, { reads: true, writes: false }, range, by.place);
  inList();
  return waitLater(runtime.steppedBy(), array, index, value, timeout, inList);
}
