import { Clocks } from './clocks.ts';
import { placeOf } from './places.ts';
import type { Access, Race } from './race.ts';
import { type Kind, kinds, type Remembered, Shadow } from './shadow.ts';

/** Bytes of a memory, as one access touches them. */
export interface Range {
  /** Which of the implementation's memories, from 1. */
  readonly memory: number;
  /** The first byte. */
  readonly byte: number;
  /** How many bytes. */
  readonly size: number;
}

/** In the place of an operation's size, which is a power of two up to the third: the list of those who wait on a cell. */
const listOfWaiters = 4;

/**
 * Finds the races of a batch of executions: every access to shared memory is held against what others did to the
 * same bytes, as far as nothing orders the two. What orders them is what ECMAScript's memory model says: the program; an
 * operation of `Atomics` that reads what another one wrote; being in the list of those who wait on a cell one after the
 * other; and that an execution begins.
 */
export class Detector {
  readonly #threads: number;
  readonly #clocks: Clocks;
  readonly #shadows = new Map<number, Shadow>();
  readonly #races = new Map<string, Race>();
  #execution = 0;

  /** @param threads how many the program has. */
  constructor(threads: number) {
    this.#threads = threads;
    this.#clocks = new Clocks(threads);
  }

  /** The races that were found, one for each pair of places. */
  get races(): readonly Race[] {
    return [...this.#races.values()];
  }

  /** An execution begins, after all that was before. @param execution its position in the batch. */
  begin(execution: number): void {
    this.#execution = execution;
    this.#clocks.meet();
  }

  /** A plain access. @param place number of where it stands. */
  plain(thread: number, access: 'read' | 'write', range: Range, place: number): void {
    this.#access(thread, access === 'read' ? kinds.plainRead : kinds.plainWrite, range, place);
  }

  /** An operation of `Atomics` that reads a cell, and writes it if it does. @param place number of where it stands. */
  atomic(
    thread: number,
    { reads, writes }: { readonly reads: boolean; readonly writes: boolean },
    range: Range,
    place: number,
  ): void {
    const cell = cellOf(range, Math.log2(range.size));
    if (reads) {
      this.#clocks.acquire(thread, cell);
      this.#access(thread, kinds.atomicRead, range, place);
    }
    if (writes) {
      this.#access(thread, kinds.atomicWrite, range, place);
      this.#clocks.release(thread, cell);
    }
  }

  /** A thread is in the list of those who wait on a cell: to sleep there, to wake others, or woken up. */
  inList(thread: number, range: Range): void {
    const list = cellOf(range, listOfWaiters);
    this.#clocks.acquire(thread, list);
    this.#clocks.release(thread, list);
  }

  #access(thread: number, kind: Kind, { memory, byte, size }: Range, place: number): void {
    const shadow = this.#shadow(memory);
    const access: Remembered = { thread, kind, epoch: this.#clocks.now(thread), place };
    const known = (other: number) => this.#clocks.known(thread, other);
    for (let at = byte; at < byte + size; at++) {
      shadow.access(at, access, known, (other) => this.#found(other, access, memory, at));
    }
  }

  #shadow(memory: number): Shadow {
    let shadow = this.#shadows.get(memory);
    if (shadow === undefined) {
      shadow = new Shadow(this.#threads);
      this.#shadows.set(memory, shadow);
    }
    return shadow;
  }

  #found(first: Remembered, second: Remembered, memory: number, byte: number): void {
    const pair = [first.place, second.place].sort((one, other) => one - other).join();
    if (this.#races.has(pair)) return;
    const execution = this.#execution;
    this.#races.set(pair, { first: told(first), second: told(second), memory, byte, execution });
  }
}

function told({ thread, kind, place }: Remembered): Access {
  return {
    thread,
    access: kind === kinds.plainRead || kind === kinds.atomicRead ? 'read' : 'write',
    atomic: kind === kinds.atomicRead || kind === kinds.atomicWrite,
    ...placeOf(place),
  };
}

/** A number for a cell of a memory: cells of different sizes are different ones, also where they overlap. */
function cellOf({ memory, byte }: Range, size: number): number {
  return (memory * 2 ** 32 + byte) * 8 + size;
}
