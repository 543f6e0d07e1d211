import { call, object, on, reference } from '../../example.ts';
import { body } from '../../lifecycle.ts';
import type { Args, Call, ObjectSpec } from '../../program.ts';

/*
 * The calls that the examples of the module's functions make. The module is the program's first object, so that its
 * calls need no position; threads follow.
 */

/** The functions of the module. */
export const module = object('mod');
/** The low-level functions, where an example starts threads by them. */
export const lowthread = object('lowthread');

/** A Thread that runs this thread of the program (counted from 1). */
export function threadFor(runs = 2, args: Args = {}): ObjectSpec {
  return object('thread', { target: body(runs), ...args });
}

/** What a Thread at this position is told; by default at the first one after the module. */
export function start(position = 1): Call {
  return on(position, call('start'));
}

export function join(position = 1): Call {
  return on(position, call('join'));
}

export const currentThread = call('currentThread');
export const mainThread = call('mainThread');
export const getIdent = call('getIdent');
export const activeCount = call('activeCount');

/** What the object of the thread that runs says, or the main thread's. */
export function ofCurrent(asks: string): Call {
  return call('ofCurrent', { asks });
}

export function ofMain(asks: string): Call {
  return call('ofMain', { asks });
}

/** What the one other live thread says that is not main. */
export function ofOther(asks: string): Call {
  return call('ofOther', { asks });
}

/** How often the thread at this position is listed; without one, the thread that makes the call. */
export function timesListed(position?: number): Call {
  return call('timesListed', position === undefined ? {} : { thread: reference(position) });
}

/** Starts a worker of Node's own that runs this thread of the program (counted from 1). */
export function startAlien(runs: number): Call {
  return call('startAlien', { runs: body(runs) });
}

/** Starts a thread without an object that runs this thread of the program (counted from 1). */
export function startRaw(runs: number): Call {
  return call('startRaw', { runs: body(runs) });
}

/** Installs the body of this thread (counted from 1) in all threads to come; null: nothing. */
export function settrace(thread: number | null): Call {
  return call('settrace', { to: thread === null ? null : body(thread) });
}

/** {@link settrace} for profile functions. */
export function setprofile(thread: number | null): Call {
  return call('setprofile', { to: thread === null ? null : body(thread) });
}

/** From now on, errors of threads go to the body of this thread (counted from 1); null: to where they usually go. */
export function setExcepthook(thread: number | null): Call {
  return call('setExcepthook', { to: thread === null ? null : body(thread) });
}

/** Asks for this size of stacks; without one, for the usual. */
export function stackSize(size?: number): Call {
  return call('stackSize', size === undefined ? {} : { size });
}
