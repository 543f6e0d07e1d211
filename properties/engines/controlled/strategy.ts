import { type Control, cells, late, threadCells } from './layout.ts';
import { draw, seedRandom } from './random.ts';
import { scheduleKinds } from './schedule.ts';

/** Sets a new execution's schedule up. */
export function prepare(control: Control, threads: number): void {
  const head = control.get(cells.execution) * 4;
  seedRandom(control, control.schedules[head + 1] as number);
  control.set(cells.position, 0);
  control.set(cells.lowest, 0);
  if (control.schedules[head] !== scheduleKinds.pct) return;
  // A random order of the threads: 1 to n, shuffled.
  for (let thread = 0; thread < threads; thread++) {
    control.put(thread, threadCells.priority, thread + 1);
  }
  for (let thread = threads - 1; thread > 0; thread--) {
    const other = draw(control, thread + 1);
    const priority = control.of(thread, threadCells.priority);
    control.put(thread, threadCells.priority, control.of(other, threadCells.priority));
    control.put(other, threadCells.priority, priority);
  }
}

/**
 * Who goes on: a thread, with {@link late} if its time ends before it does.
 * @param ready bit set of the threads that can.
 * @param timed bit set of the sleepers whose time may end next; never chosen over a ready thread by
 *   a directed schedule unless it says so.
 * @param overdue bit set of the threads that were notified and whose time may end before they go on.
 * @param current whoever decides; its bit is in `ready` if it can go on itself.
 */
export function choose(
  control: Control,
  ready: number,
  timed: number,
  overdue: number,
  current: number,
): number {
  const head = control.get(cells.execution) * 4;
  const spinning = (control.get(cells.spinning) & (1 << current)) !== 0;
  const others = (ready | timed) & ~(1 << current);
  switch (control.schedules[head]) {
    case scheduleKinds.random: {
      const decisions = ready | timed | (overdue << late);
      return pick(decisions, draw(control, count(decisions)));
    }
    case scheduleKinds.pct: {
      const thread = byPriority(control, ready | timed, current, spinning && others !== 0);
      const isLate = (overdue & (1 << thread)) !== 0 && draw(control, 4) === 0;
      return isLate ? thread | late : thread;
    }
    default:
      return directed(control, head, ready, timed, overdue, current, spinning && others !== 0);
  }
}

function byPriority(control: Control, enabled: number, current: number, spinning: boolean): number {
  const head = control.get(cells.execution) * 4;
  const changes = control.schedules[head + 2] as number;
  const length = control.get(cells.length);
  // Each change point falls on any decision alike: a draw a decision is the same as drawing them before.
  if (spinning || (changes > 0 && draw(control, length) < changes)) putLast(control, current);
  let best = -1;
  for (let thread = 0; enabled >>> thread !== 0; thread++) {
    if ((enabled & (1 << thread)) === 0) continue;
    if (best < 0 || control.of(thread, threadCells.priority) > control.of(best, threadCells.priority)) {
      best = thread;
    }
  }
  return best;
}

function putLast(control: Control, thread: number): void {
  const lowest = control.get(cells.lowest) - 1;
  control.set(cells.lowest, lowest);
  control.put(thread, threadCells.priority, lowest);
}

function directed(
  control: Control,
  head: number,
  ready: number,
  timed: number,
  overdue: number,
  current: number,
  spinning: boolean,
): number {
  const start = control.schedules[head + 2] as number;
  const position = control.get(cells.position);
  const decision = control.get(cells.steps) - 1;
  if (
    position < (control.schedules[head + 3] as number) &&
    control.schedules[start + 2 * position] === decision
  ) {
    control.set(cells.position, position + 1);
    const decided = control.schedules[start + 2 * position + 1] as number;
    if (((ready | timed | (overdue << late)) & (1 << decided)) !== 0) return decided;
  }
  if ((ready & (1 << current)) !== 0 && !spinning) return current;
  const candidates = ready & ~(1 << current) || timed & ~(1 << current) || ready || timed;
  return nextAfter(candidates, current);
}

/** The first thread of the set after this one, in a circle. */
function nextAfter(set: number, thread: number): number {
  const after = set & ~((2 << thread) - 1);
  return 31 - Math.clz32((after || set) & -(after || set));
}

function pick(set: number, position: number): number {
  let rest = set;
  for (let skipped = 0; skipped < position; skipped++) rest &= rest - 1;
  return 31 - Math.clz32(rest & -rest);
}

function count(set: number): number {
  let bits = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}

/** What there is to decide between, as bit sets of threads, and when the next sleeper's time ends. */
export class Enabled {
  ready = 0;
  timed = 0;
  overdue = 0;
  /** Milliseconds; Infinity: no sleeper's time ends. */
  until = Infinity;

  /** Looks again: nothing is made anew, for this is done at every decision. */
  look(control: Control): void {
    const asleep = control.get(cells.asleep);
    const notified = control.get(cells.notified);
    let timed = 0;
    let until = Infinity;
    for (let thread = 0; asleep >>> thread !== 0; thread++) {
      if (((asleep >>> thread) & 1) === 0) continue;
      const deadline = control.deadline(thread);
      if (deadline === Infinity || deadline > until) continue;
      timed = deadline < until ? 1 << thread : timed | (1 << thread);
      until = deadline;
    }
    this.ready = control.get(cells.ready);
    this.timed = timed;
    this.until = until;
    this.overdue = notified === 0 ? 0 : overdueAmong(control, notified, until);
  }
}

/** Whose deadline the clock may reach before any sleeper's. @param notified the threads that were and have not gone on. */
function overdueAmong(control: Control, notified: number, until: number): number {
  let overdue = 0;
  for (let thread = 0; notified >>> thread !== 0; thread++) {
    if ((notified & (1 << thread)) === 0) continue;
    const deadline = control.deadline(thread);
    if (deadline !== Infinity && deadline > control.clock && deadline <= until) overdue |= 1 << thread;
  }
  return overdue;
}
