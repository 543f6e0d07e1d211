import { call, object } from '../../example.ts';
import { body } from '../../lifecycle.ts';
import type { Args, Call, ObjectSpec } from '../../program.ts';

/** The calls that the examples of Thread make. */
export const start = call('start');
export const run = call('run');
export const isAlive = call('isAlive');
export const join = call('join');
export const name = call('name');
export const ident = call('ident');
export const daemon = call('daemon');
/** The constructor, where the example says which thread calls it. */
export const create = call('create');

/** Waits so many seconds at most. */
export function timedJoin(timeout: number | null): Call {
  return call('join', { timeout });
}

/** Sets attributes. */
export function assign(attributes: Args): Call {
  return call('assign', attributes);
}

/** A Thread that runs thread 2 of the program, or the one that is said (counted from 1). */
export function threadFor(runs = 2, args: Args = {}): ObjectSpec {
  return object('thread', { target: body(runs), ...args });
}

/** The functions of the module, to be asked beside a Thread. */
export const module = object('mod');
export const getIdent = call('getIdent');
export const currentThread = call('currentThread');
export const enumerate = call('enumerate');
export const activeCount = call('activeCount');
