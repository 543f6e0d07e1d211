import { call, object } from '../../example.ts';
import { body } from '../../lifecycle.ts';
import type { Args, Argument, Call, ObjectSpec } from '../../program.ts';

/** The calls that the examples of Local make. */
export const x = call('x');
export const dict = call('dict');
export const hold = call('hold');
export const create = call('create');
export const start = call('start');
export const join = call('join');

/** Sets attributes. */
export function assign(attributes: Args): Call {
  return call('assign', attributes);
}

/** Sets the attribute x. */
export function set(value: Argument): Call {
  return assign({ x: value });
}

/** Whether the thread has an attribute. */
export function has(name: string): Call {
  return call('has', { name });
}

/** Deletes an attribute. */
export function remove(name: string): Call {
  return call('remove', { name });
}

/** A Thread that runs this one of the program (counted from 1). */
export function threadFor(runs: number): ObjectSpec {
  return object('thread', { target: body(runs) });
}

/** A Local without a class of its own. */
export const plain = object('local');

/** One of a class with a default `number`, 2, a method `doubled`, and a slot `shared`. */
export const withMembers = object('local', { members: true });

/** One of a class whose initialiser is this thread (counted from 1), in other threads the other one. */
export function initialisedBy(runs: number, elsewhere: number, args: Args = {}): ObjectSpec {
  return object('local', { init: body(runs), initElsewhere: body(elsewhere), ...args });
}
