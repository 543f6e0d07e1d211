import { RuntimeError } from '../errors.ts';
import { ident } from '../ident.ts';
import { inTurn } from '../turn.ts';
import { node } from './node.ts';
import { readText, wordsOf, writeText } from './texts.ts';

/*
 * What all threads of a process know of each other: one memory, that grows. Main makes it when it imports the library,
 * and leaves it in the environment data, where all workers that are made later find it, whoever makes them.
 *
 * Words of its head: `heads`, below. Then slots, one for each thread that is alive:
 *
 *   serial   odd: taken; even: free. It changes whenever the slot is taken or freed
 *   ident    of the thread
 *   flags    see `flags`
 *   name     a text
 *
 * Slots are taken, renamed and freed under `turn`, by a few operations of the library; nothing of a user's
 * runs meanwhile. A thread whose worker dies in the middle of that (memory has run out, for instance) loses its turn when
 * the broker sees the worker's end; one of somebody else's that is terminated then keeps it for good. Slot 0 is main's, and is never freed: only its serial changes when main has ended.
 *
 * Ends. A thread is alive as long as the serial of its slot is what it was when the slot was taken: whoever knows
 * both needs nothing else to tell, and later threads in the same slot have other serials. The end of a thread is
 * this one change, and joiners sleep on this word with the serial in hand: who comes late finds it changed and does
 * not sleep, who sleeps is notified after the change, all are. So no end is missed; and none is seen early, for only
 * `vacate` changes a serial that is odd, and it compares first, so that it does nothing for a thread that
 * has ended already: a thread's worker and the broker, which sees that worker's end, may both call it.
 *
 * `awaited` counts those for whom the process has to wait; it changes under `turn` with the slots, is notified, and is
 * what main sleeps on in the end.
 */
type Words = Int32Array<SharedArrayBuffer>;

/** What a thread is. */
export const flags = {
  daemon: 1,
  /** Was started by `_thread.startNewThread`. */
  raw: 2,
  /** Has a Thread object only because somebody asked for it. */
  dummy: 4,
} as const;

/** Where a thread is. */
export interface Seat {
  readonly slot: number;
  readonly serial: number;
}

/** What is known of a thread that is alive. */
export interface Occupant extends Seat {
  readonly ident: number;
  readonly flags: number;
  readonly name: string;
}

/** UTF-16 units that a thread's name can have. */
export const nameUnits = 255;
/** Units that the name of a hook's module and the hook's own can have together. */
export const hookUnits = 4000;
/** Words of a process-wide hook: how often it was set, and the text that names it. */
export const hookWords = 1 + wordsOf(hookUnits);

/** Words of the head. */
export const heads = {
  turn: 0,
  /** How many slots were ever used. */
  slots: 1,
  /** How many default names were given, and how many to dummies. */
  names: 2,
  dummies: 3,
  /** How many idents were given to threads. */
  idents: 4,
  /** How many threads the process has to wait for. */
  awaited: 5,
  /** 0: there is no broker for all; 1: main is making one; 2: it listens. */
  broker: 6,
  /** How many idle workers may be kept, and how many there are. */
  idleLimit: 7,
  idle: 8,
  /** Bytes, a double: what `stackSize` was given last. */
  stackSize: 9,
  /** Signals that main has not looked at yet: one bit each, 32 a word, from 1 on. */
  signals: 11,
  /** How often `settraceAllThreads` and `setprofileAllThreads` were called. */
  traces: 14,
  profiles: 15,
  /** How many workers were started for threads. */
  workers: 16,
  /** The ident of the thread whose turn it is; 0 between turns. */
  holder: 17,
  hooks: 32,
} as const;

const hookCount = 4;
const firstSlot = heads.hooks + hookCount * hookWords;
const serial = 0;
const number = 1;
const flag = 2;
const name = 3;
const slotWords = name + wordsOf(nameUnits);
const initialSlots = 16;
const maximalSlots = 2 ** 14;

/** Copies of the library do not share a registry: they need not have the same layout. */
const key = `lockproof threads of ${new URL('.', import.meta.url).href}`;

const found = find();

function find(): Words | undefined {
  if (node === undefined) return undefined;
  const { isMainThread, getEnvironmentData, setEnvironmentData } = node.threads;
  const existing = getEnvironmentData(key) as unknown as SharedArrayBuffer | undefined;
  if (existing !== undefined) return new Int32Array(existing);
  if (!isMainThread) return undefined;
  const words = create();
  setEnvironmentData(key, words.buffer);
  return words;
}

function create(): Words {
  const words = new Int32Array(
    new SharedArrayBuffer(bytesFor(initialSlots), { maxByteLength: bytesFor(maximalSlots) }),
  );
  words[heads.slots] = 1;
  words[firstSlot + serial] = 1;
  words[firstSlot + number] = 1;
  writeText(words, firstSlot + name, 'MainThread');
  return words;
}

function bytesFor(slots: number): number {
  return (firstSlot + slots * slotWords) * Int32Array.BYTES_PER_ELEMENT;
}

/** The registry. @throws RuntimeError where there is none. */
export function registry(): Words {
  if (found !== undefined) return found;
  throw new RuntimeError(
    node === undefined
      ? 'threads need Node; where there is none, there is dummy_threading'
      : 'no threads here: the main thread has to import the library before it starts this worker',
  );
}

/** Does something that no other thread does at the same time; nothing of a user's. */
export function exclusively<T>(section: (words: Words) => T): T {
  const words = registry();
  return inTurn(words, heads.turn, () => {
    Atomics.store(words, heads.holder, ident);
    try {
      return section(words);
    } finally {
      Atomics.store(words, heads.holder, 0);
    }
  });
}

/** The worker of this thread is dead: if it was its turn, it is that no longer. */
export function breakTurn(dead: number): void {
  const words = registry();
  if (Atomics.compareExchange(words, heads.holder, dead, 0) !== dead) return;
  Atomics.store(words, heads.turn, 0);
  Atomics.notify(words, heads.turn);
}

/** The slot's word on which joiners sleep. */
export function serialOf(slot: number): number {
  return firstSlot + slot * slotWords + serial;
}

/** Whether the thread that took this seat is alive. */
export function isTaken({ slot, serial }: Seat): boolean {
  return Atomics.load(registry(), serialOf(slot)) === serial;
}

/**
 * Gives a thread a slot: from now on it is alive.
 * @throws RuntimeError if there are as many threads as there can be.
 */
export function occupy(its: number, flagged: number, named: string): Seat {
  return exclusively((words) => {
    const slot = freeSlot(words);
    const at = serialOf(slot);
    words[at + number] = its;
    words[at + flag] = flagged;
    writeText(words, at + name, named);
    if (isAwaited(flagged)) Atomics.add(words, heads.awaited, 1);
    return { slot, serial: Atomics.add(words, at, 1) + 1 };
  });
}

function freeSlot(words: Words): number {
  const used = words[heads.slots] as number;
  for (let slot = 1; slot < used; slot++) if (((words[serialOf(slot)] as number) & 1) === 0) return slot;
  if (used === maximalSlots) throw new RuntimeError(`there are ${used} threads, and no more can be started`);
  if (words.byteLength < bytesFor(used + 1)) {
    words.buffer.grow(Math.min(bytesFor(2 * used), bytesFor(maximalSlots)));
  }
  words[heads.slots] = used + 1;
  return used;
}

/**
 * Ends a thread, once; whoever joins it goes on.
 * @param last is told its name before anybody else knows of the end.
 */
export function vacate(seat: Seat, last: (name: string) => void): void {
  const at = serialOf(seat.slot);
  const ended = exclusively((words) => {
    if (Atomics.load(words, at) !== seat.serial) return false;
    last(readText(words, at + name));
    if (isAwaited(words[at + flag] as number) && seat.slot !== 0) Atomics.sub(words, heads.awaited, 1);
    Atomics.add(words, at, 1);
    return true;
  });
  if (!ended) return;
  Atomics.notify(registry(), at);
  Atomics.notify(registry(), heads.awaited);
}

/** Whether the process waits for such a thread. */
function isAwaited(flagged: number): boolean {
  return (flagged & (flags.daemon | flags.raw)) === 0;
}

/**
 * Reads or changes the name of a thread, alone.
 * @param section gets where the name is while the thread is alive.
 */
export function withName<T>({ slot, serial }: Seat, section: (words: Words, at: number | undefined) => T): T {
  const at = serialOf(slot);
  return exclusively((words) =>
    section(words, words[at] === serial || isMain(slot, serial) ? at + name : undefined),
  );
}

/** Main stays where it is when it has ended. */
function isMain(slot: number, serial: number): boolean {
  return slot === 0 && serial !== 0;
}

/** Says something more of a thread that is alive. */
export function flagAt({ slot }: Seat, flagged: number): void {
  exclusively((words) => {
    const at = serialOf(slot) + flag;
    words[at] = (words[at] as number) | flagged;
  });
}

/** All threads that are alive, and main. */
export function occupants(): Occupant[] {
  return exclusively((words) => {
    const all: Occupant[] = [];
    for (let slot = 0; slot < (words[heads.slots] as number); slot++) {
      const at = serialOf(slot);
      const taken = words[at] as number;
      if (slot !== 0 && (taken & 1) === 0) continue;
      all.push({
        slot,
        serial: slot === 0 ? 1 : taken,
        ident: words[at + number] as number,
        flags: words[at + flag] as number,
        name: readText(words, at + name),
      });
    }
    return all;
  });
}

/** The next number of a count that all threads have in common, from 1 on. */
export function next(count: 'names' | 'dummies' | 'idents'): number {
  return Atomics.add(registry(), heads[count], 1) + 1;
}
