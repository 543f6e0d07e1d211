import { ident } from '../ident.ts';
import { atThreadEnd } from '../threads/ending.ts';
import type { Attributes } from './attributes.ts';

/*
 * What belongs to the thread that runs in this realm at this moment. Most realms have one thread in their life; in
 * a worker that is used again, one follows another, and must find nothing of those before it. Objects of an
 * earlier thread may still be around, in variables of modules: they are the same Locals for the new one.
 *
 *   dictionaries   attributes by Local: they go when the thread ends, or the Local with nobody left to use it
 *   kept           Locals that other threads may have, too: such a one can be posted here again at any time, and
 *                  has to have its attributes then, so it stays as long as the thread
 *   known          the object for each of those, as long as there is one: a thread has one object for one Local
 */
let owner = ident;
let dictionaries = new WeakMap<object, Attributes>();
const kept = new Set<object>();
const known = new Map<string, WeakRef<object>>();
const gone = new FinalizationRegistry<string>((id) => {
  if (known.get(id)?.deref() === undefined) known.delete(id);
});

atThreadEnd(dropBelongings);

/** The dictionaries of the thread that asks. */
export function dictionariesOfThread(): WeakMap<object, Attributes> {
  if (ident !== owner) dropBelongings();
  return dictionaries;
}

/** Drops all attributes that this realm holds: its thread has ended. */
export function dropBelongings(): void {
  owner = ident;
  dictionaries = new WeakMap();
  kept.clear();
}

/** Keeps the object of a Local that other threads may have. */
export function keep(id: string, object: object): void {
  dictionariesOfThread();
  kept.add(object);
  if (known.get(id)?.deref() === object) return;
  known.set(id, new WeakRef(object));
  gone.register(object, id);
}

/** The object that this realm has for a Local. */
export function keptObject(id: string): object | undefined {
  return known.get(id)?.deref();
}
