import { ident } from './ident.ts';
import { Thread } from './thread.ts';
import { currentRecord, isMain, mainRecord, objectFor } from './threads/realm.ts';
import { has, identOf, recordOf, showRaw } from './threads/record.ts';
import { flags, type Occupant, occupants } from './threads/registry.ts';

/** The thread that runs the caller; a dummy if the library did not start it (`mod.current-thread.alien-dummy`). */
export function currentThread(): Thread {
  const memory = currentRecord();
  if (has(memory, 'raw')) showRaw(memory);
  return objectOf(memory);
}

/** The main thread. */
export function mainThread(): Thread {
  return isMain() ? currentThread() : objectOf(mainRecord());
}

/** All threads that are alive, and main, in a new array. */
export function enumerate(): Thread[] {
  return listed().map((occupant) => known(occupant) ?? objectOf(recordOf(occupant)));
}

/** How many threads {@link enumerate} lists. */
export function activeCount(): number {
  return listed().length;
}

/** A number that no other living thread has, not 0. */
export function getIdent(): number {
  return ident;
}

function listed(): Occupant[] {
  return occupants().filter((each) => (each.flags & flags.raw) === 0 || (each.flags & flags.dummy) !== 0);
}

function known({ ident: number }: Occupant): Thread | undefined {
  return objectFor(number) as Thread | undefined;
}

function objectOf(memory: Int32Array<SharedArrayBuffer>): Thread {
  return (objectFor(identOf(memory)) as Thread | undefined) ?? Thread.from({ primitive: 'Thread', memory });
}
