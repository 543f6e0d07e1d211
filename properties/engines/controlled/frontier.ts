import type { Decision } from './execution.ts';
import type { Direction } from './schedule.ts';

/** A schedule yet to be run: what another one did up to a decision, and something else there. */
export interface Branch {
  /** Undefined: the schedule without directions. */
  readonly last?: { readonly before: Branch; readonly direction: Direction };
  readonly preemptions: number;
}

/** What was decided, and between what. */
export type Choice = Pick<Decision, 'thread' | 'late' | 'ready' | 'timed' | 'overdue' | 'spinning'>;

/**
 * The schedules that are yet to be run, those with fewer preemptions first (iterative context bounding, Musuvathi and
 * Qadeer 2007). Letting time end a sleep while a thread could go on counts as a preemption.
 */
export class Frontier {
  readonly #levels: Branch[][];
  readonly #taken: number[];
  readonly #most: number;
  #level = 0;
  #dropped = Infinity;

  /**
   * @param bound the most preemptions.
   * @param most how many schedules of one level are kept: more will not be run anyway.
   */
  constructor(bound: number, most: number) {
    this.#levels = Array.from({ length: bound + 1 }, () => []);
    this.#taken = this.#levels.map(() => 0);
    this.#levels[0]?.push({ preemptions: 0 });
    this.#most = most;
  }

  /** Every schedule with at most so many preemptions was taken; -1: not even all without any. */
  get exhausted(): number {
    const left = this.#levels.findIndex(
      (branches, level) => branches.length > (this.#taken[level] as number),
    );
    return Math.min(left < 0 ? this.#levels.length : left, this.#dropped) - 1;
  }

  /** The next schedules, all with the same number of preemptions; none: there are no more. */
  take(most: number): Branch[] {
    while (this.#level < this.#levels.length) {
      const branches = this.#levels[this.#level] as Branch[];
      const from = this.#taken[this.#level] as number;
      if (branches.length > from) {
        this.#taken[this.#level] = Math.min(branches.length, from + most);
        return branches.slice(from, from + most);
      }
      // Where they lead from is part of those that are left.
      this.#levels[this.#level] = [];
      this.#taken[this.#level] = 0;
      this.#level++;
    }
    return [];
  }

  /** Schedules that were taken and not run. */
  putBack(branches: readonly Branch[]): void {
    this.#levels[this.#level]?.push(...branches);
  }

  /** Adds what could have been decided otherwise after the last direction of a schedule that was run. */
  grow(branch: Branch, choices: readonly Choice[]): void {
    const from = (branch.last?.direction.decision ?? -1) + 1;
    for (let decision = from; decision < choices.length; decision++) {
      const choice = choices[decision] as Choice;
      const previous = choices[decision - 1]?.thread;
      for (const direction of alternatives(decision, choice)) {
        const costs = isPreemption(direction, previous, choice) ? 1 : 0;
        this.#add({ last: { before: branch, direction }, preemptions: branch.preemptions + costs });
      }
    }
  }

  /** What a schedule leads to is not known to its end. */
  cut({ preemptions }: Branch): void {
    this.#dropped = Math.min(this.#dropped, preemptions);
  }

  #add(branch: Branch): void {
    const level = this.#levels[branch.preemptions];
    if (level === undefined) return;
    if (level.length < this.#most) level.push(branch);
    else this.#dropped = Math.min(this.#dropped, branch.preemptions);
  }
}

/** The directions of a branch, in order. */
export function directionsTo(branch: Branch): readonly Direction[] {
  const directions: Direction[] = [];
  for (let { last } = branch; last !== undefined; { last } = last.before) directions.push(last.direction);
  return directions.toReversed();
}

/**
 * Whether this keeps a thread waiting that could have gone on, or lets time pass while one could. Who goes on in vain
 * is not kept waiting.
 */
export function isPreemption(
  { thread, late }: Direction,
  previous: number | undefined,
  { ready, spinning = 0 }: Pick<Choice, 'ready' | 'spinning'>,
): boolean {
  const goesOn = ready & ~spinning;
  if (previous !== undefined && previous !== thread && (goesOn & (1 << previous)) !== 0) return true;
  return late === true || ((ready & (1 << thread)) === 0 && ready !== 0);
}

/** Other decisions that there were. Who goes on in vain is let on only where nobody else can. */
function* alternatives(
  decision: number,
  { thread, ready, timed, overdue, late, spinning = 0 }: Choice,
): Generator<Direction> {
  const able = (ready & ~spinning) | timed || ready;
  for (let other = 0; able >>> other !== 0; other++) {
    const bit = 1 << other;
    if ((able & bit) !== 0 && (other !== thread || late)) yield { decision, thread: other };
    if ((overdue & able & bit) !== 0 && (other !== thread || !late)) {
      yield { decision, thread: other, late: true };
    }
  }
}
