import { addWaiter } from '../controlled/asyncWaiters.ts';
import { coordinator, nobody } from '../controlled/decisions.ts';
import { type Control, cells, faults } from '../controlled/layout.ts';
import { stateOf } from '../controlled/states.ts';
import type { Operation } from '../controlled/operations.ts';
import type { Recorder } from '../controlled/recorder.ts';
import { Steps } from '../controlled/steps.ts';
import { Tasks } from '../controlled/tasks.ts';
import { unwind } from '../controlled/unwind.ts';
import { Baton } from './baton.ts';

/**
 * One thread's hold on the baton: exactly one thread of a program runs at a time, and at every
 * scheduling point the one that runs decides, by the schedule in shared memory, who goes on.
 */
export class Scheduler {
  /** This thread. */
  readonly thread: number;
  readonly #control: Control;
  readonly #steps: Steps;
  readonly #baton: Baton;
  readonly #threads: number;
  readonly #restore: () => void;
  #tasks: Tasks | undefined;

  /**
   * @param threads how many threads the program has.
   * @param restore puts the implementation's memory back as it was before the first execution.
   */
  constructor(thread: number, threads: number, control: Control, recorder: Recorder, restore: () => void) {
    this.thread = thread;
    this.#threads = threads;
    this.#control = control;
    this.#steps = new Steps(threads, control, recorder);
    this.#baton = new Baton(control, thread);
    this.#restore = restore;
  }

  /** Waits for the baton. False: the batch is over. */
  awaitTurn(): boolean {
    // A batch that ends in the middle of an execution wakes each thread once, wherever it is.
    if (this.#control.get(cells.done) === 0) this.#park();
    this.#steps.begins(this.thread);
    this.#tasks = undefined;
    return this.#control.get(cells.done) === 0;
  }

  /** Thread 0 begins the batch when all threads have arrived. */
  beginBatch(): void {
    this.#beginExecution();
  }

  /** Milliseconds of virtual time since the execution began. */
  get clock(): number {
    return this.#steps.clock;
  }

  /** Whether the execution is over although the program may not be. */
  get unwinding(): boolean {
    return this.#steps.unwinding;
  }

  /** A scheduling point between two calls. */
  boundary(): void {
    this.#pass(this.#steps.boundary(this.thread));
    this.#steps.calls(this.thread);
  }

  /**
   * A scheduling point before an operation on shared memory, or a look at the clock.
   * @throws {@link unwind} if the execution is over.
   */
  point(operation: Operation, memory: number, index: number): void {
    this.#pass(this.#steps.point(this.thread, operation, memory, index));
  }

  /**
   * A scheduling point before a function that was handed over does what it does.
   * @throws {@link unwind} if the execution is over.
   */
  callback(): void {
    this.#pass(this.#steps.callback(this.thread));
  }

  /** Tells whether the last operation changed anything. */
  effect(changed: boolean): void {
    this.#steps.effect(this.thread, changed);
  }

  /**
   * Sleeps on a cell until notified.
   * @param timeout milliseconds; Infinity: without limit.
   * @returns false if the time ended it.
   * @throws {@link unwind} if the execution is over.
   */
  sleep(memory: number, index: number, timeout: number): boolean {
    this.#pass(this.#steps.sleep(this.thread, memory, index, timeout));
    return !this.#steps.timedOut(this.thread);
  }

  /** What this thread does when no microtask is left. */
  get tasks(): Tasks {
    return (this.#tasks ??= new Tasks(this.#control, this.thread));
  }

  /** Begins to wait on a cell, and goes on. @param timeout milliseconds. @returns the number of the waiter. */
  wait(memory: number, index: number, timeout: number): number {
    return addWaiter(this.#control, this.thread, memory, index, timeout);
  }

  /**
   * Sleeps until one of this thread's waiters is notified, or time brings something.
   * @param deadline milliseconds on the virtual clock; Infinity: it brings nothing.
   * @param isCalling the thread is in the middle of a call.
   * @throws {@link unwind} if the execution is over.
   */
  rest(deadline: number, isCalling: boolean): void {
    this.#pass(this.#steps.rest(this.thread, deadline, isCalling));
  }

  /** Wakes up to `count` sleepers on a cell, those who fell asleep first first; says how many. */
  wake(memory: number, index: number, count: number): number {
    return this.#steps.wake(memory, index, count);
  }

  /** This thread has nothing more to do in this execution. */
  finish(): void {
    if (this.#control.get(cells.done) !== 0) return;
    if (this.#steps.finishes(this.thread) === 0) {
      if (this.#steps.end()) this.#beginExecution();
      else this.#endBatch();
    } else if (this.unwinding) this.#unwindNext();
    else this.#handOver(this.#steps.next());
  }

  /** The implementation did what no program may do: the batch is over for good. */
  fail(fault: keyof typeof faults, number = 0): void {
    this.#control.set(cells.fault, faults[fault]);
    this.#control.set(cells.faultNumber, number);
    this.#control.set(cells.unwinding, 1);
    this.#endBatch();
  }

  /** Lets this thread go on; returns when it is this thread's turn again. */
  #pass(next: number): void {
    if (next === this.thread) return;
    if (next !== nobody) {
      if (next !== coordinator) this.#baton.hand(next);
      this.#park();
    }
    if (this.unwinding) throw unwind;
  }

  #handOver(next: number): void {
    if (next === nobody) this.#unwindNext();
    else if (next !== coordinator) this.#baton.hand(next);
  }

  /** Lets the next thread that has not finished throw its way out. */
  #unwindNext(): void {
    for (let thread = 0; thread < this.#threads; thread++) {
      if (stateOf(this.#control, thread) !== 'finished') return this.#baton.hand(thread);
    }
  }

  #beginExecution(): void {
    this.#restore();
    this.#handOver(this.#steps.begin());
  }

  #endBatch(): void {
    this.#control.set(cells.done, 1);
    for (let thread = 0; thread < this.#threads; thread++) this.#baton.hand(thread);
  }

  /** Waits for this thread's turn. */
  #park(): void {
    while (this.#baton.take()) {
      // The coordinator has ended a thread: the script goes on from here.
      const next = this.#steps.next();
      if (next === this.thread || next === nobody) return;
      if (next !== coordinator) this.#baton.hand(next);
    }
  }
}
