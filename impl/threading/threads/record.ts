import { idents } from '../ident.ts';
import {
  flagAt,
  flags,
  isTaken,
  nameUnits,
  next,
  type Occupant,
  occupy,
  type Seat,
  vacate,
  withName,
} from './registry.ts';
import { readText, wordsOf, writeText } from './texts.ts';

/*
 * A thread's own memory: what a Thread object is wherever it is posted, before, during and after the thread's life.
 *
 *   state    0: not started; 1: being started; 2: started, and ended when its slot says so; 3: could not be
 *            started, which whoever starts it turns into 0
 *   slot, serial   where it is in the registry; 0 and 0 before the start
 *   ident    the number that it has once it is started
 *   flags    as in the registry
 *   name     a text: the name before the start and after the end; between, the slot's counts
 *
 * One start. Whoever starts a thread turns 0 into 1, which one alone can do, in whatever thread the object is. It
 * takes a slot, hands the thread to the broker, and sleeps on `state`. The broker writes 2 when there is a
 * worker, or 3; the worker writes 2 itself before it runs anything, for it may be faster than the broker. A
 * start that fails leaves 0, and the slot free.
 *
 * Who ends a thread writes the name down here before the slot is free, and slots change hands under the registry's turn.
 */
type Words = Int32Array<SharedArrayBuffer>;

const state = 0;
const slot = 1;
const serial = 2;
const ident = 3;
const flag = 4;
const name = 5;
const recordWords = name + wordsOf(nameUnits);

const initial = 0;
const starting = 1;
const started = 2;
const failed = 3;

/** Idents of threads that the library starts begin here; below are those of other workers. */
const firstIdent = 2 ** 20;

/** The memory of a new thread. */
export function newRecord(named: string, flagged: number): Words {
  const number = firstIdent + ((next('idents') - 1) % (idents - firstIdent));
  return recordWith(number, flagged, named);
}

/** The memory of a thread that is known by its slot alone. */
export function recordOf({ slot: at, serial: taken, ident, flags, name }: Occupant): Words {
  const record = recordWith(ident, flags, name);
  record[slot] = at;
  record[serial] = taken;
  record[state] = started;
  return record;
}

/** The memory of a thread that the library did not start, and that is in the registry from now on. */
export function newDummy(named: string, number: number): Words {
  const record = recordWith(number, flags.daemon | flags.dummy, named);
  takeSeat(record);
  record[state] = started;
  return record;
}

/** The thread has an object of its own from now on: somebody asked for it. */
export function showRaw(record: Words): void {
  if (has(record, 'dummy')) return;
  Atomics.or(record, flag, flags.dummy);
  flagAt(seatOf(record), flags.dummy);
}

function recordWith(number: number, flagged: number, named: string): Words {
  const record = new Int32Array(new SharedArrayBuffer(recordWords * Int32Array.BYTES_PER_ELEMENT));
  record[ident] = number;
  record[flag] = flagged;
  writeText(record, name, named);
  return record;
}

/** The number that the thread has, or will have. */
export function identOf(record: Words): number {
  return record[ident] as number;
}

/** Whether the thread was started, be it that it has ended. */
export function isStarted(record: Words): boolean {
  return Atomics.load(record, state) === started;
}

/** Whether the thread is being started or was started. */
export function isBegun(record: Words): boolean {
  const now = Atomics.load(record, state);
  return now === starting || now === started;
}

/** Where a thread that was started is, or was. */
export function seatOf(record: Words): Seat {
  return { slot: record[slot] as number, serial: record[serial] as number };
}

/** Whether the thread was started and has not ended. */
export function isAlive(record: Words): boolean {
  return isStarted(record) && isTaken(seatOf(record));
}

/** Whether it is one of {@link flags}. */
export function has(record: Words, which: keyof typeof flags): boolean {
  return (Atomics.load(record, flag) & flags[which]) !== 0;
}

/** Whether the thread is to be a daemon; before it is started. */
export function setDaemon(record: Words, daemon: boolean): void {
  if (daemon) Atomics.or(record, flag, flags.daemon);
  else Atomics.and(record, flag, ~flags.daemon);
}

/** The thread's name. */
export function nameOf(record: Words): string {
  return withName(seatOf(record), (words, at) => {
    if (at === undefined) return readText(record, name);
    const living = readText(words, at);
    // For a record that was made from the slot: nobody else will write the last name down in it.
    writeText(record, name, living);
    return living;
  });
}

/** Gives the thread a name, for all who know it. */
export function rename(record: Words, text: string): void {
  withName(seatOf(record), (words, at) => {
    if (at !== undefined) writeText(words, at, text);
    writeText(record, name, text);
  });
}

/** One caller alone gets true: it is the one who starts the thread. */
export function beginStart(record: Words): boolean {
  return Atomics.compareExchange(record, state, initial, starting) === initial;
}

/** Takes a slot for a thread that is being started. @throws RuntimeError if there is none. */
export function takeSeat(record: Words): void {
  const seat = occupy(identOf(record), record[flag] as number, readText(record, name));
  record[slot] = seat.slot;
  record[serial] = seat.serial;
}

/** The thread is there, or cannot be. */
export function endStart(record: Words, success: boolean): void {
  if (Atomics.compareExchange(record, state, starting, success ? started : failed) !== starting) return;
  Atomics.notify(record, state);
}

/** Sleeps until the thread is there. @returns false if it cannot be. */
export function awaitStart(record: Words): boolean {
  while (Atomics.load(record, state) === starting) Atomics.wait(record, state, starting);
  return Atomics.load(record, state) === started;
}

/** The start has failed: the thread can be started again. */
export function undoStart(record: Words): void {
  if (record[serial] !== 0) end(record);
  record[serial] = 0;
  Atomics.store(record, state, initial);
}

/** The thread has ended, if it had not already. */
export function end(record: Words): void {
  vacate(seatOf(record), (last) => writeText(record, name, last));
}
