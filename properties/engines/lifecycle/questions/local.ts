import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { namespaceOf } from '../objects.ts';
import type { Questions } from './question.ts';

/** A Local, as far as it is asked. */
type Local = Record<string, unknown> & { readonly dict: Record<string, unknown> };

/** What was read in this worker, for whoever runs here next. */
let kept: Record<string, unknown> | undefined;
let keptWeakly: WeakRef<object> | undefined;

/** What examples ask of Locals beside reading their attributes and calling their methods. */
export const questions: Questions = {
  /** Sets attributes by name. */
  assign: (local, attributes) => void Object.assign(local as Local, attributes),
  /** Whether this thread has the attribute. */
  has: (local, { name }) => String(name) in (local as Local),
  /** Deletes an attribute. */
  remove: (local, { name }) => void delete (local as Local)[String(name)],
  /** Adds entries to the thread's dictionary. */
  addToDict: (local, entries) => void Object.assign((local as Local).dict, entries),
  /** The thread has the object, and does nothing with it. */
  hold: () => undefined,
  /** So many workers of threads that have ended are kept for later ones, where an implementation can. */
  keepWorkers: (_, { limit }, realm) => {
    const { reuseWorkers } = namespaceOf(realm, 'mod') as {
      readonly reuseWorkers?: (limit: unknown) => unknown;
    };
    reuseWorkers?.(limit);
  },
  /** Remembers the thread's dictionary for threads that run in the same worker later. */
  keepDict: (local) => {
    kept = (local as Local).dict;
  },
  /** Adds entries to a dictionary that was kept in this worker, if there is one. */
  addToKept: (_, entries) => void Object.assign(kept ?? {}, entries),
  /** Sets an attribute to an object that nobody else has. */
  assignObject: (local, { name }) => {
    const value = {};
    (local as Local)[String(name)] = value;
    keptWeakly = new WeakRef(value);
  },
  /** Whether such an object is still to be had in this worker after all garbage was collected. */
  isObjectThere: () => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    return keptWeakly?.deref() !== undefined;
  },
};
