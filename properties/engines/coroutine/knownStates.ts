import { NumberSet } from '../../numberSet.ts';
import { type Control, cells, patience, threadCells, vainSleeps } from '../controlled/layout.ts';
import { isAsleep, isNotified } from '../controlled/states.ts';
import type { Causality } from './causality.ts';
import { joined, mixHigh, mixLow } from './hashing.ts';

/**
 * The states that a search has met at its decisions: what threads know, who sleeps until when, what the judge makes of it,
 * and who would go on at no cost.
 */
export class KnownStates {
  readonly #control: Control;
  readonly #causality: Causality;
  readonly #threads: number;
  readonly #judged: () => number;
  #states = new NumberSet();
  #low = 0;
  #high = 0;

  /** @param judged a number for what the judge makes of the execution so far. */
  constructor(threads: number, control: Control, causality: Causality, judged: () => number) {
    this.#threads = threads;
    this.#control = control;
    this.#causality = causality;
    this.#judged = judged;
  }

  /** How many there are. */
  get size(): number {
    return this.#states.size;
  }

  /** Adds the state of the execution under way; false if it is known. */
  add(): boolean {
    const control = this.#control;
    const current = control.get(cells.current);
    this.#low = 0;
    this.#high = 0;
    for (let thread = 0; thread < this.#threads; thread++) {
      this.#mix(this.#causality.low(thread), this.#causality.high(thread));
      this.#thread(thread);
    }
    this.#add(
      control.get(cells.ready) | (control.get(cells.asleep) << 8) | (control.get(cells.notified) << 16),
    );
    this.#add(control.clock * 1000);
    this.#add(control.get(cells.spinning));
    this.#add(control.get(cells.spinLapse));
    this.#add(Math.max(0, control.get(cells.vainSleeps) - vainSleeps.early));
    const goesOn = ((control.get(cells.ready) >>> current) & 1) !== 0;
    this.#add(goesOn ? current : -1);
    this.#add(this.#judged());
    return this.#states.add(joined(this.#low, this.#high));
  }

  #thread(thread: number): void {
    const control = this.#control;
    const deadline = control.deadline(thread);
    const matters = deadline !== Infinity && (isAsleep(control, thread) || isNotified(control, thread));
    this.#add(matters ? deadline * 1000 : -1);
    // How long a thread has gone on in vain matters only when it is soon to make way for others.
    const idle = control.of(thread, threadCells.idle);
    const counts = control.of(thread, threadCells.idleSince) === control.get(cells.effects);
    this.#add(counts && idle > patience / 2 ? idle : 0);
  }

  #add(value: number): void {
    this.#mix(value, value);
  }

  #mix(low: number, high: number): void {
    this.#low = mixLow(this.#low, low);
    this.#high = mixHigh(this.#high, high);
  }
}
