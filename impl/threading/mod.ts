import { double, fromDouble } from './doubles.ts';
import { ValueError } from './errors.ts';
import { ident } from './ident.ts';
import { Thread } from './thread.ts';
import { trimWorkers } from './threads/launch.ts';
import { pause } from './threads/pause.ts';
import { currentRecord, isMain, mainRecord, objectFor } from './threads/realm.ts';
import { has, recordOf, showRaw } from './threads/record.ts';
import { exclusively, flags, heads, type Occupant, occupants, registry } from './threads/registry.ts';
import { getTracing, setTracing, setTracingForAll, type TraceFunction } from './threads/tracing.ts';

/** The thread that runs the caller; a dummy if `Thread` did not start it (`mod.current-thread.alien-dummy`). */
export function currentThread(): Thread {
  const memory = currentRecord();
  pause();
  if (has(memory, 'raw')) showRaw(memory);
  return objectOf(memory);
}

/** The main thread, in which the process began. */
export function mainThread(): Thread {
  pause();
  return objectOf(isMain() ? currentRecord() : mainRecord());
}

/** All threads that are alive, and the main thread, in a new array and in no order. */
export function enumerate(): Thread[] {
  pause();
  return listed().map((each) => (objectFor(each.ident) as Thread | undefined) ?? objectOf(recordOf(each)));
}

/** How many threads {@link enumerate} lists. */
export function activeCount(): number {
  pause();
  return listed().length;
}

/** A number that no other living thread has, not 0; the `ident` of {@link currentThread}. */
export function getIdent(): number {
  return ident;
}

/**
 * Calls a function as `fn('thread-start')` in each thread that is started through `Thread` from now on, before it runs; null:
 * none any more. JavaScript has no events of single lines.
 * @throws TypeError for a function without a name for other threads.
 */
export function settrace(fn: TraceFunction | null): void {
  setTracing('trace', fn);
}

/** {@link settrace}, and in the threads that run: each calls it when it next calls a function of this module. */
export function settraceAllThreads(fn: TraceFunction | null): void {
  setTracingForAll('trace', fn);
  pause();
}

/** What {@link settrace} was given last, or null. */
export function gettrace(): TraceFunction | null {
  return getTracing('trace');
}

/** As {@link settrace}, independent of it. @throws as that does. */
export function setprofile(fn: TraceFunction | null): void {
  setTracing('profile', fn);
}

/** As {@link settraceAllThreads}, independent of it. @throws as that does. */
export function setprofileAllThreads(fn: TraceFunction | null): void {
  setTracingForAll('profile', fn);
  pause();
}

/** What {@link setprofile} was given last, or null. */
export function getprofile(): TraceFunction | null {
  return getTracing('profile');
}

/** Bytes of the smallest stack that can be asked for. */
const leastStack = 32_768;

/**
 * The size of the stack of threads that are started from now on, in bytes; threads may have more than was asked for.
 * @param size 0, as without it: as usual.
 * @returns the size until now, 0 if none was set.
 * @throws TypeError for what is no integer, ValueError for a size below 0, or above 0 and below 32768. The size is then
 *   as before.
 */
export function stackSize(size: number = 0): number {
  if (!Number.isInteger(size)) throw new TypeError('a size is an integer');
  if (size < 0 || (size > 0 && size < leastStack)) {
    throw new ValueError(`a size is 0, or at least ${leastStack}, not ${size}`);
  }
  const [one, other] = double(size);
  return exclusively((words) => {
    const at = heads.stackSize;
    const before = fromDouble(words[at] as number, words[at + 1] as number);
    words[at] = one;
    words[at + 1] = other;
    return before;
  });
}

/**
 * Keeps workers of threads that have ended for later threads, which begin sooner then. They find what earlier
 * threads have left in the worker: modules and their variables, globals. A worker in which timers or listeners of a thread
 * are left is not kept.
 * @param limit how many may be idle at a time. By default none are.
 * @throws TypeError for what is no integer, ValueError for one below 0.
 */
export function reuseWorkers(limit: number): void {
  if (!Number.isInteger(limit)) throw new TypeError('a limit is an integer');
  if (limit < 0) throw new ValueError(`a limit is not below 0, as ${limit} is`);
  const before = Atomics.exchange(registry(), heads.idleLimit, limit);
  if (limit < before) trimWorkers();
}

function listed(): Occupant[] {
  return occupants().filter((each) => (each.flags & flags.raw) === 0 || (each.flags & flags.dummy) !== 0);
}

/** How many threads run, beside main: raw ones too, but none that the library did not start. */
export function countThreads(): number {
  const started = occupants().filter(({ slot, flags: flagged }) => slot !== 0 && !isAlien(flagged));
  return started.length;
}

function isAlien(flagged: number): boolean {
  return (flagged & flags.dummy) !== 0 && (flagged & flags.raw) === 0;
}

function objectOf(memory: Int32Array<SharedArrayBuffer>): Thread {
  return Thread.from({ primitive: 'Thread', memory });
}
