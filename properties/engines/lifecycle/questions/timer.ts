import { namespaceOf } from '../objects.ts';
import type { AnyClass } from '../realm.ts';
import type { Questions } from './question.ts';
import { questions as thread } from './thread.ts';

/** A Timer, as far as it is asked. */
interface Timer {
  /** Where an implementation shows what the function will be called with. */
  readonly args?: unknown;
  readonly kwargs?: unknown;
  start(): unknown;
  cancel(): unknown;
}

/** What examples ask of Timer objects. */
export const questions: Questions = {
  ...thread,
  /** Whether it is an instance of Thread. */
  isThread: (timer, _, realm) => timer instanceof (namespaceOf(realm, 'thread')['Thread'] as AnyClass),
  /** Starts the timer, and cancels it so many seconds later, as one call: by default at once. */
  startAndCancel: (timer, { after = 0 }) => {
    (timer as Timer).start();
    block(after as number);
    return (timer as Timer).cancel();
  },
  /** Puts a value into each container in which the timer keeps what its function will be given, if it shows them. */
  addToArguments: (timer, { value }) => {
    const { args, kwargs } = timer as Timer;
    if (Array.isArray(args)) args.push(value);
    if (typeof kwargs === 'object' && kwargs !== null) Object.assign(kwargs, { added: value });
  },
};

function block(seconds: number): void {
  if (seconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}
