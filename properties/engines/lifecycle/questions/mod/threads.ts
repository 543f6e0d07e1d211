import { seen } from '../../seen.ts';
import type { Questions } from '../question.ts';
import { moduleOf, said, type Thread } from './module.ts';

/** What examples ask of the functions that give threads. */
export const threadQuestions: Questions = {
  /** Whether the thread that runs is the same object when it is asked for again. */
  isSameAgain: (_, __, realm) => {
    const module = moduleOf(realm);
    return module.currentThread() === module.currentThread();
  },
  /** Whether the thread that runs is the main thread's object. */
  isMain: (_, __, realm) => moduleOf(realm).currentThread() === moduleOf(realm).mainThread(),
  /** What the object of the thread that runs says. */
  ofCurrent: (_, { asks }, realm) => said(moduleOf(realm).currentThread(), asks),
  /** Gives the thread that runs this name, through its object. */
  nameCurrent: (_, { name }, realm) => {
    moduleOf(realm).currentThread().name = name;
  },
  /** What the main thread's object says. */
  ofMain: (_, { asks }, realm) => said(moduleOf(realm).mainThread(), asks),
  /** What the object of the one live thread says that is neither the caller nor main. */
  ofOther: (_, { asks }, realm) => {
    const module = moduleOf(realm);
    const known = [module.currentThread().ident, module.mainThread().ident];
    const others = module.enumerate().filter(({ ident }) => !known.includes(ident));
    if (others.length !== 1) throw new RangeError(`there are ${others.length} others`);
    return said(others[0] as Thread, asks);
  },
  /** Whether the number of the thread that runs is an integer, and not 0. */
  hasNonzeroInteger: (_, __, realm) => {
    const ident = moduleOf(realm).getIdent();
    return Number.isInteger(ident) && ident !== 0;
  },
};

/** What examples ask of the list of live threads. */
export const listQuestions: Questions = {
  /** The live threads, sorted by what they are in the program. */
  enumerate: (_, __, realm) => {
    const threads = moduleOf(realm).enumerate();
    return threads.map((thread) => String(seen(realm, thread))).sort();
  },
  /** The live threads, in the order of the list. */
  enumerateInOrder: (_, __, realm) => moduleOf(realm).enumerate(),
  /** How often this thread is among the live ones; by default the one that runs. */
  timesListed: (_, { thread }, realm) => timesListed(moduleOf(realm).enumerate(), ident(thread, realm)),
  /** Whether the main thread is among the live ones. */
  isMainListed: (_, __, realm) =>
    timesListed(moduleOf(realm).enumerate(), moduleOf(realm).mainThread().ident) === 1,
  /** How many live threads are counted more than are listed. */
  countedTooMany: (_, __, realm) => moduleOf(realm).activeCount() - moduleOf(realm).enumerate().length,
  /** Takes all out of a list of the live threads. Whether as many are listed afterwards. */
  emptyList: (_, __, realm) => {
    const list = moduleOf(realm).enumerate();
    const before = list.length;
    list.length = 0;
    return moduleOf(realm).enumerate().length === before;
  },
  /** Waits for the end of this thread. How often it is listed then, in the same moment. */
  joinAndLook: (_, { thread }, realm) => {
    const joined = thread as Thread;
    joined.join();
    return timesListed(moduleOf(realm).enumerate(), joined.ident);
  },
};

function ident(thread: unknown, realm: Parameters<typeof moduleOf>[0]): unknown {
  return thread === undefined ? moduleOf(realm).currentThread().ident : (thread as Thread).ident;
}

function timesListed(threads: readonly Thread[], wanted: unknown): number {
  return threads.filter((thread) => thread.ident === wanted).length;
}
