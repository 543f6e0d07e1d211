import { call, type Expectation, object, on } from '../../example.ts';
import type { Args, Call, ObjectSpec } from '../../program.ts';

export const wait = call('wait');
export const abort = call('abort');
export const reset = call('reset');
export const parties = call('parties');
export const nWaiting = call('nWaiting');
export const broken = call('broken');
/** A wait for so many seconds. */
export const timed = (timeout: number | null): Call => call('wait', { timeout });

/** A barrier for so many parties. */
export function barrier(count: number, args: Args = {}): readonly ObjectSpec[] {
  return [object('barrier', { parties: count, ...args })];
}

/**
 * The same, and two more barriers to which only one thread comes: {@link pauses} there let everybody else
 * come to rest.
 */
export function barrierAndPauses(count: number, args: Args = {}): readonly ObjectSpec[] {
  return [...barrier(count, args), ...barrier(2), ...barrier(2)];
}

export const pauses: readonly [Call, Call] = [on(1, timed(1)), on(2, timed(1))];

/** The call ends in one of these errors. */
export function raisesOneOf(...kinds: readonly string[]): Expectation {
  return { oneOfOutcomes: kinds.map((raises) => ({ raises })) };
}
