import { awaitRing, ring } from './alarm.ts';
import { remaining } from './timeouts.ts';
import { inTurn } from './turn.ts';

/*
 * Those who wait for a condition, in nine Int32 words.
 *
 *   turn     who touches the next five does it alone, see turn.ts
 *   round    number of the round whose waiters are called first
 *   waiting  how many wait in this round
 *   called   how many of those may go on and have not noticed yet; fewer than `waiting`, or both are 0
 *   later    how many wait in the round after it
 *   bells    two words on which threads sleep: one for rounds of even number, one for odd
 *   tasks    how many of the waiters are tasks; they sleep on the alarm
 *   alarm    see alarm.ts
 *
 * A waiter has no slot of its own, so there may be any number. It is one of a round, and a call is for
 * whoever of the round notices first. Three invariants make that exact:
 *
 * - No newcomer is called. A round that somebody is called in takes nobody any more: who comes then waits
 *   in the later one, in which nobody is ever called.
 * - No call is lost. Once as many are called as there are, the round is over: the next one has its place,
 *   and who finds its round over has been called. Till then calls are fewer than waiters, and a
 *   waiter leaves uncalled, its time being over, only while nobody is called. So all who stay behind
 *   can still be called, and each call is noticed by somebody who was waiting when it was made.
 * - No wake-up is lost. A bell counts how often it rang. A waiter reads the count in the turn in which it
 *   sees that it is not called, and sleeps only if it has not rung since (`Atomics.wait` compares and
 *   falls asleep in one step). A call rings in its own turn and wakes as many as it calls: while there are
 *   calls, at least as many waiters are awake, or none sleeps. Who wakes in vain sleeps again.
 *
 * Rounds are counted in 32 bits. A waiter that was called and does not get to run for exactly a multiple of
 * 2^32 rounds would take itself for one of a new round, after hours at the least.
 */
const turn = 0;
const round = 1;
const waiting = 2;
const called = 3;
const later = 4;
const bells = 5;
const tasks = 7;
const alarm = 8;

type Words = Int32Array<SharedArrayBuffer>;

/** A waiter's round, and how often what it sleeps on had rung when it last looked. */
export interface Place {
  readonly round: number;
  readonly kind: 'thread' | 'task';
  rung: number;
}

/** Memory of nobody waiting. */
export function newWaiters(): Words {
  return new Int32Array(new SharedArrayBuffer(9 * Int32Array.BYTES_PER_ELEMENT));
}

/** From now on the caller is a waiter. */
export function join(words: Words, kind: Place['kind']): Place {
  return inTurn(words, turn, () => {
    const closed = at(words, called) > 0 || at(words, later) > 0;
    change(words, closed ? later : waiting, 1);
    if (kind === 'task') change(words, tasks, 1);
    const place = { round: (at(words, round) + Number(closed)) | 0, kind, rung: 0 };
    place.rung = at(words, bellOf(place));
    return place;
  });
}

/**
 * Sleeps until the waiter is called.
 * @param deadline on the monotonic clock, in milliseconds.
 * @returns false if it was not, and its time is over. It is no waiter any more, either way.
 */
export function sleep(words: Words, place: Place, deadline: number): boolean {
  for (;;) {
    const expired = Atomics.wait(words, bellOf(place), place.rung, remaining(deadline)) === 'timed-out';
    const answer = leave(words, place, expired);
    if (answer !== 'stays') return answer;
  }
}

/** {@link sleep} for threads that must not block. */
export async function sleepAsync(words: Words, place: Place, deadline: number): Promise<boolean> {
  for (;;) {
    const expired = !(await awaitRing(words, alarm, place.rung, deadline));
    const answer = leave(words, place, expired);
    if (answer !== 'stays') return answer;
  }
}

/** Calls so many waiters, or all if there are no more; those who have waited for a round longer first. */
export function callWaiters(words: Words, count: number): void {
  inTurn(words, turn, () => {
    let left = count;
    while (left > 0 && at(words, waiting) + at(words, later) > 0) {
      const uncalled = at(words, waiting) - at(words, called);
      const bell = bells + (at(words, round) & 1);
      Atomics.add(words, bell, 1);
      if (left < uncalled) {
        change(words, called, left);
        Atomics.notify(words, bell, left);
      } else {
        endRound(words);
        Atomics.notify(words, bell);
      }
      if (at(words, tasks) > 0) ring(words, alarm);
      left -= uncalled;
    }
  });
}

/** A waiter that cannot wait after all is none any more; a call that was meant for it is another's. */
export function withdraw(words: Words, place: Place): void {
  if (leave(words, place, true) === true) callWaiters(words, 1);
}

/** The waiter leaves if it is called or its time is over. @returns whether it was called. */
function leave(words: Words, place: Place, expired: boolean): boolean | 'stays' {
  return inTurn(words, turn, () => {
    const present = at(words, round);
    const isCalled = place.round === present ? at(words, called) > 0 : place.round !== ((present + 1) | 0);
    if (!isCalled && !expired) {
      place.rung = at(words, bellOf(place));
      return 'stays';
    }
    if (place.round === present) {
      change(words, waiting, -1);
      if (isCalled) change(words, called, -1);
    } else if (!isCalled) {
      change(words, later, -1);
    }
    if (place.kind === 'task') change(words, tasks, -1);
    return isCalled;
  });
}

function endRound(words: Words): void {
  words[round] = at(words, round) + 1;
  words[waiting] = at(words, later);
  words[called] = 0;
  words[later] = 0;
}

/** Where the waiter sleeps. */
function bellOf({ kind, round: number }: Place): number {
  return kind === 'task' ? alarm : bells + (number & 1);
}

// In a turn nobody else touches the words, and taking turns orders what is written: plain access will do.
function at(words: Words, index: number): number {
  return words[index] as number;
}

function change(words: Words, index: number, by: number): void {
  words[index] = at(words, index) + by;
}
