import type { Outcome } from '../../spec/history.ts';
import {
  type Args,
  type Argument,
  type Callback,
  callbackError,
  callbackIn,
  referenceIn,
  type Value,
} from '../../spec/program.ts';
import type { Cell } from './cell.ts';

/** Where calls of functions that are handed over are told. */
export interface CallbackStage {
  /** Before such a function does what it does. Throws if the execution is over. */
  beforeCallback(): void;
  /** It has ended so. */
  callback(outcome: Outcome): void;
}

/** What a predicate or an action throws when its program says so. */
class CallbackError extends Error {
  override readonly name = callbackError;
}

/**
 * Arguments as an implementation is given them: other objects as this thread opened them, functions as
 * functions, structures as what their text says.
 * @param opened the objects of the program that this thread has opened, by position.
 */
export function handedOver(
  args: Args,
  opened: readonly unknown[],
  stage: CallbackStage,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(args).map(([name, argument]) => [name, materialized(argument, opened, stage)]),
  );
}

function materialized(argument: Argument, opened: readonly unknown[], stage: CallbackStage): unknown {
  const callback = callbackIn(argument);
  if (callback !== undefined) return functionOf(callback, opened, stage);
  const position = referenceIn(argument);
  if (position !== undefined) return opened[position];
  const value = argument as Value;
  return typeof value === 'object' && value !== null ? JSON.parse(value.json) : value;
}

function functionOf(callback: Callback, opened: readonly unknown[], stage: CallbackStage): () => unknown {
  return () => {
    stage.beforeCallback();
    if (callback.callback === 'throws') {
      const error = new CallbackError('thrown by the function that was handed over');
      stage.callback({ raises: callbackError, message: error.message });
      throw error;
    }
    const value = callback.callback === 'reads' ? (opened[callback.object] as Cell).read() : callback.value;
    stage.callback({ returns: value });
    return value;
  };
}
