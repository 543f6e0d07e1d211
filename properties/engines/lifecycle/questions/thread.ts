import { namespaceOf } from '../objects.ts';
import type { Realm } from '../realm.ts';
import type { Given, Questions } from './question.ts';
import { makingQuestions } from './threadMaking.ts';

/** A Thread, as far as it is asked. */
interface Thread {
  join(...timeout: readonly unknown[]): unknown;
  setName(name: unknown): unknown;
  setDaemon(daemon: unknown): unknown;
}

/** The functions of the module that are asked here. */
interface Module {
  mainThread(): unknown;
  setExcepthook(hook: unknown): unknown;
}

/** What examples ask of Thread objects. */
export const questions: Questions = {
  ...makingQuestions,
  /** Sets attributes by name. */
  assign: (thread, attributes) => void Object.assign(thread as object, attributes),
  join: (thread, args) => ('timeout' in args ? (thread as Thread).join(args) : (thread as Thread).join()),
  setName: (thread, { name }) => (thread as Thread).setName(name),
  setDaemon: (thread, { daemon }) => (thread as Thread).setDaemon(daemon),
  /** What a cell holds once the thread was joined, as one call. */
  joinAndRead: (thread, { cell }) => {
    (thread as Thread).join();
    return (cell as { read(): unknown }).read();
  },
  /** What `asks` says, of the main thread instead. */
  ofMain: (_, { asks, ...args }, realm) => answer(moduleOf(realm).mainThread(), String(asks), args, realm),
  /** What errors of threads go to, for all threads of the process; null: the original one. */
  setExcepthook: (_, { hook }, realm) => moduleOf(realm).setExcepthook(hook),
  /** What the process calls at its end. */
  atexit: (_, { calls }) => void process.once('exit', () => (calls as () => unknown)()),
};

function answer(thread: unknown, asks: string, args: Given, realm: Realm): unknown {
  const question = questions[asks];
  if (question !== undefined) return question(thread, args, realm);
  const member = (thread as Readonly<Record<string, unknown>>)[asks];
  return typeof member === 'function' ? (member.call(thread) as unknown) : member;
}

function moduleOf(realm: Realm): Module {
  return namespaceOf(realm, 'mod') as unknown as Module;
}
