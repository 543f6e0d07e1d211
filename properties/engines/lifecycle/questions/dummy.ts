import type { Given, Questions } from './question.ts';

/** The single-threaded namespace, as far as it is asked. */
interface Dummy {
  readonly Thread: new (options: Given) => { start(): void };
  readonly Lock: new () => { acquire(...options: readonly unknown[]): unknown };
  readonly Event: new () => Event;
  readonly Condition: new () => {
    acquire(): unknown;
    release(): unknown;
    wait(...options: readonly unknown[]): unknown;
  };
  readonly _thread: {
    startNewThread(fn: unknown, args: unknown): unknown;
    interruptMain(): unknown;
    exit(): unknown;
  };
}

interface Event {
  set(): unknown;
  wait(...options: readonly unknown[]): unknown;
}

let event: Event;

/** Options as they are given: none rather than empty ones. */
function options(args: Given): readonly unknown[] {
  return Object.keys(args).length > 0 ? [args] : [];
}

/** What examples ask of a module that has no threads. It has no objects between one step and the next but these. */
export const questions: Questions = {
  /** Which of these names the module lacks, or a new object of one of its classes. */
  lacks: (dummy, { names, of }) => {
    const members = dummy as Readonly<Record<string, unknown>>;
    const object =
      of === undefined
        ? members
        : (Reflect.construct(members[of as string] as new () => object, []) as typeof members);
    return (names as readonly string[]).filter((name) => object[name] === undefined);
  },
  /** Makes a Thread, and starts it. */
  start: (dummy, args) => new (dummy as Dummy).Thread(args).start(),
  /** Starts a Thread whose target is the module's function to end a thread. */
  startExiting: (dummy) => {
    const { Thread, _thread: low } = dummy as Dummy;
    new Thread({ target: () => low.exit() }).start();
  },
  /** Starts a function by the low-level module. */
  startNew: (dummy, { function: fn, args = [] }) => void (dummy as Dummy)['_thread'].startNewThread(fn, args),
  interruptMain: (dummy) => (dummy as Dummy)['_thread'].interruptMain(),
  /** Acquires a lock that is held. */
  acquireHeld: (dummy, args) => {
    const lock = new (dummy as Dummy).Lock();
    lock.acquire();
    return lock.acquire(...options(args));
  },
  /** Waits in a condition that nobody notifies. */
  waitForNotification: (dummy, args) => {
    const condition = new (dummy as Dummy).Condition();
    condition.acquire();
    const notified = condition.wait(...options(args));
    condition.release();
    return notified;
  },
  /** From now on the event is a new one, which is not set. */
  newEvent: (dummy) => {
    event = new (dummy as Dummy).Event();
  },
  setEvent: () => event.set(),
  waitForEvent: (_, args) => event.wait(...options(args)),
};
