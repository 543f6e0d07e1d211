import { resting } from './asyncWaiters.ts';
import { Decisions } from './decisions.ts';
import {
  type Control,
  cells,
  endings,
  longestToil,
  maximalThreads,
  patience,
  summaryCells,
  threadCells,
} from './layout.ts';
import { type Operation, operationCode } from './operations.ts';
import type { Listener } from './listener.ts';
import { fallAsleep, wakeSleepers } from './sleepers.ts';
import { setFinished } from './states.ts';
import { prepare } from './strategy.ts';
import { unwind } from './unwind.ts';

/**
 * What happens at the scheduling points of an execution: whoever runs says what it is about to do, and is told who
 * goes on. How one thread stops and another goes on is the engine's.
 *
 * Where a method returns who goes on, that is a thread, `nobody` or `coordinator`.
 */
export class Steps {
  readonly #control: Control;
  readonly #listener: Listener;
  readonly #decisions: Decisions;
  readonly #threads: number;
  /** The first operation of a call happens at the scheduling point before the call. */
  readonly #merged: boolean[];
  /** The decision to let a thread begin was the scheduling point before its first call. */
  readonly #begun: boolean[];

  /**
   * @param threads how many threads the program has.
   * @param isKnown whether all that can follow from here is known; see {@link Decisions}.
   */
  constructor(threads: number, control: Control, listener: Listener, isKnown?: () => boolean) {
    this.#threads = threads;
    this.#control = control;
    this.#listener = listener;
    this.#decisions = new Decisions(control, listener, threads, isKnown);
    this.#merged = Array<boolean>(maximalThreads).fill(false);
    this.#begun = Array<boolean>(maximalThreads).fill(false);
  }

  /** Milliseconds of virtual time since the execution began. */
  get clock(): number {
    return this.#control.clock;
  }

  /** Whether the execution is over although the program may not be. */
  get unwinding(): boolean {
    return this.#control.get(cells.unwinding) !== 0;
  }

  /** Begins an execution. @returns who goes on. */
  begin(): number {
    const control = this.#control;
    control.header.fill(0, cells.current, cells.ending + 1);
    control.set(cells.eventsStart, control.get(cells.events));
    control.set(cells.recordsStart, control.get(cells.records));
    control.set(cells.effects, control.get(cells.effects) + 1);
    control.set(cells.spinning, 0);
    control.set(cells.spinLapse, 1);
    control.set(cells.clockLooks, 0);
    control.set(cells.vainSleeps, 0);
    control.set(cells.told, 0);
    control.set(cells.progress, 0);
    control.set(cells.goingOn, 0);
    control.set(cells.waiters, 0);
    control.set(cells.unfinished, this.#threads);
    control.set(cells.ready, (1 << this.#threads) - 1);
    control.set(cells.asleep, 0);
    control.set(cells.notified, 0);
    control.times.fill(0);
    for (let thread = 0; thread < this.#threads; thread++) {
      control.put(thread, threadCells.atBoundary, 1);
      control.put(thread, threadCells.toldAsleep, 0);
      control.put(thread, threadCells.toil, 0);
      this.#announce(thread, 'begin', 0, 0);
    }
    prepare(control, this.#threads);
    return this.#decisions.next();
  }

  /** A thread goes on for the first time in this execution. */
  begins(me: number): void {
    this.#begun[me] = true;
  }

  /** A scheduling point between two calls. @returns who goes on; when it is this thread, its call {@link calls}. */
  boundary(me: number): number {
    if (this.#begun[me] === true) return me;
    this.#merged[me] = false;
    this.#progress();
    this.#control.put(me, threadCells.atBoundary, 1);
    return this.#next(me, 'call', 0, 0);
  }

  /** A thread makes its next call. */
  calls(me: number): void {
    const control = this.#control;
    this.#begun[me] = false;
    this.#progress();
    control.set(cells.vainSleeps, 0);
    control.put(me, threadCells.atBoundary, 0);
    control.put(me, threadCells.toldAsleep, 0);
    this.#merged[me] = true;
  }

  /**
   * A scheduling point before an operation on shared memory, or a look at the clock.
   * @returns who goes on.
   * @throws {@link unwind} if the execution is over.
   */
  point(me: number, operation: Operation, memory: number, index: number): number {
    if (this.unwinding) throw unwind;
    if (this.#merged[me] === true) {
      this.#merged[me] = false;
      return me;
    }
    if (operation === 'clock') this.#control.set(cells.clockLooks, 1);
    return this.#next(me, operation, memory, index);
  }

  /**
   * A scheduling point before a function that was handed over does what it does.
   * @returns who goes on.
   * @throws {@link unwind} if the execution is over.
   */
  callback(me: number): number {
    this.#merged[me] = false;
    return this.#next(me, 'callback', 0, 0);
  }

  /**
   * Tells whether the last operation changed anything. A thread that goes on in vain counts as
   * spinning, and lets others go on, until somebody changes something.
   */
  effect(me: number, changed: boolean): void {
    const control = this.#control;
    const effects = control.get(cells.effects);
    if (!changed || this.#toils(me)) {
      const idle =
        control.of(me, threadCells.idleSince) === effects ? control.of(me, threadCells.idle) + 1 : 1;
      control.put(me, threadCells.idle, idle);
      control.put(me, threadCells.idleSince, effects);
      if (idle > patience) {
        control.set(cells.spinning, control.get(cells.spinning) | (1 << me));
        this.#tellAsleep(me);
      }
      return;
    }
    control.set(cells.effects, effects + 1);
    control.set(cells.spinning, 0);
    control.set(cells.spinLapse, 1);
    control.set(cells.vainSleeps, 0);
  }

  /**
   * A thread falls asleep on a cell.
   * @param timeout milliseconds; Infinity: without limit.
   * @returns who goes on. When it is this thread again, it {@link timedOut} or was notified.
   * @throws {@link unwind} if the execution is over.
   */
  sleep(me: number, memory: number, index: number, timeout: number): number {
    fallAsleep(this.#control, me, memory, index, timeout);
    this.#tellAsleep(me);
    // By how many own memories came before in the batch, a trace would depend on other executions.
    return this.#next(me, 'wake', Math.max(0, memory), index);
  }

  /** Whether a thread's last sleep was ended by time. */
  timedOut(me: number): boolean {
    return this.#control.of(me, threadCells.timedOut) !== 0;
  }

  /**
   * A thread has nothing to do until one of its waiters is notified, or its time comes.
   * @param deadline milliseconds on the virtual clock; Infinity: time brings nothing.
   * @param isCalling it is in the middle of a call.
   * @returns who goes on.
   * @throws {@link unwind} if the execution is over.
   */
  rest(me: number, deadline: number, isCalling: boolean): number {
    this.#merged[me] = false;
    fallAsleep(this.#control, me, resting, 0, Infinity);
    this.#control.times[2 + me] = deadline;
    if (isCalling) this.#tellAsleep(me);
    return this.#next(me, 'wake', 0, 0);
  }

  /**
   * Wakes up to `count` sleepers on a cell, those who fell asleep first first; says how many.
   * @param posted is told which threads have a waiter among them.
   */
  wake(memory: number, index: number, count: number, posted?: (thread: number) => void): number {
    return wakeSleepers(this.#control, this.#threads, memory, index, count, posted);
  }

  /** A thread has nothing more to do in this execution. @returns how many have not finished. */
  finishes(me: number): number {
    const control = this.#control;
    this.#progress();
    setFinished(control, me);
    control.put(me, threadCells.atBoundary, 0);
    const unfinished = control.get(cells.unfinished) - 1;
    control.set(cells.unfinished, unfinished);
    return unfinished;
  }

  /** Decides who goes on, where nobody has said anything new. */
  next(): number {
    return this.#decisions.next();
  }

  /** The execution is over: writes down what it came to. @returns false if there is no other in this batch. */
  end(): boolean {
    const control = this.#control;
    const execution = control.get(cells.execution);
    if (control.get(cells.ending) === endings.running) control.set(cells.ending, endings.complete);
    const { summaries } = control;
    const at = execution * summaryCells;
    summaries[at] = control.get(cells.ending) | (control.get(cells.goingOn) << 8);
    summaries[at + 1] = control.get(cells.steps);
    summaries[at + 2] = control.get(cells.hashLow);
    summaries[at + 3] = control.get(cells.hashHigh);
    summaries[at + 4] = control.get(cells.eventsStart);
    summaries[at + 5] = control.get(cells.events);
    summaries[at + 6] = control.get(cells.recordsStart);
    summaries[at + 7] = control.get(cells.records);
    control.set(cells.execution, execution + 1);
    // An area that filled up may have cut this execution short: the coordinator runs it again.
    return execution + 1 < control.size.executions && !control.isFull;
  }

  /** A call begins or has ended. */
  #progress(): void {
    this.#control.set(cells.progress, this.#control.get(cells.steps));
  }

  /** A thread has changed something; true: once more, as it has for long, and no call has come any further by it. */
  #toils(me: number): boolean {
    const control = this.#control;
    const progress = control.get(cells.progress);
    const toil =
      control.of(me, threadCells.toilSince) === progress ? control.of(me, threadCells.toil) + 1 : 1;
    control.put(me, threadCells.toil, toil);
    control.put(me, threadCells.toilSince, progress);
    return toil > longestToil;
  }

  #announce(me: number, operation: Operation, memory: number, index: number): void {
    const control = this.#control;
    control.put(me, threadCells.operation, operationCode[operation]);
    control.put(me, threadCells.operationMemory, memory);
    control.put(me, threadCells.operationIndex, index);
  }

  #next(me: number, operation: Operation, memory: number, index: number): number {
    if (this.unwinding) throw unwind;
    this.#announce(me, operation, memory, index);
    return this.#decisions.next();
  }

  /** The pending call cannot go on for now; told once a call. */
  #tellAsleep(me: number): void {
    if (this.#control.of(me, threadCells.toldAsleep) !== 0) return;
    this.#control.put(me, threadCells.toldAsleep, 1);
    this.#listener.blocked(me);
  }
}
