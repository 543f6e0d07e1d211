import type { Outcome } from '../../../spec/history.ts';
import { outcomeKey } from '../../../spec/judge/configuration.ts';
import type { Judge } from '../../../spec/judge/judge.ts';
import type { Program } from '../../../spec/program.ts';
import { isCell } from '../cell.ts';
import type { Control } from '../controlled/layout.ts';
import { Causality } from './causality.ts';
import { Judging } from './judging.ts';
import { KnownStates } from './knownStates.ts';

/** Judges executions, and knows which states they have led to. */
export class Tracing extends Judging {
  readonly causality: Causality;
  readonly #program: Program;
  readonly #states: KnownStates;
  readonly #outcomes: string[][];

  constructor(judge: Judge, program: Program, control: Control) {
    super(judge, program, control);
    const threads = program.threads.length;
    this.#program = program;
    this.causality = new Causality(threads, control);
    this.#outcomes = program.threads.map(() => []);
    this.#states = new KnownStates(threads, control, this.causality, () => this.state);
  }

  /** How many different states the executions have led to. */
  get states(): number {
    return this.#states.size;
  }

  /** Adds the state of the execution under way; true if another one has led there before. */
  isKnown(): boolean {
    // Behind a refused event the judge tells nothing apart any more.
    return this.refused === undefined && !this.#states.add();
  }

  /** How each thread's calls have ended in the execution so far, as a text. */
  get outcomes(): string {
    return this.#outcomes.map((own) => own.join(' ')).join(' | ');
  }

  override begin(): void {
    this.causality.begin();
    for (const own of this.#outcomes) own.length = 0;
    super.begin();
  }

  override call(thread: number, call: number): void {
    const made = this.#program.threads[thread]?.[call];
    const object = made && this.#program.objects[made.object];
    this.causality.calls(thread, object !== undefined && isCell(object.family));
    super.call(thread, call);
  }

  override end(thread: number, outcome: Outcome): void {
    this.#outcomes[thread]?.push(outcomeKey(outcome));
    super.end(thread, outcome);
  }

  override callback(thread: number, outcome: Outcome): void {
    // What was handed over looks at a cell.
    this.causality.touchesCells(thread);
    super.callback(thread, outcome);
  }
}
