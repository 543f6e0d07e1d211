import {
  type Control,
  cells,
  endings,
  late,
  maximalSteps,
  recordCells,
  threadCells,
  vainSleeps,
} from './layout.ts';
import { natives } from './natives.ts';
import type { Listener } from './listener.ts';
import { scheduleKinds, scriptKinds } from './schedule.ts';
import { isAsleep, setFinished, setReady, stateOf } from './states.ts';
import { choose, Enabled } from './strategy.ts';

/** No thread can go on: the execution is over, and unwinding has begun. */
export const nobody = -1;
/** The coordinator has to do something first; it then hands the baton to a thread that resumes. */
export const coordinator = -2;

/** Decides, by the schedule in shared memory, which thread goes on. Whoever has the baton asks. */
export class Decisions {
  readonly #control: Control;
  readonly #listener: Listener;
  readonly #threads: number;
  readonly #isKnown: (() => boolean) | undefined;
  readonly #enabled = new Enabled();

  /**
   * @param threads how many threads the program has.
   * @param isKnown whether all that can follow from here is known: then the execution ends. Asked where a directed
   *   schedule has no more directions, and there is something to decide.
   */
  constructor(control: Control, listener: Listener, threads: number, isKnown?: () => boolean) {
    this.#control = control;
    this.#listener = listener;
    this.#threads = threads;
    this.#isKnown = isKnown;
  }

  /**
   * Decides who goes on.
   * @returns the thread, {@link nobody} or {@link coordinator}.
   */
  next(): number {
    const control = this.#control;
    const steps = control.get(cells.steps) + 1;
    control.set(cells.steps, steps);
    control.set(cells.pulse, control.get(cells.pulse) + 1);
    if (steps - control.get(cells.progress) > maximalSteps) return this.#quietForEver(endings.livelock);
    const scripted = control.schedules[control.get(cells.execution) * 4] === scheduleKinds.script;
    const next = scripted ? this.#decideByScript() : this.#decideBySchedule();
    return next >= 0 ? this.#chosen(next) : next;
  }

  #decideBySchedule(): number {
    const control = this.#control;
    const enabled = this.#enabled;
    enabled.look(control);
    const { ready, timed, overdue, until } = enabled;
    if (this.#isKnown !== undefined && this.#endsAsKnown(ready | timed | overdue)) return nobody;
    if (ready === 0) {
      if (timed === 0 || this.#sleepsInVain()) return this.#quietForEver(endings.blocked);
      this.#listener.quiet(until);
    } else if ((ready & ~control.get(cells.spinning)) === 0 && timed === 0 && !this.#lapse()) {
      return this.#quietForEver(endings.livelock);
    }
    const decision = choose(control, ready, timed, overdue, control.get(cells.current));
    this.#record(decision, ready, timed, overdue);
    return decision;
  }

  #endsAsKnown(able: number): boolean {
    const control = this.#control;
    const head = control.get(cells.execution) * 4;
    const directions = control.schedules[head + 3] as number;
    // With one thread left everything follows.
    if ((able & (able - 1)) === 0 || control.get(cells.position) < directions) return false;
    if (this.#isKnown?.() !== true) return false;
    this.#over(endings.known);
    return true;
  }

  /** Lockstep: threads in the middle of a call first; when all is quiet, the script says what comes next. */
  #decideByScript(): number {
    const control = this.#control;
    const head = control.get(cells.execution) * 4;
    const start = control.schedules[head + 2] as number;
    for (;;) {
      this.#enabled.look(control);
      const { ready, timed, until } = this.#enabled;
      const underWay = this.#underWay(ready);
      if (underWay !== 0) {
        const next =
          (underWay & (1 << control.get(cells.current))) !== 0
            ? control.get(cells.current)
            : 31 - Math.clz32(underWay & -underWay);
        this.#record(next, ready, timed, 0);
        return next;
      }
      const lapse = control.times[1] as number;
      const looked = control.get(cells.spinning) !== 0 && control.get(cells.clockLooks) !== 0;
      const quietUntil = looked ? control.clock : until;
      this.#listener.quiet(lapse > control.clock ? Math.min(until, lapse) : quietUntil);
      if (lapse > control.clock && until <= lapse) {
        const next = 31 - Math.clz32(timed & -timed);
        this.#record(next, ready, timed, 0);
        return next;
      }
      if (lapse > control.clock) {
        control.times[0] = lapse;
        // Who spins until a certain time may find that it has come.
        if (control.get(cells.spinning) !== 0) {
          this.#stopSpinning();
          continue;
        }
      }
      const position = control.get(cells.position);
      if (position >= (control.schedules[head + 3] as number)) return this.#over(endings.complete);
      control.set(cells.position, position + 1);
      const kind = control.schedules[start + 2 * position];
      const value = control.schedules[start + 2 * position + 1] as number;
      if (kind !== scriptKinds.settle) this.#tell();
      if (kind === scriptKinds.elapse || kind === scriptKinds.settle) {
        control.times[1] = control.clock + value * 1e-3;
      } else if (kind === scriptKinds.elapseLong) {
        control.times[1] = control.clock + value * 1e3;
      } else if (kind === scriptKinds.ends) {
        if (stateOf(control, value) !== 'finished') {
          setFinished(control, value);
          control.set(cells.unfinished, control.get(cells.unfinished) - 1);
        }
        natives.store(control.header, cells.endOfThread, value + 1);
        return coordinator;
      } else if ((ready & (1 << value)) !== 0) {
        this.#record(value, ready, timed, 0);
        return value;
      } else {
        return this.#over(endings.diverged);
      }
    }
  }

  #tell(): void {
    const step = this.#control.get(cells.told);
    this.#control.set(cells.told, step + 1);
    this.#listener.step(step);
  }

  /**
   * All that run do so in vain. If one of them looks at the clock it may be waiting for time to
   * pass: then it does, each time for longer.
   */
  #lapse(): boolean {
    const control = this.#control;
    if (control.get(cells.spinning) === 0 || control.get(cells.clockLooks) === 0) return false;
    const until = control.clock + control.get(cells.spinLapse);
    this.#listener.quiet(until);
    control.times[0] = until;
    control.set(cells.spinLapse, control.get(cells.spinLapse) * 2);
    this.#stopSpinning();
    return true;
  }

  #stopSpinning(): void {
    this.#control.set(cells.clockLooks, 0);
    this.#control.set(cells.spinning, 0);
    this.#control.set(cells.effects, this.#control.get(cells.effects) + 1);
  }

  /** All sleep for a time, look again and sleep again, for ever. */
  #sleepsInVain(): boolean {
    const control = this.#control;
    const sleeps = control.get(cells.vainSleeps) + 1;
    control.set(cells.vainSleeps, sleeps);
    return sleeps > vainSleeps.all;
  }

  #underWay(ready: number): number {
    return this.#calling(ready & ~this.#control.get(cells.spinning));
  }

  /** Those of these threads that are in the middle of a call. */
  #calling(threads: number): number {
    let calling = threads;
    for (let thread = 0; thread < this.#threads; thread++) {
      if (this.#control.of(thread, threadCells.atBoundary) !== 0) calling &= ~(1 << thread);
    }
    return calling;
  }

  /**
   * The chosen thread goes on; if it slept, its time is over. If it is late, its time is over too, though
   * it was notified before.
   * @param decision the thread, or thread and {@link late}.
   * @returns the thread.
   */
  #chosen(decision: number): number {
    const control = this.#control;
    const next = decision & ~late;
    control.set(cells.hashLow, Math.imul(control.get(cells.hashLow) ^ (decision + 1), 0x01000193));
    control.set(
      cells.hashHigh,
      Math.imul(control.get(cells.hashHigh) + decision + 1, 0x9e3779b1) ^
        (control.get(cells.hashHigh) >>> 15),
    );
    control.set(cells.current, next);
    control.set(cells.notified, control.get(cells.notified) & ~(1 << next));
    const asleep = isAsleep(control, next);
    if (asleep) {
      setReady(control, next);
      control.put(next, threadCells.timedOut, 1);
    }
    if (asleep || decision !== next) {
      const sleeps = control.get(cells.vainSleeps) - vainSleeps.early;
      const tooLate = sleeps > 0 ? 2 ** sleeps : 0;
      control.times[0] = Math.max(control.clock, control.deadline(next)) + tooLate;
    }
    return next;
  }

  #record(decision: number, ready: number, timed: number, overdue: number): void {
    const control = this.#control;
    const next = decision & ~late;
    const record = control.get(cells.records);
    if (record >= control.size.records) return;
    control.set(cells.records, record + 1);
    control.records[record * recordCells] =
      decision |
      (control.of(next, threadCells.operation) << 4) |
      (control.of(next, threadCells.operationMemory) << 12);
    const spinning = control.get(cells.spinning) & ready;
    control.records[record * recordCells + 1] = ready | (timed << 8) | (overdue << 16) | (spinning << 24);
    control.records[record * recordCells + 2] = control.of(next, threadCells.operationIndex);
  }

  #quietForEver(ending: number): typeof nobody {
    this.#listener.quiet(Infinity);
    return this.#over(ending);
  }

  #over(ending: number): typeof nobody {
    this.#enabled.look(this.#control);
    const { ready } = this.#enabled;
    this.#control.set(cells.goingOn, this.#calling(ready));
    this.#control.set(cells.ending, ending);
    this.#control.set(cells.unwinding, 1);
    return nobody;
  }
}
