import { extname } from 'node:path';
import { setEnvironmentData, Worker } from 'node:worker_threads';
import { actInMain, errorOf, makeFreely } from './actor.ts';
import { Control, maximalThreads, states } from './control.ts';
import { createObject, namespaceOf } from './objects.ts';
import { outcomeOfAction } from './questions/index.ts';
import { type Environment, environmentKey, type Realm, thisRealm } from './realm.ts';
import { bodyIn, creationOrder } from '../../../spec/program.ts';
import type { Order, Task } from './task.ts';
import { report } from './wire.ts';

/*
 * The main thread of a process in which an implementation starts threads. It is told what to run by the process
 * that started it; what happens it reports on a pipe, as all threads do.
 */

const extension = extname(new URL(import.meta.url).pathname);
const control = new Control();

process.once('message', (task: Task) => {
  if (task.ownProcess) process.disconnect?.();
  void begin(task);
});

async function begin(task: Task): Promise<void> {
  const environment: Environment = { source: task.source, control: control.memory };
  setEnvironmentData(environmentKey, environment);
  let realm: Realm;
  try {
    realm = await thisRealm(environment);
    await import(`./bodies${extension}`);
    realm.control.mainIdent = mainIdentOf(realm);
  } catch (error) {
    report({ type: 'failed', reason: String(error) });
    return;
  }
  if (task.ownProcess) {
    await run(realm, task);
    return;
  }
  process.on('message', (next: Order) => {
    if (next === 'leave') process.disconnect?.();
    else void runAndRest(realm, next);
  });
  await runAndRest(realm, task);
}

async function runAndRest(realm: Realm, task: Task): Promise<void> {
  if (task.executions === undefined) await run(realm, task);
  else await runFreely(realm, task, task.executions);
  report({ type: 'rested', clean: rest(realm) });
}

async function run(realm: Realm, task: Task): Promise<void> {
  control.reset();
  realm.begin(task);
  supervisor ??= await startSupervisor();
  supervisor.postMessage(task);
  const isOver = task.ownProcess ? undefined : new Promise((resolve) => supervisor?.once('message', resolve));
  const by = prepare(realm, task) ? await actInMain(realm) : undefined;
  if (by === undefined || !task.ownProcess) {
    control.end();
    supervisor.ref();
    await isOver;
    supervisor.unref();
    return;
  }
  if ('raises' in by)
    setImmediate(() => {
      throw errorOf(realm, by);
    });
}

/**
 * Runs a program so often, as it will: half of the time with workers that are used again, if the implementation
 * has that.
 */
async function runFreely(realm: Realm, task: Task, executions: number): Promise<void> {
  supervisor ??= await startSupervisor();
  supervisor.ref();
  const { reuseWorkers } = (realm.implementation.threading ?? {}) as Threads;
  const isOver = new Promise((resolve) => supervisor?.once('message', resolve));
  control.reset();
  supervisor.postMessage(task);
  for (let execution = 0; execution < executions; execution++) {
    if (execution === Math.ceil(executions / 2)) reuseWorkers?.(maximalThreads);
    control.reset();
    realm.begin(task);
    report({ type: 'execution' });
    if (!prepare(realm, task)) break;
    executeFreely(realm, task);
  }
  reuseWorkers?.(0);
  report({ type: 'execution' });
  control.end();
  await isOver;
  supervisor.unref();
}

function executeFreely(realm: Realm, { program }: Task): void {
  const others = [...program.threads.keys()].slice(1);
  const cancellable = new Set(
    program.objects.flatMap(({ family, args }) => (family === 'timer' ? [bodyIn(args.function)] : [])),
  );
  for (const thread of others) report({ type: 'call', thread, call: 0, at: control.now() });
  realm.actors.push(0);
  for (const position of program.threads[0]?.keys() ?? []) makeFreely(realm, 0, position);
  realm.actors.pop();
  // A timer that main has joined begins no more: it was cancelled.
  const isOver = (thread: number): boolean =>
    control.get(thread, 'state') === states.finished ||
    (cancellable.has(thread) && control.get(thread, 'entered') === 0);
  control.until(() => others.every(isOver), Infinity);
}

/** Makes the objects that no thread of the program makes itself. @returns false if one could not be made. */
function prepare(realm: Realm, { program }: Task): boolean {
  const made = new Set(
    program.threads.flat().flatMap(({ method, object }) => (method === 'create' ? [object] : [])),
  );
  for (const position of creationOrder(program.objects)) {
    if (made.has(position)) continue;
    const outcome = outcomeOfAction(realm, () => createObject(realm, position));
    report({ type: 'created', object: position, outcome, at: control.now() });
    if ('raises' in outcome) return false;
  }
  return true;
}

let supervisor: Worker | undefined;

async function startSupervisor(): Promise<Worker> {
  const worker = new Worker(new URL(`./supervisor${extension}`, import.meta.url), {
    workerData: control.memory,
  });
  worker.unref();
  await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return worker;
}

/** Members of a namespace that are asked here. */
interface Threads {
  readonly reuseWorkers?: (limit: number) => void;
  readonly getIdent?: () => number;
  readonly enumerate?: () => readonly unknown[];
}

function mainIdentOf(realm: Realm): number {
  if (realm.implementation.threading === undefined) return 0;
  return (namespaceOf(realm, 'mod') as Threads).getIdent?.() ?? 0;
}

/** Seconds that the threads of an example have to end in. */
const resting = 2;

/** Waits until the example's threads have ended. @returns whether all is as it was before. */
function rest(realm: Realm): boolean {
  try {
    for (const object of realm.own) {
      const thread = object as { readonly ident?: unknown; join?(timeout: number): unknown };
      if (typeof thread?.join === 'function' && typeof thread.ident === 'number') thread.join(resting);
    }
    const live = (namespaceOf(realm, 'mod') as Threads).enumerate?.();
    return live === undefined || live.length === 1;
  } catch {
    return false;
  }
}
