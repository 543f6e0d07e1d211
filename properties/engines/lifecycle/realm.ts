import {
  BroadcastChannel,
  getEnvironmentData,
  isMainThread,
  receiveMessageOnPort,
} from 'node:worker_threads';
import type { Implementation } from '../../../impl/implementation.ts';
import type { Program } from '../../../spec/program.ts';
import { load, type Source } from '../source.ts';
import { Control } from './control.ts';
import type { Task } from './task.ts';

/** Under which every worker of the process finds what its main thread has put there. */
export const environmentKey = 'lockproof lifecycle';

/** What every worker of the process is given, whoever starts it. */
export interface Environment {
  readonly source: Source;
  readonly control: SharedArrayBuffer;
}

/** The channel on which the supervisor hands programs and objects to threads that begin. */
export const channelName = 'lockproof lifecycle';

/** What the supervisor hands over: the program, and its objects as they were posted, by position. */
export interface Handout {
  readonly task: Task;
  /** Which of the process's executions it is for. */
  readonly execution: number;
  readonly posted: readonly unknown[];
}

/** What a thread that has made an object tells the supervisor. */
export interface Made {
  readonly object: number;
  readonly posted: unknown;
}

/** A class of the implementation. */
export type AnyClass = new (...args: never) => object;

/** The worker that this is, as far as programs are concerned: one a worker, the main thread is one too. */
export class Realm {
  readonly number: number;
  readonly control: Control;
  readonly implementation: Implementation;
  /** The threads of the program that run here, the innermost last. */
  readonly actors: number[] = [];
  /** The functions that make the calls of the program's threads, by position. */
  bodies: readonly ((...given: readonly unknown[]) => unknown)[] = [];
  /** Where a module is that a worker begins with, by its name in the engine's folder. */
  moduleNamed: (name: string) => URL = () => {
    throw new Error('this realm has not loaded its bodies yet');
  };
  /** A subclass of the class whose `run` is this function. */
  overriding: (Class: AnyClass, run: () => unknown) => AnyClass = (Class) => Class;
  #task: Task | undefined;
  #posted: readonly unknown[] = [];
  #opened: unknown[] = [];
  #execution = 0;

  constructor(implementation: Implementation, control: Control) {
    this.implementation = implementation;
    this.control = control;
    this.number = isMainThread ? 0 : control.newRealm();
  }

  get task(): Task {
    if (this.#task === undefined) throw new Error('no program has been handed to this realm');
    return this.#task;
  }

  get program(): Program {
    return this.task.program;
  }

  /** In the main thread: a new program, and no objects yet. */
  begin(task: Task): void {
    this.#task = task;
    this.#execution = this.control.execution;
    this.#posted = [];
    this.#opened = [];
  }

  /** Gets the program and its objects from the supervisor; objects that are open here stay so. */
  ask(thread: number): void {
    const { control } = this;
    const channel = new BroadcastChannel(channelName);
    const asked = 1 + control.add(thread, 'asked');
    control.until(() => control.get(thread, 'answered') >= asked, Infinity);
    for (;;) {
      const received = receiveMessageOnPort(channel as never);
      if (received === undefined) break;
      const message = received.message as Handout | Made;
      if (!('task' in message)) continue;
      if (message.execution !== this.#execution) this.#opened = [];
      this.#execution = message.execution;
      this.#task = message.task;
      this.#posted = message.posted;
    }
    channel.close();
  }

  /** An object that was made here: how it is open here, and what is posted of it. */
  made(object: number, posted: unknown, value: unknown): void {
    this.#opened[object] = value;
    const channel = new BroadcastChannel(channelName);
    channel.postMessage({ object, posted } satisfies Made);
    channel.close();
  }

  /** An object of the program as it is open here. */
  opened(object: number, open: (posted: unknown) => unknown): unknown {
    if (this.#opened[object] === undefined) {
      if (this.#posted[object] === undefined) this.ask(this.actors.at(-1) ?? 0);
      if (this.#posted[object] === undefined) throw new Error(`object ${object} has not been made`);
      this.#opened[object] = open(this.#posted[object]);
    }
    return this.#opened[object];
  }

  /** What was opened or made here, by position; what was not is absent. */
  get own(): readonly unknown[] {
    return this.#opened;
  }
}

let realm: Promise<Realm> | undefined;

/** The realm that this worker is; in a worker as its environment says. */
export function thisRealm(given?: Environment): Promise<Realm> {
  realm ??= (async () => {
    const { source, control } = given ?? (getEnvironmentData(environmentKey) as unknown as Environment);
    markSleep(() => realmHere, new Control(control));
    const implementation = await load(source);
    realmHere = new Realm(implementation, new Control(control));
    return realmHere;
  })();
  return realm;
}

let realmHere: Realm | undefined;

/** Lets the supervisor see when a thread of the program is in a blocking wait. */
function markSleep(here: () => Realm | undefined, control: Control): void {
  const { wait } = Atomics;
  Atomics.wait = ((...args: Parameters<typeof wait>) => {
    const actor = here()?.actors.at(-1);
    if (actor === undefined) return wait(...args);
    control.set(actor, 'asleep', 1);
    try {
      return wait(...args);
    } finally {
      control.set(actor, 'asleep', 0);
    }
  }) as typeof wait;
}
