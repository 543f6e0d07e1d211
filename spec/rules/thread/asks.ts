import { call, reference } from '../../example.ts';
import { body } from '../../lifecycle.ts';
import type { Call } from '../../program.ts';

/** The same call of the main thread's object, wherever it is made. */
export function ofMain({ method, args }: Call): Call {
  return call('ofMain', { asks: method, ...args });
}

/** From now on, errors of threads go to the body of this thread (counted from 1); null: to where they usually go. */
export function setExcepthook(thread: number | null): Call {
  return call('setExcepthook', { hook: thread === null ? null : body(thread) });
}

/** At the end of the process, the body of this thread (counted from 1) is called. */
export function atExit(thread: number): Call {
  return call('atexit', { calls: body(thread) });
}

/** Joins the thread, and gives back what the program's cell at this position holds then. */
export function joinAndRead(position: number): Call {
  return call('joinAndRead', { cell: reference(position) });
}
