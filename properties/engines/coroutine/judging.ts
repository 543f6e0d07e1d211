import type { HistoryEvent, Outcome } from '../../../spec/history.ts';
import type { NumberedEvidence } from '../../../spec/judge/evidence.ts';
import type { Judge } from '../../../spec/judge/judge.ts';
import type { Trial } from '../../../spec/judge/trial.ts';
import type { Refused, Verdict } from '../../../spec/judge/verdict.ts';
import type { Program, Value } from '../../../spec/program.ts';
import type { Control } from '../controlled/layout.ts';
import type { Listener } from '../controlled/listener.ts';

const millisecond = 1e-3;

/** Judges executions while they happen: nothing is written down and read again. */
export class Judging implements Listener {
  readonly #judge: Judge;
  readonly #program: Program;
  readonly #control: Control;
  /** What the constructors showed, which is the beginning of every history. */
  readonly #created: HistoryEvent[] = [];
  #trial: Trial;
  #refused: Refused | undefined;

  /** @param control tells the time. */
  constructor(judge: Judge, program: Program, control: Control) {
    this.#judge = judge;
    this.#program = program;
    this.#control = control;
    this.#trial = judge.begin(program);
  }

  /** Another execution begins. */
  begin(): void {
    this.#trial = this.#judge.begin(this.#program);
    this.#refused = undefined;
    for (const event of this.#created) {
      if (this.#refused === undefined) this.#hear(this.#trial.feed(event));
    }
  }

  /** Why the execution so far is refused; undefined: it is allowed. */
  get refused(): Refused | undefined {
    return this.#refused;
  }

  /** What the execution so far is evidence for. */
  get evidence(): readonly NumberedEvidence[] {
    return this.#trial.evidence;
  }

  /** The same number for executions that the judge will not tell apart from now on. */
  get state(): number {
    return this.#trial.state;
  }

  created(object: number, outcome: Outcome): void {
    this.#created.push({ type: 'created', object, outcome, at: 0 });
  }

  call(thread: number, call: number): void {
    if (this.#refused === undefined) this.#hear(this.#trial.call(thread, call, this.#now));
  }

  end(thread: number, outcome: Outcome): void {
    if (this.#refused === undefined) this.#hear(this.#trial.end(thread, outcome, this.#now));
  }

  enter(thread: number, value: Value): void {
    if (this.#refused === undefined) this.#hear(this.#trial.end(thread, { returns: value }, this.#now));
  }

  callback(thread: number, outcome: Outcome): void {
    if (this.#refused === undefined) this.#hear(this.#trial.callback(thread, outcome, this.#now));
  }

  blocked(thread: number): void {
    if (this.#refused === undefined) this.#hear(this.#trial.blocked(thread, this.#now));
  }

  quiet(until: number): void {
    if (this.#refused === undefined) this.#hear(this.#trial.quiet(this.#now, until * millisecond));
  }

  step(): void {
    // Ordered examples are judged step by step, by what each has to show.
  }

  get #now(): number {
    return this.#control.clock * millisecond;
  }

  #hear(verdict: Verdict): void {
    if (verdict.kind !== 'allowed') this.#refused = verdict;
  }
}
