import { call } from '../../example.ts';
import { listOf } from '../../lifecycle.ts';
import type { Argument, Body, Call, Reference } from '../../program.ts';

/*
 * Questions about how threads are made, named and started. What they mean is said where they are answered, in
 * properties/engines/lifecycle/questions/threadMaking.ts.
 */
export const repr = call('repr');
export const nameOfCurrent = call('nameOfCurrent');
export const nameInSystem = call('nameInSystem');
/** Gives threads that ought not to be there the time to show that they are. */
export const joinStrangers = call('joinStrangers');

/** How much higher the number in this thread's default name is than that in the other's. */
export function numbersAfter(other: Reference): Call {
  return call('numbersAfter', { other });
}

/** Starts the thread, and asks it something at once. */
export function startAndAsk(asks: string): Call {
  return call('startAndAsk', { asks });
}

/** Starts the thread with a stack of so many bytes. */
export function startWithStack(bytes: number): Call {
  return call('startWithStack', { bytes });
}

/** Runs a thread whose list of arguments is made longer between its making and its start. */
export function runsAppended(target: Body, args: readonly Argument[], more: readonly Argument[]): Call {
  return call('runsAppended', { target, args: listOf(...args), more: listOf(...more) });
}

/** Runs a thread that is given shared memory, in which a number is written just before the start. */
export function runsAfterWriting(target: Body, value: number): Call {
  return call('runsAfterWriting', { target, value });
}
