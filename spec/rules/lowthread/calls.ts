import { call, object, reference } from '../../example.ts';
import { body } from '../../lifecycle.ts';
import type { Args, Argument, Call, Value } from '../../program.ts';

/*
 * The calls that the examples of the low-level functions make. These are the program's first object, so that its calls need
 * no position. What the questions among them mean is said where they are answered, in
 * properties/engines/lifecycle/questions/lowthread.ts and the folder beside it.
 */

/** The low-level functions. */
export const lowthread = object('lowthread');

export const getIdent = call('getIdent');
export const count = call('_count');
export const exit = call('exit');
export const exitThread = call('exitThread');
export const countWhenAlone = call('countWhenAlone');
export const lockTypes = call('lockTypes');

/** No arguments. */
export const nothing: Args = { args: { list: [] } };

/** Starts a thread that runs thread 2 of the program, or the one that is said (counted from 1). */
export function startNewThread(runs = 2, given: Args = nothing): Call {
  return call('startNewThread', { function: body(runs), ...given });
}

/** The same by its old name. */
export function startNew(runs: number, given: Args): Call {
  return call('startNew', { function: body(runs), ...given });
}

/** Raises what ends a thread, and writes to the cell at this position in a finally clause. */
export function exitWithFinally(cell: number): Call {
  return call('exitWithFinally', { cell: reference(cell) });
}

/** Leaves the thread with this code, as the language does that. */
export function sysExit(code: number): Call {
  return call('sysExit', { code });
}

/** From now on, errors of raw threads go to the body of this thread (counted from 1); null: to where they usually go. */
export function setUnraisablehook(thread: number | null): Call {
  return call('setUnraisablehook', { to: thread === null ? null : body(thread) });
}

/** The body of this thread (counted from 1) is told of errors of the thread that makes the call. */
export function setUnraisablehookHere(thread: number): Call {
  return call('setUnraisablehookHere', { to: body(thread) });
}

/** Makes calls of new locks; what they return, as text. */
export function newLocks(...calls: readonly (readonly [number, string, ...unknown[]])[]): Call {
  return call('newLocks', { calls: { json: JSON.stringify(calls) } });
}

/** {@link newLocks}, with the old name of the function that allocates them. */
export function newLocksByOldName(...calls: readonly (readonly [number, string, ...unknown[]])[]): Call {
  return call('newLocks', { old: true, calls: { json: JSON.stringify(calls) } });
}

/** What {@link newLocks} gives back. */
export function results(...values: readonly unknown[]): Value {
  return { json: JSON.stringify(values) };
}

/** Interrupts the main thread, with this signal if one is said. */
export function interruptMain(signum?: Value): Call {
  return call('interruptMain', signalled(signum));
}

/** {@link interruptMain}, and calls after it, for so many seconds if that is said. */
export function interruptAndLook(signum?: number, seconds?: number): Call {
  return call('interruptAndLook', { ...signalled(signum), ...lasting(seconds) });
}

/** Makes calls until the thread is interrupted. */
export const look = call('look');

/** Makes calls until the body of this thread (counted from 1) was called. */
export function lookUntil(called: number): Call {
  return call('look', { until: body(called) });
}

/** Makes calls for so many seconds. */
export function lookFor(seconds: number): Call {
  return call('look', { seconds });
}

/** Waits for so many seconds, and makes calls then until the thread is interrupted. */
export function waitAndLook(first: number): Call {
  return call('look', { first });
}

/** Sets what main does at a signal: the body of a thread (counted from 1), or a word. */
export function signal(signum: number, to: number | 'ignore' | 'default'): Call {
  return call('signal', { signum, to: typeof to === 'number' ? body(to) : to });
}

/** Sends the process a real signal. */
export function sendSignal(signum: number): Call {
  return call('sendSignal', { signum });
}

function signalled(signum: Argument): Args {
  return signum === undefined ? {} : { signum };
}

function lasting(seconds: number | undefined): Args {
  return seconds === undefined ? {} : { seconds };
}
