import { readFileSync } from 'node:fs';
import { namespaceOf } from '../objects.ts';
import type { AnyClass, Realm } from '../realm.ts';
import { seen } from '../seen.ts';
import type { Questions } from './question.ts';

/** A Thread, as far as it is asked. */
interface Thread {
  readonly name: string;
  readonly ident: number | null;
  start(): void;
  join(timeout?: number): void;
}

/** The functions of the module that are asked here. */
interface Module {
  currentThread(): Thread;
  enumerate(): readonly Thread[];
  stackSize(bytes: number): number;
}

/** Seconds that a thread which ought not to be there may take to end. */
const longEnough = 2;

/** What examples ask of how Thread objects are made, named and started. */
export const makingQuestions: Questions = {
  /** What the object says of itself, with its ident as `IDENT`. */
  repr: (thread) => String(thread).replaceAll(String((thread as Thread).ident), 'IDENT'),
  /** What the thread that asks finds its own name to be. */
  nameOfCurrent: (_thread, _args, realm) => moduleOf(realm).currentThread().name,
  /** What the system calls the thread that asks; null where it does not say. */
  nameInSystem: () => {
    try {
      return readFileSync('/proc/thread-self/comm', 'utf8').trimEnd();
    } catch {
      return null;
    }
  },
  /** How much higher the number in this thread's default name is than that in another's. */
  numbersAfter: (thread, { other }) => numberIn(thread as Thread) - numberIn(other as Thread),
  /** Starts the thread; what `asks` says of it then. */
  startAndAsk: (thread, { asks }) => {
    (thread as Thread).start();
    const member = (thread as Readonly<Record<string, unknown>>)[String(asks)];
    return typeof member === 'function' ? (member.call(thread) as unknown) : member;
  },
  /** Starts the thread with a stack of so many bytes. */
  startWithStack: (thread, { bytes }, realm) => {
    const before = moduleOf(realm).stackSize(bytes as number);
    try {
      (thread as Thread).start();
    } finally {
      moduleOf(realm).stackSize(before);
    }
  },
  /** Waits for all threads that are no objects of the program: there ought to be none. */
  joinStrangers: (_thread, _args, realm) => {
    for (const other of moduleOf(realm).enumerate()) {
      if (seen(realm, other) === 'another thread') other.join(longEnough);
    }
  },
  /** Runs another thread to its end, whose list of arguments is made longer between its making and its start. */
  runsAppended: (_thread, { target, args, more }, realm) => {
    const list = [...(args as readonly unknown[])];
    const other = makeThread(realm, { target, args: list });
    list.push(...(more as readonly unknown[]));
    other.start();
    other.join();
  },
  /** Runs another thread to its end, that is given shared memory in which this one is written just before the start. */
  runsAfterWriting: (_thread, { target, value }, realm) => {
    const shared = new Int32Array(new SharedArrayBuffer(4));
    const other = makeThread(realm, { target, args: [shared] });
    shared[0] = value as number;
    other.start();
    other.join();
  },
};

function makeThread(realm: Realm, options: object): Thread {
  return Reflect.construct(namespaceOf(realm, 'thread')['Thread'] as AnyClass, [options]) as Thread;
}

function numberIn({ name }: Thread): number {
  return Number(/^Thread-(\d+)/u.exec(name)?.[1]);
}

function moduleOf(realm: Realm): Module {
  return namespaceOf(realm, 'mod') as unknown as Module;
}
