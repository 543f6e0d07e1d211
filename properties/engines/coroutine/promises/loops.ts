import type { Control } from '../../controlled/layout.ts';
import { jobsIn } from './loop.ts';
import { type Rests, ThreadLoop } from './threadLoop.ts';

/** As much as they need to know of who runs. */
type Turns = Rests & { readonly thread: number };

/** The event loops of the threads that one real thread plays. */
export class Loops {
  readonly #control: Control;
  readonly #stepper: Turns;
  readonly #refuse: (what: string) => never;
  readonly #loops: (ThreadLoop | undefined)[] = [];

  /** @param refuse is told what cannot be played. @throws unwind */
  constructor(control: Control, stepper: Turns, refuse: (what: string) => never) {
    this.#control = control;
    this.#stepper = stepper;
    this.#refuse = refuse;
  }

  /** An execution begins: jobs are those of the thread that runs. */
  begin(): void {
    this.#loops.fill(undefined);
    jobsIn(() => this.now);
  }

  /** The execution is over for the running thread, which may be waiting. */
  abandon(): void {
    this.#loops[this.#stepper.thread]?.abandon();
  }

  /** An execution is over. */
  end(): void {
    jobsIn(() => undefined);
  }

  /** The running thread's. */
  get now(): ThreadLoop {
    const { thread } = this.#stepper;
    return (this.#loops[thread] ??= new ThreadLoop(this.#control, thread, this.#stepper, this.#refuse));
  }
}
