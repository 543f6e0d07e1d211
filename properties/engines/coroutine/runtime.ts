import { wall } from '../controlled/clocks.ts';
import { natives } from '../controlled/natives.ts';
import { countOf, isShared, millisecondsOf, type Words } from '../controlled/numbers.ts';
import type { Operation } from '../controlled/operations.ts';
import { unwind } from '../controlled/unwind.ts';
import { isDriving } from './drive.ts';
import type { Stepper } from './stepper.ts';

/*
 * What the modules of an implementation use when they are transformed. A function in the middle of which another thread
 * may go on has a twin: a generator function that yields there. Who calls a function delegates to its twin, if it has one.
 */
export { drive } from './drive.ts';
export { getter, pair, setter, takeMember, tie, tieMember, twin } from './twins.ts';
export { give } from './given.ts';
export { delegate, generator, open } from './iterators.ts';
export { asynchronous, begin } from './promises/activation.ts';
export { asyncGenerator, delegateAsync } from './promises/asyncGenerator.ts';
export { openAsync } from './promises/asyncWalk.ts';
export { awaits } from './promises/awaiting.ts';
export { construct } from './promises/promise.ts';
export { Promise } from './promises/statics.ts';
export { resources } from './resources.ts';

let stepper: Stepper | undefined;
let refused: string | undefined;

/** From now on operations on shared memory stop where this stepper says so; undefined: they do not stop. */
export function stepBy(next: Stepper | undefined): void {
  stepper = next;
}

/** Whether threads are played: operations stop. */
export function isPlaying(): boolean {
  return stepper !== undefined;
}

/** Who says where operations stop now. */
export function steppedBy(): Stepper | undefined {
  return stepper;
}

/** What stood where no other thread could go on, and in which line; undefined if nothing did. */
export function refusal(): string | undefined {
  return refused;
}

/**
 * An operation stands in what a builtin, a constructor or the like has called.
 * @throws unwind for ever: the execution is over.
 */
export function refuse(by: Stepper, operation: string): never {
  if (by.unwinding) throw unwind;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const { stack } = new Error(operation);
  Error.stackTraceLimit = stackTraceLimit;
  const frame = /(file:[^()\s]*?)\?lockproof=\w+:(\d+)/u.exec(stack ?? '');
  refused ??= `${operation}${frame === null ? '' : ` at ${frame[1]}:${frame[2]}`}`;
  return by.abandon();
}

/** Before an operation: true if another thread goes on first. */
export function point(operation: Operation, array: unknown, index: number): boolean {
  if (stepper === undefined || !isShared(array)) return false;
  if (isDriving()) refuse(stepper, `Atomics.${operation}`);
  return stepper.point(operation, array, index);
}

export function load(array: Words, index: number): number {
  const value = natives.load(array, index);
  if (stepper !== undefined && isShared(array)) stepper.effect(false, value);
  return value;
}

export function store(array: Words, index: number, value: number): number {
  if (stepper === undefined || !isShared(array)) return natives.store(array, index, value);
  const before = natives.load(array, index);
  const stored = natives.store(array, index, value);
  stepper.effect(natives.load(array, index) !== before);
  return stored;
}

type Update = (array: Words, index: number, operand: number) => number;

function updating(native: Update): Update {
  return (array, index, operand) => {
    const before = native(array, index, operand);
    if (stepper !== undefined && isShared(array))
      stepper.effect(natives.load(array, index) !== before, before);
    return before;
  };
}

export const add: Update = updating(natives.add);
export const sub: Update = updating(natives.sub);
export const and: Update = updating(natives.and);
export const or: Update = updating(natives.or);
export const xor: Update = updating(natives.xor);
export const exchange: Update = updating(natives.exchange);

export function compareExchange(array: Words, index: number, expected: number, value: number): number {
  const before = natives.compareExchange(array, index, expected, value);
  if (stepper !== undefined && isShared(array)) stepper.effect(natives.load(array, index) !== before, before);
  return before;
}

export function notify(array: Words, index: number, count?: number): number {
  if (stepper === undefined || !isShared(array)) return natives.notify(array, index, count);
  natives.notify(array, index, 0);
  return stepper.wake(array, index, countOf(count));
}

let waited: 'ok' | 'not-equal' | 'timed-out' | undefined;

/** Begins to wait: true if another thread goes on. What it comes to, {@link slept} tells. */
export function sleep(array: Words, index: number, value: number, timeout?: number): boolean {
  if (stepper === undefined || !isShared(array)) {
    waited = natives.wait(array, index, value, timeout);
    return false;
  }
  // A wait of no time checks the arguments and the value, as the standard has it.
  const now = natives.wait(array, index, value, 0);
  const milliseconds = millisecondsOf(timeout);
  if (now === 'not-equal' || milliseconds <= 0) {
    stepper.effect(false);
    waited = now;
    return false;
  }
  waited = undefined;
  return stepper.sleep(array, index, milliseconds);
}

/** What the wait of the running thread came to. */
export function slept(): 'ok' | 'not-equal' | 'timed-out' {
  const now = waited;
  waited = undefined;
  return now ?? (stepper?.awakes() === true ? 'timed-out' : 'ok');
}

/** Milliseconds since the execution began, when another thread may have gone on. */
export function* clock(by: Stepper): Generator<undefined, number> {
  if (isDriving()) refuse(by, 'a look at the clock');
  if (by.look()) yield;
  by.effect(false);
  return by.clock;
}

const wallNow = Date.now.bind(Date);

/** The time of day, as `new Date()` has it. */
export function* now(): Generator<undefined, number> {
  return stepper === undefined ? wallNow() : wall(yield* clock(stepper));
}
