import { maximalThreads } from './layout.ts';

/** A view of shared memory; whichever of them an implementation uses. */
export type Words = Int32Array<SharedArrayBuffer>;

const numbers = new WeakMap<SharedArrayBuffer, number>();
/** Numbers below 0 for the memories that a thread made for itself. */
const own = new WeakMap<SharedArrayBuffer, number>();
let ownCount = 0;

/** Gives a memory the number by which all threads know it. A memory without is its thread's own. */
export function numberMemory(memory: SharedArrayBuffer, number: number): void {
  numbers.set(memory, number);
  lately = none;
  before = none;
}

/** Views that are known to be of shared memory, and the numbers of it: each is asked for again and again. */
const none = {};
let lately: unknown = none;
let latelyNumber = 0;
let before: unknown = none;
let beforeNumber = 0;

/** True for what the operations of other threads can reach. */
export function isShared(array: unknown): array is Words {
  if (array === lately || array === before) return true;
  if (!ArrayBuffer.isView(array) || !(array.buffer instanceof SharedArrayBuffer)) return false;
  before = lately;
  beforeNumber = latelyNumber;
  lately = array;
  latelyNumber = numberOf(array.buffer);
  return true;
}

/** The number by which a trace names a memory; 0 for a thread's own. */
export function traceNumber(array: Words): number {
  if (array === lately) return latelyNumber;
  return array === before ? beforeNumber : numberOf(array.buffer);
}

/** The number that a memory was given; 0 for a thread's own. */
export function numberOf(memory: SharedArrayBuffer): number {
  return numbers.get(memory) ?? 0;
}

/** The number by which the waiter lists tell a memory from all others, those that other threads have for themselves too. */
export function listNumber(thread: number, { buffer }: Words): number {
  const number = numbers.get(buffer) ?? own.get(buffer);
  if (number !== undefined) return number;
  const next = -(++ownCount * maximalThreads + thread);
  own.set(buffer, next);
  return next;
}

/** Where an element lies in its memory, in bytes. */
export function byteIndex(array: Words, index: number): number {
  return array.byteOffset + index * array.BYTES_PER_ELEMENT;
}

/** Milliseconds that `Atomics.wait` waits if told so. */
export function millisecondsOf(timeout: unknown): number {
  return timeout === undefined || Number.isNaN(Number(timeout)) ? Infinity : Number(timeout);
}

/** How many `Atomics.notify` wakes if told so. */
export function countOf(count: unknown): number {
  return count === undefined ? Infinity : Math.max(0, Math.trunc(Number(count)) || 0);
}
