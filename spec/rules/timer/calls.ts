import { call, object } from '../../example.ts';
import { body } from '../../lifecycle.ts';
import type { Args, Call, ObjectSpec } from '../../program.ts';

/*
 * The calls that the examples of Timer make, beside those of Thread. What the questions among them mean is said where
 * they are answered, in properties/engines/lifecycle/questions/timer.ts.
 */
export const cancel = call('cancel');
export const isThread = call('isThread');

/** Seconds that pass within an example. */
export const short = 0.02;
/** Seconds in which nobody waits for a timer: it is cancelled before. */
export const endless = 30;

/** A Timer that calls the body of thread 2 of the program, or of the one that is said (counted from 1). */
export function timerFor(interval: number, runs = 2, args: Args = {}): ObjectSpec {
  return object('timer', { interval, function: body(runs), ...args });
}

/** Starts the timer, and cancels it so many seconds later, as one call. */
export function startAndCancel(after?: number): Call {
  return call('startAndCancel', after === undefined ? {} : { after });
}

/** Puts a value into the containers of the timer's arguments, if it shows them. */
export function addToArguments(value: number): Call {
  return call('addToArguments', { value });
}

/** From now on, errors of threads go to the body of this thread (counted from 1); null: to where they usually go. */
export function setExcepthook(thread: number | null): Call {
  return call('setExcepthook', { hook: thread === null ? null : body(thread) });
}
