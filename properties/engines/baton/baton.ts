import { type Control, cells } from '../controlled/layout.ts';
import { natives } from '../controlled/natives.ts';

/** The right to run: exactly one thread of a program has it at a time, the others are parked. */
export class Baton {
  readonly #control: Control;
  readonly #thread: number;

  /** @param thread whose hold on the baton this is. */
  constructor(control: Control, thread: number) {
    this.#control = control;
    this.#thread = thread;
  }

  /** Gives the baton to a thread; to this one itself, if it is about to park. */
  hand(thread: number): void {
    const cell = this.#control.parkCell(thread);
    natives.store(this.#control.threads, cell, 1);
    if (thread !== this.#thread) natives.notify(this.#control.threads, cell, 1);
  }

  /** Waits for the baton. True: the coordinator gave it, and who goes on has to be decided anew. */
  take(): boolean {
    const control = this.#control;
    const cell = control.parkCell(this.#thread);
    while (natives.load(control.threads, cell) === 0) natives.wait(control.threads, cell, 0);
    natives.store(control.threads, cell, 0);
    const resumes = control.get(cells.resume) !== 0;
    control.set(cells.resume, 0);
    return resumes;
  }
}
