import { Baton } from './baton.ts';
import { coordinator, Decisions, nobody } from './decisions.ts';
import {
  type Control,
  cells,
  endings,
  faults,
  patience,
  summaryCells,
  threadCells,
  threadStates,
} from './layout.ts';
import { type Operation, operationCode } from './operations.ts';
import type { Recorder } from './recorder.ts';
import { fallAsleep, wakeSleepers } from './sleepers.ts';
import { prepare } from './strategy.ts';

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
  readonly #decisions: Decisions;
  readonly #baton: Baton;
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
    this.#decisions = new Decisions(control, recorder, threads);
    this.#baton = new Baton(control, thread);
    this.#restore = restore;
  }

  /** Waits for the baton. False: the batch is over. */
  awaitTurn(): boolean {
    // A batch that ends in the middle of an execution wakes each thread once, wherever it is.
    if (this.#control.get(cells.done) === 0) this.#park();
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
    control.set(cells.vainSleeps, 0);
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
   * A scheduling point before a function that was handed over does what it does.
   * @throws {@link unwind} if the execution is over.
   */
  callback(): void {
    if (this.#control.get(cells.unwinding) !== 0) throw unwind;
    this.#merged = false;
    this.#announce('callback', 0, 0);
    this.#pass();
  }

  /**
   * Tells whether the last operation changed anything. A thread that goes on in vain counts as
   * spinning, and lets others go on, until somebody changes something.
   */
  effect(changed: boolean): void {
    const control = this.#control;
    const effects = control.get(cells.effects);
    if (!changed) {
      const me = this.thread;
      const idle =
        control.of(me, threadCells.idleSince) === effects ? control.of(me, threadCells.idle) + 1 : 1;
      control.put(me, threadCells.idle, idle);
      control.put(me, threadCells.idleSince, effects);
      if (idle > patience) {
        control.set(cells.spinning, control.get(cells.spinning) | (1 << me));
        this.#tellAsleep();
      }
      return;
    }
    control.set(cells.effects, effects + 1);
    control.set(cells.spinning, 0);
    control.set(cells.spinLapse, 1);
    control.set(cells.vainSleeps, 0);
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
    fallAsleep(control, me, memory, index, timeout);
    this.#tellAsleep();
    this.#announce('wake', memory, index);
    this.#pass();
    return control.of(me, threadCells.timedOut) === 0;
  }

  /** Wakes up to `count` sleepers on a cell, those who fell asleep first first; says how many. */
  wake(memory: number, index: number, count: number): number {
    return wakeSleepers(this.#control, this.#threads, memory, index, count);
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
    const next = this.#decisions.next();
    if (next === nobody) this.#unwindNext();
    else if (next !== coordinator) this.#baton.hand(next);
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

  /** The pending call cannot go on for now; told once a call. */
  #tellAsleep(): void {
    if (this.#control.of(this.thread, threadCells.toldAsleep) !== 0) return;
    this.#control.put(this.thread, threadCells.toldAsleep, 1);
    this.#recorder.blocked(this.thread);
  }

  /** Decides who goes on; returns when it is this thread's turn again. */
  #pass(): void {
    const control = this.#control;
    if (control.get(cells.unwinding) !== 0) throw unwind;
    const next = this.#decisions.next();
    if (next === this.thread) return;
    if (next !== nobody) {
      if (next !== coordinator) this.#baton.hand(next);
      this.#park();
    }
    if (control.get(cells.unwinding) !== 0) throw unwind;
  }

  /** Lets the next thread that has not finished throw its way out. */
  #unwindNext(): void {
    for (let thread = 0; thread < this.#threads; thread++) {
      if (this.#control.of(thread, threadCells.state) !== threadStates.finished)
        return this.#baton.hand(thread);
    }
  }

  #beginExecution(): void {
    const control = this.#control;
    this.#restore();
    control.header.fill(0, cells.current, cells.ending + 1);
    control.set(cells.eventsStart, control.get(cells.events));
    control.set(cells.recordsStart, control.get(cells.records));
    control.set(cells.effects, control.get(cells.effects) + 1);
    control.set(cells.spinning, 0);
    control.set(cells.spinLapse, 1);
    control.set(cells.clockLooks, 0);
    control.set(cells.vainSleeps, 0);
    control.set(cells.told, 0);
    control.set(cells.unfinished, this.#threads);
    control.times.fill(0);
    for (let thread = 0; thread < this.#threads; thread++) {
      control.put(thread, threadCells.state, threadStates.ready);
      control.put(thread, threadCells.atBoundary, 1);
      control.put(thread, threadCells.toldAsleep, 0);
      control.put(thread, threadCells.operation, operationCode.begin);
      control.put(thread, threadCells.operationMemory, 0);
      control.put(thread, threadCells.operationIndex, 0);
    }
    prepare(control, this.#threads);
    const first = this.#decisions.next();
    if (first === nobody) this.#unwindNext();
    else if (first !== coordinator) this.#baton.hand(first);
  }

  #endExecution(): void {
    const control = this.#control;
    const execution = control.get(cells.execution);
    const events = control.get(cells.events);
    if (control.get(cells.ending) === endings.running) control.set(cells.ending, endings.complete);
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
    if (execution + 1 >= control.size.executions || control.isFull) this.#endBatch();
    else this.#beginExecution();
  }

  #endBatch(): void {
    this.#control.set(cells.done, 1);
    for (let thread = 0; thread < this.#threads; thread++) this.#baton.hand(thread);
  }

  /** Waits for this thread's turn. */
  #park(): void {
    while (this.#baton.take()) {
      // The coordinator has ended a thread: the script goes on from here.
      const next = this.#decisions.next();
      if (next === this.thread || next === nobody) return;
      if (next !== coordinator) this.#baton.hand(next);
    }
  }
}
