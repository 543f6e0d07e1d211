// Whatever can be posted to a thread has to be known here.
// oxlint-disable-next-line import/no-unassigned-import -- loaded for that alone
import '../index.ts';
import { rawThreadFailed, threadFailed } from '../excepthook.ts';
import { Thread } from '../thread.ts';
import { forgetThread } from './ending.ts';
import type { Assignment, Job, Place } from './job.ts';
import { reachBrokerBy } from './launch.ts';
import { hasLeftovers, takeStock } from './leftovers.ts';
import { needNode } from './node.ts';
import { complain, writeAtOnce } from './output.ts';
import { runRaw } from './raw.ts';
import { becomeThread } from './realm.ts';
import { end, endStart, has, identOf, nameOf } from './record.ts';
import { heads, registry } from './registry.ts';
import { described } from './report.ts';
import { runJob } from './running.ts';

/*
 * The worker of a thread, or of several, one after the other. The end of a thread is written when its target is done, its
 * promise is settled, and the hook for its errors is. What it has left running ends with the worker, before anything
 * of it can go on: the worker exits in the same turn of its event loop. A worker that is kept has nothing left.
 */
type Words = Int32Array<SharedArrayBuffer>;

const { threads, process } = needNode();
const { broker, idle, first, keepable } = threads.workerData as Place;

/** Ends the thread that runs, from wherever its error comes. */
let fail: ((error: unknown) => void) | undefined;

writeAtOnce();
reachBrokerBy(broker);
process.on('uncaughtException', uncaught);
broker.on('message', (next: Assignment | 'leave') => {
  if (next === 'leave') process.exit();
  else void serve(next);
});
takeStock();
await serve(first);

async function serve({ record, job: port }: Assignment): Promise<void> {
  becomeThread(record, identOf(record));
  endStart(record, true);
  const elsewhere = new Promise<never>((_, reject) => {
    fail = reject;
  });
  await (has(record, 'raw') ? serveRaw(record, port, elsewhere) : serveThread(record, port, elsewhere));
  fail = undefined;
  finish(record);
}

async function serveThread(record: Words, port: MessagePort, elsewhere: Promise<never>): Promise<void> {
  const thread = Thread.from({ primitive: 'Thread', memory: record });
  try {
    await Promise.race([elsewhere, runJob(thread, read(port))]);
  } catch (error) {
    expectNoMore(record);
    await threadFailed(error, thread);
  }
}

async function serveRaw(record: Words, port: MessagePort, elsewhere: Promise<never>): Promise<void> {
  let called: unknown;
  try {
    const running = runRaw(read(port), (fn) => {
      called = fn;
    });
    await Promise.race([elsewhere, running]);
  } catch (error) {
    expectNoMore(record);
    await rawThreadFailed(error, called);
  }
}

/** A thread that fails while its error is reported ends without a report. */
function expectNoMore(record: Words): void {
  fail = (error) => {
    complain(`Exception in thread ${nameOf(record)}, while another was reported:\n${described(error)}\n`);
    leave(record);
  };
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

function finish(record: Words): void {
  forgetThread();
  if (keepable && mayStay()) {
    Atomics.store(idle, 0, 1);
    end(record);
    return;
  }
  leave(record);
}

/** The thread ends, and its worker with it. */
function leave(record: Words): void {
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
