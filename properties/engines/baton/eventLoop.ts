import { unwind } from '../controlled/unwind.ts';
import type { Scheduler } from './scheduler.ts';

// An implementation's are on the virtual clock.
const { setImmediate } = globalThis;

/**
 * Lets a worker do what promises have put off, between a call and its end: its own microtasks, then its tasks, each of which
 * comes when no microtask is left; where there is no task the thread sleeps.
 */
export class EventLoop {
  readonly #scheduler: Scheduler;
  readonly #drained: (() => void)[] = [];

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Comes when nothing is left to be done that needs neither time nor others. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained.push(resolve);
    });
  }

  /**
   * Goes on until the thread's calls have ended, and nothing is left to be done of what they have begun.
   * @param calls comes when they have ended.
   * @throws unwind if the execution is over.
   */
  run(calls: Promise<void>): Promise<void> {
    let isCalling = true;
    let failure: { readonly thrown: unknown } | undefined;
    const watch = async (): Promise<void> => {
      try {
        await calls;
      } catch (thrown) {
        failure = { thrown };
      }
      isCalling = false;
    };
    void watch();
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        try {
          if (failure !== undefined) throw failure.thrown;
          if (!this.#turn(isCalling)) return resolve();
        } catch (thrown) {
          this.#drained.length = 0;
          this.#scheduler.tasks.abandon(thrown);
          // Not before all that learn of it have thrown their way out.
          return void setImmediate(() => reject(thrown));
        }
        setImmediate(turn);
      };
      setImmediate(turn);
    });
  }

  /** @returns false if nothing is left to be done. */
  #turn(isCalling: boolean): boolean {
    const scheduler = this.#scheduler;
    // What was thrown to say so may have become a rejection that nobody looked at.
    if (scheduler.unwinding) throw unwind;
    const task = scheduler.tasks.next();
    if (task !== undefined) {
      Reflect.apply(task.action, undefined, task.given);
      return true;
    }
    if (this.#drained.length > 0) {
      for (const resolve of this.#drained.splice(0)) resolve();
      return true;
    }
    if (!isCalling && !scheduler.tasks.hasAny) return false;
    scheduler.rest(scheduler.tasks.deadline, isCalling);
    return true;
  }
}

/**
 * What ends an execution also ends what its threads have put off, and nobody has to handle that. Everything else that
 * nobody handles ends the thread, as always. Done once in a worker.
 * @param isOver whether the execution under way is over.
 */
export function leaveRejections(isOver: () => boolean): void {
  process.on('unhandledRejection', (reason) => {
    if (reason === unwind || isOver()) return;
    throw reason instanceof Error ? reason : new Error(`nobody handles a rejection: ${String(reason)}`);
  });
}
