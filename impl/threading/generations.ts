import { BrokenBarrierError } from './errors.ts';
import { deadlineAfter } from './timeouts.ts';

/*
 * Generations of parties that wait for each other, in four Int32 words.
 *
 *   state    how many generations have passed; how many parties of this one are here; a mode
 *   make     how many parties a generation has, and whether an action is run; written once
 *   limit    two words: the time-out of those who bring none of their own, a Float64 in
 *            milliseconds; written once
 *
 * Generation, count and mode share one word, so each of these is a single compareExchange of it:
 *
 *   arrive    open, g, c          ->  open, g, c + 1         not for the last, unless there is an action
 *   pass      open, g, n - 1      ->  open, g + 1, 0         n parties; with an action from g, n
 *   break     open, g, c          ->  broken, g, c           abort, a time-out, an action that throws
 *   reset     any, g, c           ->  resetting, g, c        where nobody is here: open, g, 0
 *   leave     not open, g, c      ->  the same, g, c - 1     the last to leave a resetting one opens it
 *
 * Invariants:
 * - A generation ends in one step, for all of its parties: it passes, or it is broken or reset. Whatever
 *   competes with the last arrival, a time-out above all, comes before that step or is too late.
 * - The number of generations rises only when one passes, and while parties of one that was broken or reset
 *   are still here, no other can begin. So a party that finds another number than its own has passed,
 *   whatever has become of the barrier since: no reset, abort or time-out disturbs it. One that finds
 *   its own number and a mode that is not open leaves with the error.
 * - Who comes while the old parties of a reset generation leave, or while an action runs, is not counted
 *   until they have left, or it has ended; until then its time does not run. After a passage nobody has
 *   to leave first: a fast party that comes round is in the next generation, the slow ones know it by
 *   its number.
 * - A generation with an action is full (c = n) while one of its parties, the last to come, runs it. It cannot
 *   expire any more; abort and reset still end it, and that party counts until its action has ended.
 * - Nobody misses a wake-up: everybody sleeps on `state` as it was when it told them to sleep, and
 *   every step that lets somebody go on (pass, break, reset, the last leave) wakes all afterwards. Arrivals let
 *   nobody go on; who finds them between looking and sleeping looks again.
 *
 * The number of generations wraps around after 2^28 arrivals or more. It would be mistaken only if a woken
 * party did not get to run for exactly so many, minutes at the least.
 */
/** The word on which parties sleep. */
export const state = 0;
const make = 1;
const limit = 2;

/** The mode is in the lowest bits of the state; above it, generation * (parties + 1) + count. */
const open = 0;
const broken = 1;
const resetting = 2;
const modes = 3;
const one = 4;
const places = 2 ** 29;

const acts = 1;
const past = -Infinity;

/** The most parties that a generation can have: it leaves room for hundreds of generations to be told apart. */
export const maximalParties = 2 ** 20;

type Words = Int32Array<SharedArrayBuffer>;

/** What a party has to do: sleep on the state while it is this word. It goes on when told whether its time was over. */
export interface Sleep {
  readonly word: number;
  /** On the monotonic clock, in milliseconds. */
  readonly deadline: number;
}

/** A party on its way through a generation: when it may sleep, and at last its number. */
export type Passage = Generator<Sleep, number, boolean>;

/**
 * A first generation that nobody has come to.
 * @param patience milliseconds for parties that bring none of their own; Infinity: without limit.
 * @param action whether one of the parties has something to do before they pass.
 */
export function newGenerations(parties: number, patience: number, action: boolean): Words {
  const words = new Int32Array(new SharedArrayBuffer(4 * Int32Array.BYTES_PER_ELEMENT));
  Atomics.store(words, make, parties * 2 + (action ? acts : 0));
  const halves = new Int32Array(Float64Array.of(patience).buffer);
  for (const [position, half] of halves.entries()) Atomics.store(words, limit + position, half);
  return words;
}

/** How many parties a generation has. */
export function partiesOf(words: Words): number {
  return Atomics.load(words, make) >>> 1;
}

/** Whether one of the parties has something to do before they pass. */
export function hasAction(words: Words): boolean {
  return (Atomics.load(words, make) & acts) !== 0;
}

/** Milliseconds for parties that bring none of their own. */
export function usualPatience(words: Words): number {
  const halves = Int32Array.of(Atomics.load(words, limit), Atomics.load(words, limit + 1));
  return new Float64Array(halves.buffer)[0] as number;
}

/** How many parties are here and wait; none while a generation that has been broken or reset leaves. */
export function waiting(words: Words): number {
  const parties = partiesOf(words);
  const word = Atomics.load(words, state);
  return modeIn(word) === open ? countIn(word, parties) : 0;
}

/** Whether the barrier is broken. */
export function isBroken(words: Words): boolean {
  return modeIn(Atomics.load(words, state)) === broken;
}

/** Breaks the barrier, whoever is here. */
export function breakGeneration(words: Words): void {
  for (;;) {
    const word = Atomics.load(words, state);
    if (modeIn(word) === broken || change(words, word, word - modeIn(word) + broken)) return;
  }
}

/** Sends away whoever is here, and begins anew when they have left. */
export function resetGeneration(words: Words): void {
  const parties = partiesOf(words);
  for (;;) {
    const word = Atomics.load(words, state);
    const mode = countIn(word, parties) > 0 ? resetting : open;
    if (modeIn(word) === mode || change(words, word, word - modeIn(word) + mode)) return;
  }
}

/**
 * Joins a generation and passes with it. The caller sleeps when this yields.
 * @param action what the last party to come does before they pass.
 * @param patience asked for once, if it is not the last to come: milliseconds, Infinity without limit.
 * @returns the number of the party, by the order of arrival.
 * @throws BrokenBarrierError if the generation is broken or reset before it passes; what `patience` and
 *   `action` throw.
 */
export function* passage(words: Words, action: (() => unknown) | undefined, patience: () => number): Passage {
  const parties = partiesOf(words);
  let deadline: number | undefined;
  for (;;) {
    const word = Atomics.load(words, state);
    const index = countIn(word, parties);
    if (modeIn(word) === broken) throw new BrokenBarrierError('the barrier is broken');
    if (modeIn(word) === resetting || index === parties) {
      yield { word, deadline: Infinity };
    } else if (index === parties - 1) {
      if (action === undefined && change(words, word, successor(word, parties))) return index;
      if (action !== undefined && replace(words, word, word + one)) {
        act(words, word + one, parties, action);
        return index;
      }
    } else {
      deadline ??= deadlineFor(patience());
      if (deadline === past) {
        if (change(words, word, word + broken)) throw late();
      } else if (replace(words, word, word + one)) {
        return yield* stay(words, word + one, parties, index, deadline);
      }
    }
  }
}

/** Waits for the others of the generation in which this party has arrived. */
function* stay(words: Words, arrival: number, parties: number, index: number, deadline: number): Passage {
  const generation = generationIn(arrival, parties);
  let word = arrival;
  for (;;) {
    const full = countIn(word, parties) === parties;
    const expired = yield { word, deadline: full ? Infinity : deadline };
    word = Atomics.load(words, state);
    if (generationIn(word, parties) !== generation) return index;
    if (modeIn(word) !== open) {
      leave(words, parties);
      throw new BrokenBarrierError('the barrier was broken or reset during the wait');
    }
    if (expired && countIn(word, parties) < parties && change(words, word, word - one + broken)) throw late();
  }
}

/** The last party to come runs the action, and lets the others pass. */
function act(words: Words, full: number, parties: number, action: () => unknown): void {
  try {
    action();
  } catch (thrown) {
    if (!change(words, full, full - one + broken)) leave(words, parties);
    throw thrown;
  }
  if (change(words, full, successor(full, parties))) return;
  leave(words, parties);
  throw new BrokenBarrierError('the barrier was broken or reset during its action');
}

/** A party of a generation that was broken or reset goes away. */
function leave(words: Words, parties: number): void {
  for (;;) {
    const word = Atomics.load(words, state);
    const opens = modeIn(word) === resetting && countIn(word, parties) === 1;
    if (opens ? change(words, word, word - one - resetting) : replace(words, word, word - one)) return;
  }
}

/** The empty generation after this one. */
function successor(word: number, parties: number): number {
  const next = generationIn(word, parties) + 1;
  return next < Math.floor(places / (parties + 1)) ? next * (parties + 1) * one : 0;
}

/** Changes the state if it still is that word, and wakes all sleepers. */
function change(words: Words, from: number, to: number): boolean {
  if (!replace(words, from, to)) return false;
  Atomics.notify(words, state);
  return true;
}

function replace(words: Words, from: number, to: number): boolean {
  return Atomics.compareExchange(words, state, from, to) === from;
}

function deadlineFor(patience: number): number {
  return patience > 0 ? deadlineAfter(patience) : past;
}

function modeIn(word: number): number {
  return word & modes;
}

function countIn(word: number, parties: number): number {
  return (word >>> 2) % (parties + 1);
}

function generationIn(word: number, parties: number): number {
  return Math.floor((word >>> 2) / (parties + 1));
}

function late(): BrokenBarrierError {
  return new BrokenBarrierError('the time was over before all parties had come');
}
