import { type Passage, type Sleep, state } from './generations.ts';
import { remaining } from './timeouts.ts';

type Words = Int32Array<SharedArrayBuffer>;

/** The tasks of this thread that wait at barriers. */
const tasks = new Set<TaskPassage>();

/** Goes the whole way, the thread sleeping where it has to. */
export function passBlocking(words: Words, passage: Passage): number {
  let step = passage.next(false);
  while (!step.done) {
    // Tasks of this thread may have to leave before others can begin; they do not come to it while it sleeps.
    for (const task of tasks) task.goOn(false);
    const { word, deadline } = step.value;
    step = passage.next(Atomics.wait(words, state, word, remaining(deadline)) === 'timed-out');
  }
  return step.value;
}

/** {@link passBlocking} for threads that must not block. */
export async function passAsync(words: Words, passage: Passage): Promise<number> {
  const task = new TaskPassage(passage);
  tasks.add(task);
  try {
    for (let sleep = task.goOn(false); sleep !== undefined;) {
      const { value } = Atomics.waitAsync(words, state, sleep.word, remaining(sleep.deadline));
      sleep = task.goOn((await value) === 'timed-out');
    }
    return task.conclude();
  } finally {
    tasks.delete(task);
  }
}

/** The way of a task, which its own thread may let go on while the task itself still sleeps. */
class TaskPassage {
  readonly #passage: Passage;
  #sleep: Sleep | undefined;
  #conclusion: (() => number) | undefined;
  #running = false;

  constructor(passage: Passage) {
    this.#passage = passage;
  }

  /**
   * Looks whether it can go on.
   * @param expired whether its time is over.
   * @returns what to sleep on; undefined if it has arrived at the end.
   */
  goOn(expired: boolean): Sleep | undefined {
    // An action that one task runs may wait at another barrier, and so let all tasks look.
    if (this.#conclusion !== undefined || this.#running) return this.#sleep;
    this.#running = true;
    try {
      const { done, value } = this.#passage.next(expired);
      this.#sleep = done === true ? undefined : value;
      if (done === true) this.#conclusion = () => value;
    } catch (thrown) {
      this.#sleep = undefined;
      this.#conclusion = () => {
        throw thrown;
      };
    } finally {
      this.#running = false;
    }
    return this.#sleep;
  }

  /** The number, or the error, at the end of the way. */
  conclude(): number {
    return (this.#conclusion as () => number)();
  }
}
