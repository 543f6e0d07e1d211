import type { Assignment, Job, Order, Place } from './job.ts';
import type { BrokerData } from './makeBroker.ts';
import { needNode, type NodeWorker } from './node.ts';
import { writeAtOnce } from './output.ts';
import { end, endStart, identOf, nameOf } from './record.ts';
import { channelName, moduleBeside } from './places.ts';
import { breakTurn, heads, registry } from './registry.ts';
import { reportDeath } from './report.ts';

/*
 * The broker: the worker whose children the workers of all threads are. It only ever waits for events, so it always
 * sees at once that a worker has ended, and ends the worker's thread if that has not done so itself: after a crash,
 * `process.exit()`, or when memory has run out.
 *
 * Idle workers. A thread that has ended leaves its worker idle if there is room for one more. It says so in
 * the worker's own word before it writes the thread's end, so whoever starts a thread after a join finds the worker
 * idle; and gets it only when it hears its port, which is after the end was written.
 */
interface Child {
  readonly worker: NodeWorker;
  readonly port: MessagePort;
  readonly idle: Int32Array<SharedArrayBuffer>;
  readonly stackSize: number;
  /** Of the thread that it runs, or ran last. */
  record: Int32Array<SharedArrayBuffer>;
}

const { threads, process } = needNode();
const words = registry();
const { shared, ready } = threads.workerData as BrokerData;
const children = new Set<Child>();
/** Megabytes of stack below which Node's own modules do not load. */
const least = 1;
const threadModule = moduleBeside('worker');

writeAtOnce();
threads.parentPort?.on('message', obey);
if (shared) {
  new threads.BroadcastChannel(channelName).addEventListener('message', ({ data }) => {
    obey(data as Order | 'trim');
  });
  Atomics.store(words, heads.broker, 2);
  Atomics.notify(words, heads.broker);
}
Atomics.store(ready, 0, 1);
Atomics.notify(ready, 0);

function obey(order: Order | 'trim'): void {
  if (order === 'trim') {
    trim();
    return;
  }
  const { record, name, stackSize } = order;
  const assignment: Assignment = { record, job: 'postMessage' in order.job ? order.job : portFor(order.job) };
  const idle = takeIdle(stackSize);
  try {
    if (idle === undefined) makeChild(assignment, name, stackSize);
    else {
      idle.record = record;
      idle.port.postMessage(assignment, [assignment.job]);
    }
    endStart(record, true);
  } catch {
    endStart(record, false);
  }
}

function portFor(job: Job): MessagePort {
  const { port1, port2 } = new threads.MessageChannel();
  port1.postMessage(job);
  port1.close();
  return port2;
}

function takeIdle(stackSize: number): Child | undefined {
  for (const child of children) {
    if (child.stackSize === stackSize && isIdle(child)) return child;
  }
  return undefined;
}

/** Whether a worker was idle; it is not any more. */
function isIdle(child: Child): boolean {
  if (Atomics.compareExchange(child.idle, 0, 1, 0) !== 1) return false;
  Atomics.sub(words, heads.idle, 1);
  return true;
}

function trim(): void {
  for (const child of children) {
    if (Atomics.load(words, heads.idle) <= Atomics.load(words, heads.idleLimit)) return;
    // It may still be writing the end of its thread: it leaves when it hears its port, like one that gets another.
    if (isIdle(child)) child.port.postMessage('leave');
  }
}

function makeChild(first: Assignment, name: string, stackSize: number): void {
  const { port1, port2 } = new threads.MessageChannel();
  const idle = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const place: Place = { broker: port2, idle, first, keepable: shared };
  const worker = new threads.Worker(threadModule, {
    name,
    workerData: place,
    transferList: [port2, first.job],
    argv: process.argv.slice(2),
    env: threads.SHARE_ENV,
    trackUnmanagedFds: false,
    ...(stackSize === 0 ? {} : { resourceLimits: { stackSizeMb: Math.max(least, stackSize / 2 ** 20) } }),
  });
  Atomics.add(words, heads.workers, 1);
  const child: Child = { worker, port: port1, idle, stackSize, record: first.record };
  children.add(child);
  port1.on('message', obey);
  worker.on('error', (error) => reportDeath(nameOf(child.record), error));
  worker.on('exit', () => {
    children.delete(child);
    isIdle(child);
    port1.close();
    breakTurn(identOf(child.record));
    end(child.record);
  });
}
