import { RuntimeError } from '../errors.ts';
import { fromDouble } from '../doubles.ts';
import { channelName, moduleBeside } from './places.ts';
import { keepProcess } from './exit.ts';
import type { Job, Order } from './job.ts';
import { needNode, type NodeWorker } from './node.ts';
import { awaitStart, endStart, nameOf, takeSeat, undoStart } from './record.ts';
import { heads, registry } from './registry.ts';
import { isMain } from './realm.ts';

/*
 * How a thread gets its worker. The workers are children of one worker that does nothing else and is never
 * blocked, the broker: so a thread can start others and end before them, and ends are noticed also while main is
 * blocked. Main makes the broker when it starts its first thread. Threads have a port to it. Workers that the
 * library did not start call it by a channel that all can hear; where main has started no thread yet, such a worker
 * makes a broker of its own.
 */
type Words = Int32Array<SharedArrayBuffer>;

/** Clones a job; what it returns orders a worker for it. */
type Send = (job: Job) => (record: Words) => void;

const none = 0;
const making = 1;
const listening = 2;

let send: Send | undefined;

/** This is how to reach the broker from here. */
export function reachBrokerBy(port: MessagePort): void {
  send = sendTo(port);
}

/**
 * Starts a thread and returns when it is there.
 * @param record of a thread for which this caller has begun the start; nothing is changed if it fails.
 * @throws TypeError if the job cannot be cloned; RuntimeError if there cannot be another thread.
 */
export function launch(record: Words, job: Job): void {
  try {
    const order = (send ??= findBroker())(job);
    takeSeat(record);
    order(record);
    if (!awaitStart(record)) throw new RuntimeError('no new thread can be started');
  } catch (error) {
    undoStart(record);
    throw error;
  }
}

function sendTo(broker: { postMessage(message: Order, transfer?: never): void }): Send {
  return (job) => {
    const { port1, port2 } = new (needNode().threads.MessageChannel)();
    try {
      // Cloned once: the port takes it to the worker unread.
      port1.postMessage(job);
    } catch (error) {
      throw uncloneable(error);
    } finally {
      port1.close();
    }
    return (record) => {
      broker.postMessage(order(record, port2), [port2] as never);
    };
  };
}

function uncloneable(error: unknown): TypeError {
  return new TypeError(`what a thread is given has to be cloned: ${(error as Error).message}`, {
    cause: error,
  });
}

function order(record: Words, job: MessagePort | Job): Order {
  return { record, name: nameOf(record), stackSize: stackSize(), job };
}

function stackSize(): number {
  const words = registry();
  return fromDouble(words[heads.stackSize] as number, words[heads.stackSize + 1] as number);
}

function findBroker(): Send {
  const words = registry();
  if (isMain()) {
    Atomics.store(words, heads.broker, making);
    const broker = makeBroker();
    keepProcess(true);
    return sendTo(broker);
  }
  while (Atomics.load(words, heads.broker) === making) Atomics.wait(words, heads.broker, making);
  if (Atomics.load(words, heads.broker) === listening) return sendByChannel;
  const broker = makeBroker();
  keepProcess(false);
  return sendTo(broker);
}

function sendByChannel(job: Job): (record: Words) => void {
  return (record) => {
    const channel = new (needNode().threads.BroadcastChannel)(channelName);
    try {
      // No port can be posted to all who may listen.
      channel.postMessage(order(record, job));
    } catch (error) {
      throw uncloneable(error);
    } finally {
      channel.close();
    }
  };
}

function makeBroker(): NodeWorker {
  const { threads, fs, process } = needNode();
  const url = moduleBeside('broker');
  // Without the file nothing would ever answer, where a bundler has left it out.
  if (!fs.existsSync(url)) throw new RuntimeError(`threads need ${url.href}, which is not there`);
  const broker = new threads.Worker(url, {
    name: 'lockproof broker',
    workerData: { shared: isMain() },
    argv: process.argv.slice(2),
    env: threads.SHARE_ENV,
    trackUnmanagedFds: false,
  });
  broker.unref();
  return broker;
}
