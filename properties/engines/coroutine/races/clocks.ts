/** A vector clock: how much of each thread's past is known. */
type Clock = Int32Array;

/**
 * What happens before what, by vector clocks (Fidge 1988, Mattern 1989): each thread counts its own time, which goes on
 * whenever it lets others know what it did; what a thread has been let know of the others' times lies in its past.
 */
export class Clocks {
  readonly #of: readonly Clock[];
  /** What was let known by whom wrote a cell last, or was in a list of waiters last. */
  readonly #left = new Map<number, Clock>();

  /** @param threads how many there are. */
  constructor(threads: number) {
    this.#of = Array.from({ length: threads }, (_, thread) => {
      const clock = new Int32Array(threads);
      clock[thread] = 1;
      return clock;
    });
  }

  /** All that happened so far happens before all that will. */
  meet(): void {
    const all = new Int32Array(this.#of.length);
    for (const clock of this.#of) join(all, clock);
    for (const [thread, clock] of this.#of.entries()) {
      copy(all, clock);
      this.#tick(thread);
    }
  }

  /** The time of a thread, by which what it does now is remembered: its epoch (Flanagan and Freund 2009). */
  now(thread: number): number {
    return (this.#of[thread] as Clock)[thread] as number;
  }

  /** Up to when what another thread did happens before what this one does now. */
  known(thread: number, other: number): number {
    return (this.#of[thread] as Clock)[other] as number;
  }

  /** A thread gets to know what was left here last. */
  acquire(thread: number, cell: number): void {
    const left = this.#left.get(cell);
    if (left !== undefined) join(this.#of[thread] as Clock, left);
  }

  /** A thread leaves here what it knows, in place of what others left. */
  release(thread: number, cell: number): void {
    const own = this.#of[thread] as Clock;
    const left = this.#left.get(cell);
    const mine = left ?? new Int32Array(own.length);
    copy(own, mine);
    if (left === undefined) this.#left.set(cell, mine);
    this.#tick(thread);
  }

  #tick(thread: number): void {
    const own = this.#of[thread] as Clock;
    own[thread] = this.now(thread) + 1;
  }
}

/** By hand: methods of views tell who sees them. */
function copy(from: Clock, to: Clock): void {
  for (let thread = 0; thread < from.length; thread++) to[thread] = from[thread] as number;
}

function join(clock: Clock, other: Clock): void {
  for (let thread = 0; thread < clock.length; thread++) {
    clock[thread] = Math.max(clock[thread] as number, other[thread] as number);
  }
}
