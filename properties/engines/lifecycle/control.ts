import { natives } from '../controlled/natives.ts';

/** The most threads that a program of this engine has. */
export const maximalThreads = 8;

/** Words of the process. */
const pulse = 0;
const realms = 1;
const ended = 2;
const main = 3;
const executions = 4;
const header = 8;

/** Words of a thread. */
const words = {
  /** What it does, see {@link states}. */
  state: 0,
  /** How many orders it was given, and what the last one is, see {@link orders}; the step it comes from. */
  ordered: 1,
  order: 2,
  step: 3,
  /** How many of its calls have ended. */
  returned: 4,
  /** It is in a blocking wait. */
  asleep: 5,
  /** How often it has begun, and how often it has reported that. */
  entered: 9,
  begun: 6,
  /** How often it asked for the program's objects, and how often they were handed over. */
  asked: 7,
  answered: 8,
} as const;
const wordsEach = 16;

type Word = keyof typeof words;

/** What a thread of the program does. */
export const states = { absent: 0, waiting: 1, calling: 2, finished: 3 } as const;

/** What a thread of the program can be told. */
export const orders = { call: 1, end: 2 } as const;

/**
 * The shared memory in which a supervisor and the threads of a program say how far they are. Whoever changes
 * a word counts the pulse up, on which the supervisor sleeps. All of it is used through Node's own `Atomics`.
 */
export class Control {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #clock: BigInt64Array;

  constructor(memory = new SharedArrayBuffer(8 * 128)) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
    this.#clock = new BigInt64Array(memory, memory.byteLength - 8);
  }

  /** As before any execution; the realms go on being counted. */
  reset(): void {
    for (let thread = 0; thread < maximalThreads; thread++) {
      for (const word of Object.values(words)) natives.store(this.#words, at(thread, word), 0);
    }
    natives.store(this.#words, ended, 0);
    natives.add(this.#words, executions, 1);
    this.#clock[0] = process.hrtime.bigint();
  }

  /** Seconds since the reset, on the clock that all threads of the process have in common. */
  now(): number {
    return Number(process.hrtime.bigint() - (this.#clock[0] as bigint)) / 1e9;
  }

  /** A number for a realm that has none yet; the main thread's is 0. */
  newRealm(): number {
    return 1 + natives.add(this.#words, realms, 1);
  }

  get(thread: number, word: Word): number {
    return natives.load(this.#words, at(thread, words[word]));
  }

  set(thread: number, word: Word, value: number): void {
    natives.store(this.#words, at(thread, words[word]), value);
    this.beat();
  }

  /** @returns the word as it was. */
  add(thread: number, word: Word): number {
    const before = natives.add(this.#words, at(thread, words[word]), 1);
    this.beat();
    return before;
  }

  /** Counts the executions of the process. */
  get execution(): number {
    return natives.load(this.#words, executions);
  }

  /** How the implementation names the main thread; 0 before it has. */
  get mainIdent(): number {
    return natives.load(this.#words, main);
  }

  set mainIdent(ident: number) {
    natives.store(this.#words, main, ident);
  }

  /** There is nothing more to supervise. */
  end(): void {
    natives.store(this.#words, ended, 1);
    this.beat();
  }

  get isEnded(): boolean {
    return natives.load(this.#words, ended) === 1;
  }

  /** Tells the supervisor that something has changed. */
  beat(): void {
    natives.add(this.#words, pulse, 1);
    natives.notify(this.#words, pulse);
  }

  /** Gives a thread its next order. */
  tell(thread: number, order: number, step: number): void {
    natives.store(this.#words, at(thread, words.order), order);
    natives.store(this.#words, at(thread, words.step), step);
    natives.add(this.#words, at(thread, words.ordered), 1);
    natives.notify(this.#words, at(thread, words.ordered));
  }

  /** Sleeps until the thread was given another order than the `known`-th. */
  awaitOrder(thread: number, known: number): void {
    while (this.get(thread, 'ordered') === known) natives.wait(this.#words, at(thread, words.ordered), known);
  }

  /** {@link awaitOrder} without blocking. */
  async awaitOrderAsync(thread: number, known: number): Promise<void> {
    while (this.get(thread, 'ordered') === known) {
      await Atomics.waitAsync(this.#words, at(thread, words.ordered), known).value;
    }
  }

  /**
   * Sleeps until the condition holds.
   * @param patience milliseconds.
   * @returns false if it did not come to hold in time.
   */
  until(condition: () => boolean, patience: number): boolean {
    const deadline = performance.now() + patience;
    for (;;) {
      const beat = natives.load(this.#words, pulse);
      if (condition()) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      natives.wait(this.#words, pulse, beat, left);
    }
  }
}

function at(thread: number, word: number): number {
  return header + thread * wordsEach + word;
}
