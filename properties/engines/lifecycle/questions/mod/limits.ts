import { invokeOther } from '../../objects.ts';
import type { Questions } from '../question.ts';
import { lowModuleOf, moduleOf } from './module.ts';

/** What examples ask of the size of stacks. */
export const stackQuestions: Questions = {
  stackSize: (_, args, realm) =>
    'size' in args ? moduleOf(realm).stackSize(args['size']) : moduleOf(realm).stackSize(),
  /** Asks for a size: whether it was `set`, `refused` as something that cannot be changed, or `ignored`. */
  trySize: (_, { size }, realm) => {
    const module = moduleOf(realm);
    try {
      module.stackSize(size);
    } catch (error) {
      if (error instanceof Error && error.name === 'RuntimeError') return 'refused';
      throw error;
    }
    return module.stackSize() === size ? 'set' : 'ignored';
  },
  /** Whether the stack of the thread that runs has room for so many calls of a function within each other. */
  nests: (_, { calls }) => nests(calls as number),
};

function nests(calls: number): boolean {
  const nest = (left: number): number => (left === 0 ? 0 : 1 + nest(left - 1));
  try {
    return nest(calls) === calls;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What examples ask of the longest time-out. */
export const timeoutQuestions: Questions = {
  /** Whether the longest time-out is a number of seconds above 0, and finite. */
  hasFiniteMaximum: (_, __, realm) => {
    const { TIMEOUT_MAX: maximum } = moduleOf(realm);
    return Number.isFinite(maximum) && (maximum as number) > 0;
  },
  /** Whether the low-level functions have the same. */
  hasSameMaximum: (_, __, realm) => lowModuleOf(realm).TIMEOUT_MAX === moduleOf(realm).TIMEOUT_MAX,
  /**
   * Calls a method of another of the program's objects with the longest time-out, so many times over.
   * @returns what it returns.
   */
  withMaximum: (_, { object, method, times }, realm) => {
    const timeout = (moduleOf(realm).TIMEOUT_MAX as number) * (times as number);
    const call = { object: object as number, method: String(method), args: { timeout } };
    return invokeOther(realm, call);
  },
};
