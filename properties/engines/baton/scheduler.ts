import {
  type Control,
  cells,
  endings,
  faults,
  maximalSteps,
  patience,
  recordCells,
  summaryCells,
  threadCells,
  threadStates,
} from './layout.ts';
import { natives } from './natives.ts';
import { type Operation, operationCode } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { scheduleKinds, scriptKinds } from './schedule.ts';
import { choose, enabled, prepare } from './strategy.ts';

/** No thread can go on: the execution is over, and unwinding has begun. */
const nobody = -1;
/** The coordinator has to do something first; it then hands the baton to a thread that resumes. */
const coordinator = -2;

/** Thrown through an implementation to end a call that will never return. Deliberately no Error: nothing should take it for one of its own. */
export const unwind = Object.freeze({ unwind: 'This execution is over.' });

/**
 * One thread's hold on the baton: exactly one thread of a program runs at a time, and at every
 * scheduling point the one that runs decides, by the schedule in shared memory, who goes on.
 */
export class Scheduler {
  /** This thread. */
  readonly thread: number;
  readonly #control: Control;
  readonly #recorder: Recorder;
  readonly #threads: number;
  readonly #restore: () => void;
  /** The first operation of a call happens at the scheduling point before the call. */
  #merged = false;
  /** The decision to let this thread begin was the scheduling point before its first call. */
  #begun = false;

  /**
   * @param threads how many threads the program has.
   * @param restore puts the implementation's memory back as it was before the first execution.
   */
  constructor(thread: number, threads: number, control: Control, recorder: Recorder, restore: () => void) {
    this.thread = thread;
    this.#threads = threads;
    this.#control = control;
    this.#recorder = recorder;
    this.#restore = restore;
  }

  /** Waits for the baton. False: the batch is over. */
  awaitTurn(): boolean {
    this.#park();
    this.#begun = true;
    return this.#control.get(cells.done) === 0;
  }

  /** Thread 0 begins the batch when all threads have arrived. */
  beginBatch(): void {
    this.#beginExecution();
  }

  /** Milliseconds of virtual time since the execution began. */
  get clock(): number {
    return this.#control.clock;
  }

  /** Whether the execution is over although the program may not be. */
  get unwinding(): boolean {
    return this.#control.get(cells.unwinding) !== 0;
  }

  /** A scheduling point between two calls. */
  boundary(): void {
    const control = this.#control;
    if (!this.#begun) {
      this.#merged = false;
      control.put(this.thread, threadCells.atBoundary, 1);
      this.#announce('call', 0, 0);
      this.#pass();
    }
    this.#begun = false;
    control.put(this.thread, threadCells.atBoundary, 0);
    control.put(this.thread, threadCells.toldAsleep, 0);
    this.#merged = true;
  }

  /**
   * A scheduling point before an operation on shared memory, or a look at the clock.
   * @throws {@link unwind} if the execution is over.
   */
  point(operation: Operation, memory: number, index: number): void {
    if (this.#control.get(cells.unwinding) !== 0) throw unwind;
    if (this.#merged) {
      this.#merged = false;
      return;
    }
    if (operation === 'clock') this.#control.set(cells.clockLooks, 1);
    this.#announce(operation, memory, index);
    this.#pass();
  }

  /**
   * Tells whether the last operation changed anything. A thread that goes on in vain counts as
   * spinning, and lets others go on, until somebody changes something.
   */
  effect(changed: boolean): void {
    const control = this.#control;
    if (!changed) {
      const idle = control.get(cells.idle) + 1;
      control.set(cells.idle, idle);
      if (idle > patience) control.set(cells.spinning, control.get(cells.spinning) | (1 << this.thread));
      return;
    }
    control.set(cells.idle, 0);
    control.set(cells.spinning, 0);
    control.set(cells.spinLapse, 1);
  }

  /**
   * Sleeps on a cell until notified.
   * @param timeout milliseconds; Infinity: without limit.
   * @returns false if the time ended it.
   * @throws {@link unwind} if the execution is over.
   */
  sleep(memory: number, index: number, timeout: number): boolean {
    const control = this.#control;
    const me = this.thread;
    const since = control.get(cells.sleepers) + 1;
    control.set(cells.sleepers, since);
    control.set(cells.idle, 0);
    control.put(me, threadCells.state, threadStates.blocked);
    control.put(me, threadCells.memory, memory);
    control.put(me, threadCells.index, index);
    control.put(me, threadCells.since, since);
    control.put(me, threadCells.timedOut, 0);
    control.times[2 + me] = timeout === Infinity ? Infinity : control.clock + Math.max(0, timeout);
    if (control.of(me, threadCells.toldAsleep) === 0) {
      control.put(me, threadCells.toldAsleep, 1);
      this.#recorder.blocked(me);
    }
    this.#announce('wake', memory, index);
    this.#pass();
    return control.of(me, threadCells.timedOut) === 0;
  }

  /** Wakes up to `count` sleepers on a cell, those who fell asleep first first; says how many. */
  wake(memory: number, index: number, count: number): number {
    const control = this.#control;
    let woken = 0;
    while (woken < count) {
      let first = -1;
      for (let thread = 0; thread < this.#threads; thread++) {
        if (
          control.of(thread, threadCells.state) === threadStates.blocked &&
          control.of(thread, threadCells.memory) === memory &&
          control.of(thread, threadCells.index) === index &&
          (first < 0 || control.of(thread, threadCells.since) < control.of(first, threadCells.since))
        ) {
          first = thread;
        }
      }
      if (first < 0) break;
      control.put(first, threadCells.state, threadStates.ready);
      woken++;
    }
    return woken;
  }

  /** This thread has nothing more to do in this execution. */
  finish(): void {
    const control = this.#control;
    if (control.get(cells.done) !== 0) return;
    control.put(this.thread, threadCells.state, threadStates.finished);
    control.put(this.thread, threadCells.atBoundary, 0);
    const unfinished = control.get(cells.unfinished) - 1;
    control.set(cells.unfinished, unfinished);
    if (unfinished === 0) {
      this.#endExecution();
      return;
    }
    if (control.get(cells.unwinding) !== 0) return this.#unwindNext();
    control.set(cells.idle, 0);
    const next = this.#decide();
    if (next === nobody) this.#unwindNext();
    else if (next !== coordinator) this.#hand(next);
  }

  /** The implementation did what no program may do: the batch is over for good. */
  fail(fault: keyof typeof faults, number = 0): void {
    this.#control.set(cells.fault, faults[fault]);
    this.#control.set(cells.faultNumber, number);
    this.#control.set(cells.unwinding, 1);
    this.#endBatch();
  }

  #announce(operation: Operation, memory: number, index: number): void {
    const control = this.#control;
    control.put(this.thread, threadCells.operation, operationCode[operation]);
    control.put(this.thread, threadCells.operationMemory, memory);
    control.put(this.thread, threadCells.operationIndex, index);
  }

  /** Decides who goes on; returns when it is this thread's turn again. */
  #pass(): void {
    const control = this.#control;
    if (control.get(cells.unwinding) !== 0) throw unwind;
    const next = this.#decide();
    if (next === this.thread) return;
    if (next !== nobody) {
      if (next !== coordinator) this.#hand(next);
      this.#park();
    }
    if (control.get(cells.unwinding) !== 0) throw unwind;
  }

  /** The thread to go on, {@link nobody} or {@link coordinator}. */
  #decide(): number {
    const control = this.#control;
    const steps = control.get(cells.steps) + 1;
    control.set(cells.steps, steps);
    control.set(cells.pulse, control.get(cells.pulse) + 1);
    if (steps > maximalSteps) return this.#quietForEver(endings.livelock);
    const scripted = control.schedules[control.get(cells.execution) * 4] === scheduleKinds.script;
    const next = scripted ? this.#decideByScript() : this.#decideBySchedule();
    if (next >= 0) this.#chosen(next);
    return next;
  }

  #decideBySchedule(): number {
    const control = this.#control;
    const { ready, timed, until } = enabled(control, this.#threads);
    if (ready === 0) {
      if (timed === 0) return this.#quietForEver(endings.blocked);
      this.#recorder.quiet(until);
    } else if ((ready & ~control.get(cells.spinning)) === 0 && timed === 0 && !this.#lapse()) {
      return this.#quietForEver(endings.livelock);
    }
    const next = choose(control, ready, timed, control.get(cells.current));
    this.#record(next, ready, timed);
    return next;
  }

  /** Lockstep: threads in the middle of a call first; when all is quiet, the script says what comes next. */
  #decideByScript(): number {
    const control = this.#control;
    const head = control.get(cells.execution) * 4;
    const start = control.schedules[head + 2] as number;
    for (;;) {
      const { ready, timed, until } = enabled(control, this.#threads);
      const underWay = this.#underWay(ready);
      if (underWay !== 0) {
        const next =
          (underWay & (1 << this.thread)) !== 0 ? this.thread : 31 - Math.clz32(underWay & -underWay);
        this.#record(next, ready, timed);
        return next;
      }
      if (this.#lapse()) continue;
      const lapse = control.times[1] as number;
      this.#recorder.quiet(lapse > control.clock ? Math.min(until, lapse) : until);
      if (lapse > control.clock && until <= lapse) {
        const next = 31 - Math.clz32(timed & -timed);
        this.#record(next, ready, timed);
        return next;
      }
      if (lapse > control.clock) control.times[0] = lapse;
      const position = control.get(cells.position);
      if (position >= (control.schedules[head + 3] as number)) return this.#over(endings.complete);
      control.set(cells.position, position + 1);
      const kind = control.schedules[start + 2 * position];
      const value = control.schedules[start + 2 * position + 1] as number;
      this.#recorder.step(position);
      if (kind === scriptKinds.elapse) {
        control.times[1] = control.clock + value * 1e-3;
      } else if (kind === scriptKinds.ends) {
        if (control.of(value, threadCells.state) !== threadStates.finished) {
          control.put(value, threadCells.state, threadStates.finished);
          control.set(cells.unfinished, control.get(cells.unfinished) - 1);
        }
        natives.store(control.header, cells.endOfThread, value + 1);
        return coordinator;
      } else if ((ready & (1 << value)) !== 0) {
        this.#record(value, ready, timed);
        return value;
      } else {
        return this.#over(endings.diverged);
      }
    }
  }

  /**
   * All that run do so in vain. If one of them looks at the clock it may be waiting for time to
   * pass: then it does, each time for longer.
   */
  #lapse(): boolean {
    const control = this.#control;
    if (control.get(cells.spinning) === 0 || control.get(cells.clockLooks) === 0) return false;
    const until = control.clock + control.get(cells.spinLapse);
    this.#recorder.quiet(until);
    control.times[0] = until;
    control.set(cells.spinLapse, control.get(cells.spinLapse) * 2);
    control.set(cells.clockLooks, 0);
    control.set(cells.spinning, 0);
    return true;
  }

  #underWay(ready: number): number {
    let underWay = ready & ~this.#control.get(cells.spinning);
    for (let thread = 0; thread < this.#threads; thread++) {
      if (this.#control.of(thread, threadCells.atBoundary) !== 0) underWay &= ~(1 << thread);
    }
    return underWay;
  }

  /** The chosen thread goes on; if it slept, its time is over. */
  #chosen(next: number): void {
    const control = this.#control;
    control.set(cells.hashLow, Math.imul(control.get(cells.hashLow) ^ (next + 1), 0x01000193));
    control.set(
      cells.hashHigh,
      Math.imul(control.get(cells.hashHigh) + next + 1, 0x9e3779b1) ^ (control.get(cells.hashHigh) >>> 15),
    );
    if (next !== control.get(cells.current)) control.set(cells.idle, 0);
    control.set(cells.current, next);
    if (control.of(next, threadCells.state) !== threadStates.blocked) return;
    control.put(next, threadCells.state, threadStates.ready);
    control.put(next, threadCells.timedOut, 1);
    control.times[0] = Math.max(control.clock, control.deadline(next));
  }

  #record(next: number, ready: number, timed: number): void {
    const control = this.#control;
    const record = control.get(cells.records);
    if (record >= control.size.records) return;
    control.set(cells.records, record + 1);
    control.records[record * recordCells] =
      next |
      (control.of(next, threadCells.operation) << 4) |
      (control.of(next, threadCells.operationMemory) << 12);
    control.records[record * recordCells + 1] =
      ready | (timed << 8) | (control.of(next, threadCells.operationIndex) << 16);
  }

  #quietForEver(ending: number): typeof nobody {
    this.#recorder.quiet(Infinity);
    return this.#over(ending);
  }

  #over(ending: number): typeof nobody {
    this.#control.set(cells.ending, ending);
    this.#control.set(cells.unwinding, 1);
    return nobody;
  }

  /** Lets the next thread that has not finished throw its way out. */
  #unwindNext(): void {
    for (let thread = 0; thread < this.#threads; thread++) {
      if (this.#control.of(thread, threadCells.state) !== threadStates.finished) return this.#hand(thread);
    }
  }

  #beginExecution(): void {
    const control = this.#control;
    this.#restore();
    control.header.fill(0, cells.current, cells.ending + 1);
    control.set(cells.eventsStart, control.get(cells.events));
    control.set(cells.recordsStart, control.get(cells.records));
    control.set(cells.idle, 0);
    control.set(cells.spinning, 0);
    control.set(cells.spinLapse, 1);
    control.set(cells.clockLooks, 0);
    control.set(cells.unfinished, this.#threads);
    control.times.fill(0);
    for (let thread = 0; thread < this.#threads; thread++) {
      control.put(thread, threadCells.state, threadStates.ready);
      control.put(thread, threadCells.atBoundary, 1);
      control.put(thread, threadCells.toldAsleep, 0);
      control.put(thread, threadCells.operation, operationCode.begin);
    }
    prepare(control, this.#threads);
    const first = this.#decide();
    if (first === nobody) this.#unwindNext();
    else if (first !== coordinator) this.#hand(first);
  }

  #endExecution(): void {
    const control = this.#control;
    const execution = control.get(cells.execution);
    const events = control.get(cells.events);
    if (control.get(cells.ending) === endings.running) control.set(cells.ending, endings.complete);
    control.set(cells.longest, Math.max(control.get(cells.longest), control.get(cells.steps)));
    control.summaries.set(
      [
        control.get(cells.ending),
        control.get(cells.steps),
        control.get(cells.hashLow),
        control.get(cells.hashHigh),
        control.get(cells.eventsStart),
        events,
        control.get(cells.recordsStart),
        control.get(cells.records),
      ],
      execution * summaryCells,
    );
    control.set(cells.execution, execution + 1);
    // An area that filled up may have cut this execution short: the coordinator runs it again.
    const full =
      events >= control.size.events ||
      (control.size.records > 0 && control.get(cells.records) >= control.size.records);
    if (execution + 1 >= control.size.executions || full) this.#endBatch();
    else this.#beginExecution();
  }

  #endBatch(): void {
    this.#control.set(cells.done, 1);
    for (let thread = 0; thread < this.#threads; thread++) this.#hand(thread);
  }

  #hand(thread: number): void {
    const cell = this.#control.parkCell(thread);
    natives.store(this.#control.threads, cell, 1);
    if (thread !== this.thread) natives.notify(this.#control.threads, cell, 1);
  }

  #park(): void {
    const control = this.#control;
    const cell = control.parkCell(this.thread);
    for (;;) {
      while (natives.load(control.threads, cell) === 0) natives.wait(control.threads, cell, 0);
      natives.store(control.threads, cell, 0);
      if (control.get(cells.resume) === 0) return;
      // The coordinator has ended a thread: the script goes on from here.
      control.set(cells.resume, 0);
      const next = this.#decide();
      if (next === this.thread || next === nobody) return;
      if (next !== coordinator) this.#hand(next);
    }
  }
}
