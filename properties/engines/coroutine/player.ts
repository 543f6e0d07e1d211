import type { Program } from '../../../spec/program.ts';
import { type Control, cells } from '../controlled/layout.ts';
import { unwind } from '../controlled/unwind.ts';
import type { Cast } from './cast.ts';
import type { Loops } from './promises/loops.ts';
import { refusal, stepBy } from './runtime.ts';
import type { Stepper } from './stepper.ts';
import type { Running } from './twins.ts';

/** One worker's part: all threads of a program, one of which runs at a time. */
export class Player {
  readonly #program: Program;
  readonly #control: Control;
  readonly #stepper: Stepper;
  readonly #begin: (thread: number) => Running;
  readonly #restore: () => void;
  readonly #loops: Loops;
  readonly #running: (Running | undefined)[] = [];

  constructor(program: Program, control: Control, cast: Cast) {
    this.#program = program;
    this.#control = control;
    this.#stepper = cast.stepper;
    this.#begin = cast.begin;
    this.#restore = cast.restore;
    this.#loops = cast.loops;
  }

  /** Runs the program under the schedule whose turn it is. False: there is no use in another one. */
  play(): boolean {
    const stepper = this.#stepper;
    this.#restore();
    this.#running.fill(undefined);
    this.#loops.begin();
    try {
      let goesOn = stepper.begin();
      while (goesOn) goesOn = this.#step() || stepper.finish();
      this.#unwind();
    } finally {
      stepBy(undefined);
      this.#loops.end();
    }
    return this.#control.get(cells.fault) === 0 && refusal() === undefined;
  }

  /** Lets the thread whose turn it is go on. False: it has nothing more to do. */
  #step(): boolean {
    const { thread } = this.#stepper;
    try {
      let running = this.#running[thread];
      if (running === undefined) {
        stepBy(undefined);
        running = this.#begin(thread);
        this.#running[thread] = running;
        stepBy(this.#stepper);
      }
      return running.next().done !== true;
    } catch (thrown) {
      if (thrown !== unwind && !this.#stepper.unwinding) throw thrown;
      return false;
    }
  }

  /** Threads that will never go on throw their way out. */
  #unwind(): void {
    if (!this.#stepper.unwinding) return;
    for (let thread = 0; thread < this.#program.threads.length; thread++) {
      this.#stepper.thread = thread;
      try {
        this.#running[thread]?.throw(unwind);
      } catch {
        // What comes of it is no part of the execution.
      }
      this.#loops.abandon();
    }
  }
}
