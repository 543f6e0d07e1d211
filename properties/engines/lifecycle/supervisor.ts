import { extname } from 'node:path';
import {
  BroadcastChannel,
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  Worker,
  workerData,
} from 'node:worker_threads';
import { natives } from '../controlled/natives.ts';
import { Control, maximalThreads, orders, states } from './control.ts';
import { channelName, type Handout, type Made } from './realm.ts';
import type { Step } from '../../../impl/protocol.ts';
import type { Task } from './task.ts';
import { report } from './wire.ts';

/*
 * A worker of the process that no implementation knows of. It says which thread of the program makes its next
 * call, and when: as soon as everything has been seen that the example waits for. How long it waits decides
 * no order; it is patient with what has to happen, and brief with what must not.
 */

/**
 * Milliseconds that something that has to happen may take at least: then it is given as long as it takes to start
 * so many threads one after the other. Where that is slow, so is everything else.
 */
const patience = 1500;
const probes = 3;
const longestProbe = 60_000;
/** Milliseconds that something that must not happen is given. */
const settling = 60;
/** Milliseconds for a thread to fall asleep, if it sleeps at all. */
const dozing = 250;
const oneSecond = 1000;

const control = new Control(workerData as SharedArrayBuffer);
const channel = new BroadcastChannel(channelName);
const port = parentPort as MessagePort;
const parent = process.ppid;
let task: Task;
let posted: unknown[] = [];

/** What nobody waits for any more must not go on for ever. */
function endWithParent(): void {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}

/** Waits, and serves threads that ask for the program and its objects meanwhile. */
function until(condition: () => boolean, milliseconds: number): boolean {
  endWithParent();
  return (
    control.until(() => {
      serve();
      return condition() || control.isEnded;
    }, milliseconds) && !control.isEnded
  );
}

/** Waits for something that has to happen. @returns false if it does not. */
function surely(condition: () => boolean): boolean {
  if (until(condition, patience)) return true;
  for (let probe = 0; probe < probes && !control.isEnded; probe++) {
    const there = startProbe();
    until(() => condition() || natives.load(there, 0) === 1, longestProbe);
    if (condition()) return true;
  }
  return false;
}

function startProbe(): Int32Array {
  const there = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    new URL(`./probe${extname(new URL(import.meta.url).pathname)}`, import.meta.url),
    {
      workerData: there.buffer,
    },
  );
  worker.unref();
  return there;
}

function serve(): void {
  for (let thread = 0; thread < maximalThreads; thread++) {
    const asked = control.get(thread, 'asked');
    if (asked === control.get(thread, 'answered')) continue;
    collect();
    channel.postMessage({ task, execution: control.execution, posted } satisfies Handout);
    control.set(thread, 'answered', asked);
  }
}

/** Takes in what threads have made. */
function collect(): void {
  for (;;) {
    const received = receiveMessageOnPort(channel as never);
    if (received === undefined) return;
    keep(received.message as Handout | Made);
  }
}

function keep(message: Handout | Made): void {
  if ('object' in message) posted[message.object] = message.posted;
}

function isReady(thread: number): boolean {
  return control.get(thread, 'state') === states.waiting;
}

/** Does a step. @returns false if it cannot be done, or does not show what it must. */
function perform({ does, returns, begins, blocks, settles, exits }: Step, step: number): boolean {
  const own = 'call' in does ? does.call : 'ends' in does ? does.ends : undefined;
  if (own !== undefined && !surely(() => isReady(own))) return false;
  // From here on: the thread's call before this one may have come back only just now.
  const before = Array.from({ length: maximalThreads }, (_, thread) => control.get(thread, 'returned'));
  const hasReturned = (thread: number): boolean => control.get(thread, 'returned') > (before[thread] ?? 0);
  const hasSettled = (thread: number): boolean => hasReturned(thread) || control.get(thread, 'asleep') === 1;
  report({ type: 'step', step, at: control.now() });
  if (own === undefined) until(() => false, 'elapse' in does ? does.elapse * 1000 : 0);
  else if ('ends' in does) {
    control.tell(own, orders.end, step);
    surely(() => control.get(own, 'state') === states.finished);
  } else {
    control.tell(own, orders.call, step);
    if (returns.length + blocks.length + begins.length === 0) surely(() => hasSettled(own));
  }
  const shown = surely(
    () => returns.every(hasReturned) && begins.every((thread) => control.get(thread, 'begun') > 0),
  );
  // What does not come to show what it must has no use for the rest.
  if (!shown) return false;
  if (blocks.length > 0) until(() => blocks.every(hasSettled), dozing);
  if (blocks.length > 0 || settles) until(() => false, settling);
  if (exits) surely(() => false);
  return true;
}

function supervise(): void {
  let reached = 0;
  while (reached < task.steps.length) {
    const step = task.steps[reached] as Step;
    if (!perform(step, reached)) break;
    reached++;
  }
  report({ type: 'done', reached });
  if (!task.ownProcess) release();
}

/** Lets all threads go that wait for orders, the main thread last. */
function release(): void {
  const rest = Array.from({ length: maximalThreads - 1 }, (_, position) => position + 1);
  const live = (thread: number) =>
    control.get(thread, 'state') === states.waiting || control.get(thread, 'state') === states.calling;
  surely(() => {
    for (const thread of rest) {
      if (isReady(thread)) control.tell(thread, orders.end, -1);
    }
    return !rest.some(live);
  });
  surely(() => isReady(0));
  control.tell(0, orders.end, -1);
}

port.on('message', (next: Task) => {
  task = next;
  if (task.executions === undefined) supervise();
  // Where nobody gives orders, and where threads begin late, they still ask.
  while (!control.isEnded) until(() => false, oneSecond);
  // Before the next program begins: what that one makes may be heard of before the program itself.
  collect();
  posted = [];
  port.postMessage('over');
});
// What is made is taken in when it is asked for; until then it waits here.
channel.addEventListener('message', ({ data }: { data: unknown }) => keep(data as Handout | Made));
channel.unref();
port.postMessage('ready');
