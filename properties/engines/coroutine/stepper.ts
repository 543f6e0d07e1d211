import { addWaiter } from '../controlled/asyncWaiters.ts';
import { type Control, cells, faults } from '../controlled/layout.ts';
import { byteIndex, listNumber, traceNumber, type Words } from '../controlled/numbers.ts';
import type { Operation } from '../controlled/operations.ts';
import type { Listener } from '../controlled/listener.ts';
import { Steps } from '../controlled/steps.ts';
import type { Learned } from '../controlled/tasks.ts';
import type { Causality } from './causality.ts';
import { unwind } from '../controlled/unwind.ts';

/** What a search knows of the execution under way. */
export interface SearchSide {
  readonly causality: Causality;
  readonly isKnown: () => boolean;
}

/**
 * Which of the threads runs that one real thread plays, and where another one goes on: methods that return true say
 * that the running thread has to stop for it.
 */
export class Stepper {
  /** The thread that runs, or is to. */
  thread = 0;
  readonly #control: Control;
  readonly #steps: Steps;
  readonly #threads: number;
  readonly #causality: Causality | undefined;
  readonly #posted = (thread: number): void => this.#causality?.posts(this.thread, thread);

  /**
   * @param threads how many the program has.
   * @param search is told what each thread does, and says where all that can follow is known.
   */
  constructor(threads: number, control: Control, listener: Listener, search?: SearchSide) {
    this.#threads = threads;
    this.#control = control;
    this.#steps = new Steps(threads, control, listener, search?.isKnown);
    this.#causality = search?.causality;
  }

  /** Milliseconds of virtual time since the execution began. */
  get clock(): number {
    return this.#steps.clock;
  }

  /** Whether the execution is over although the program may not be. */
  get unwinding(): boolean {
    return this.#steps.unwinding;
  }

  /** The running thread goes on after its sleep; whether that was ended by time. */
  awakes(): boolean {
    const timedOut = this.#steps.timedOut(this.thread);
    this.#causality?.awakes(this.thread, timedOut);
    return timedOut;
  }

  /** Begins an execution. False: nobody goes on. */
  begin(): boolean {
    for (let thread = 0; thread < this.#threads; thread++) this.#steps.begins(thread);
    return this.#turnTo(this.#steps.begin());
  }

  /** Between two calls. */
  boundary(): boolean {
    return this.#stops(this.#steps.boundary(this.thread));
  }

  /** The running thread makes its next call. */
  calls(): void {
    this.#steps.calls(this.thread);
  }

  /** Before an operation on shared memory. @throws unwind if the execution is over. */
  point(operation: Operation, array: Words, index: number): boolean {
    const memory = traceNumber(array);
    const at = byteIndex(array, index);
    this.#causality?.announces(this.thread, memory, at);
    return this.#stops(this.#steps.point(this.thread, operation, memory, at));
  }

  /** Before a look at the clock. @throws unwind if the execution is over. */
  look(): boolean {
    this.#causality?.looks(this.thread);
    return this.#stops(this.#steps.point(this.thread, 'clock', 0, 0));
  }

  /** Before a function that was handed over does what it does. @throws unwind if the execution is over. */
  callback(): boolean {
    return this.#stops(this.#steps.callback(this.thread));
  }

  /**
   * Tells whether the last operation changed anything.
   * @param seen what it has read, if that is more than what others' operations have written there.
   */
  effect(changed: boolean, seen = 0): void {
    this.#causality?.acts(this.thread, changed, seen);
    this.#steps.effect(this.thread, changed);
  }

  /** Falls asleep on a cell. @param timeout milliseconds. @throws unwind if the execution is over. */
  sleep(array: Words, index: number, timeout: number): boolean {
    this.#causality?.sleeps(this.thread);
    return this.#stops(
      this.#steps.sleep(this.thread, listNumber(this.thread, array), byteIndex(array, index), timeout),
    );
  }

  /**
   * Begins to wait on a cell, and goes on.
   * @param timeout milliseconds.
   * @returns the number of the waiter.
   * @throws RangeError if there are too many.
   */
  wait(array: Words, index: number, timeout: number): number {
    this.#causality?.sleeps(this.thread);
    if (timeout !== Infinity) this.learns('time');
    const list = listNumber(this.thread, array);
    const waiter = addWaiter(this.#control, this.thread, list, byteIndex(array, index), timeout);
    this.#steps.effect(this.thread, false);
    return waiter;
  }

  /**
   * Has nothing to do until a waiter is notified or time brings something.
   * @param deadline milliseconds on the virtual clock. @throws unwind if the execution is over.
   */
  rest(deadline: number, isCalling: boolean): boolean {
    this.#causality?.takes(this.thread);
    return this.#stops(this.#steps.rest(this.thread, deadline, isCalling));
  }

  /** What the running thread learns by a task that it begins. */
  learns(learned: Learned): void {
    const causality = this.#causality;
    if (causality === undefined || learned === 'nothing') return;
    if (learned === 'time') {
      causality.looks(this.thread);
      causality.acts(this.thread, false, 0);
      return;
    }
    causality.takes(this.thread);
    causality.announces(this.thread, learned.memory, learned.index);
    causality.awakes(this.thread, learned.timedOut);
  }

  /** Wakes up to `count` sleepers on a cell; says how many. */
  wake(array: Words, index: number, count: number): number {
    const list = listNumber(this.thread, array);
    const woken = this.#steps.wake(list, byteIndex(array, index), count, this.#posted);
    this.#causality?.wakes(this.thread, woken);
    this.#steps.effect(this.thread, woken > 0);
    return woken;
  }

  /** The running thread has nothing more to do. False: nobody goes on. */
  finish(): boolean {
    if (this.#steps.finishes(this.thread) === 0 || this.unwinding) return false;
    return this.#turnTo(this.#steps.next());
  }

  /** The execution is over. False: it was the last of the batch. */
  end(): boolean {
    return this.#steps.end();
  }

  /** The execution cannot go on. */
  abandon(): never {
    this.#control.set(cells.unwinding, 1);
    throw unwind;
  }

  /** The implementation did what no program may do: the batch is over for good. */
  fail(fault: keyof typeof faults, number: number): never {
    this.#control.set(cells.fault, faults[fault]);
    this.#control.set(cells.faultNumber, number);
    return this.abandon();
  }

  #stops(next: number): boolean {
    if (next === this.thread) return false;
    if (!this.#turnTo(next)) throw unwind;
    return true;
  }

  #turnTo(next: number): boolean {
    if (next < 0) return false;
    this.thread = next;
    return true;
  }
}
