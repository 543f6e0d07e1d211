// Whatever can be posted to a thread has to be known here.
// oxlint-disable-next-line import/no-unassigned-import -- loaded for that alone
import '../index.ts';
import { rawThreadFailed, threadFailed } from '../excepthook.ts';
import { currentThread } from '../mod.ts';
import { forgetThread } from './ending.ts';
import type { Assignment, Job, Place } from './job.ts';
import { reachBrokerBy } from './launch.ts';
import { hasLeftovers, takeStock } from './leftovers.ts';
import { needNode } from './node.ts';
import { complain, writeAtOnce } from './output.ts';
import { runRaw } from './raw.ts';
import { becomeThread } from './realm.ts';
import { end, endStart, has, identOf } from './record.ts';
import { heads, registry } from './registry.ts';
import { described } from './report.ts';
import { runJob } from './running.ts';

/*
 * The worker of a thread, or of several, one after the other. The end of a thread is written when its target is done, its
 * promise is settled, and the hook for its errors is. What it has left running ends with the worker, before anything
 * of it can go on: the worker exits in the same turn of its event loop. A worker that is kept has nothing left.
 */
const { threads, process } = needNode();
const { broker, idle, first, keepable } = threads.workerData as Place;

/** Ends the thread that runs, from wherever its error comes. */
let fail: ((error: unknown) => void) | undefined;

writeAtOnce();
reachBrokerBy(broker);
process.on('uncaughtException', uncaught);
broker.on('message', (next: Assignment) => void serve(next));
takeStock();
await serve(first);

async function serve({ record, job: port }: Assignment): Promise<void> {
  becomeThread(record, identOf(record));
  endStart(record, true);
  const uncaughtError = new Promise<never>((_, reject) => {
    fail = reject;
  });
  await (has(record, 'raw') ? serveRaw(port, uncaughtError) : serveThread(port, uncaughtError));
  fail = undefined;
  finish(record);
}

async function serveThread(port: MessagePort, uncaughtError: Promise<never>): Promise<void> {
  const thread = currentThread();
  try {
    await Promise.race([uncaughtError, runJob(thread, read(port))]);
  } catch (error) {
    await threadFailed(error, thread);
  }
}

async function serveRaw(port: MessagePort, uncaughtError: Promise<never>): Promise<void> {
  let called: unknown;
  try {
    const running = runRaw(read(port), (fn) => {
      called = fn;
    });
    await Promise.race([uncaughtError, running]);
  } catch (error) {
    await rawThreadFailed(error, called);
  }
}

function read(port: MessagePort): Job {
  const received = threads.receiveMessageOnPort(port) as { readonly message: Job };
  port.close();
  return received.message;
}

/** An error of a callback, or a promise that nobody has caught. */
function uncaught(error: unknown): void {
  // Somebody else sees to it.
  if (process.listenerCount('uncaughtException') > 1) return;
  if (fail !== undefined) {
    fail(error);
    return;
  }
  complain(`Exception in a worker without a thread:\n${described(error)}\n`);
  process.exit(1);
}

function finish(record: Assignment['record']): void {
  forgetThread();
  if (keepable && mayStay()) {
    Atomics.store(idle, 0, 1);
    end(record);
    return;
  }
  runExitHandlers();
  end(record);
  process.exit();
}

/** Whether there is room for an idle worker more; it is taken then. */
function mayStay(): boolean {
  const words = registry();
  for (;;) {
    const now = Atomics.load(words, heads.idle);
    if (now >= Atomics.load(words, heads.idleLimit) || hasLeftovers()) return false;
    if (Atomics.compareExchange(words, heads.idle, now, now + 1) === now) return true;
  }
}

/** While the thread is alive: after its end nothing of its own runs. */
function runExitHandlers(): void {
  try {
    process.emit('exit', 0);
  } catch (error) {
    complain(`Exception in a handler of the exit of a thread:\n${described(error)}\n`);
  }
  process.removeAllListeners('exit');
}
