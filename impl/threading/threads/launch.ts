import { RuntimeError } from '../errors.ts';
import { fromDouble } from '../doubles.ts';
import { postable } from '../local/posting.ts';
import { keepProcess } from './exit.ts';
import type { Job, Order } from './job.ts';
import { makeBroker } from './makeBroker.ts';
import { needNode } from './node.ts';
import { channelName } from './places.ts';
import { isMain } from './realm.ts';
import { awaitStart, nameOf, takeSeat, undoStart } from './record.ts';
import { heads, registry } from './registry.ts';

/*
 * How a thread gets its worker. The workers are children of one worker that does nothing else and is never
 * blocked, the broker: so a thread can start others and end before them, and ends are noticed also while main is
 * blocked. Main makes the broker when it starts its first thread. Threads have a port to it. Workers that the
 * library did not start call it by a channel that all can hear; where main has started no thread yet, such a worker
 * makes a broker of its own, whose threads end with it.
 *
 * The worker finds its job in a port that the broker passes on. So a job is cloned once, by the thread that starts the
 * other: what cannot be cloned is refused before anybody knows of the new thread, and what the thread is given was
 * written before.
 */
type Words = Int32Array<SharedArrayBuffer>;

/** How to reach the broker. */
interface Path {
  /** Clones a job. @returns what orders a worker for it. */
  prepare(job: Job): (record: Words) => void;
  /** Asks it to end workers that are idle and too many. */
  trim(): void;
}

/** Part of a worker or port. */
interface Poster {
  postMessage(message: Order | 'trim', transfer?: MessagePort[]): void;
}

const none = 0;
const making = 1;
const listening = 2;

let path: Path | undefined;

/** This is how to reach the broker from here. */
export function reachBrokerBy(port: MessagePort): void {
  path = pathBy(port as Poster);
}

/**
 * Starts a thread and returns when it is there.
 * @param record of a thread for which this caller has begun the start; if it fails, the thread is not started.
 * @throws what `describe` does; TypeError if the job cannot be cloned; RuntimeError if there cannot be another thread.
 */
export function launch(record: Words, describe: () => Job): void {
  try {
    const job = postable(describe());
    const order = (path ??= findBroker()).prepare(job);
    takeSeat(record);
    order(record);
    if (!awaitStart(record)) throw new RuntimeError('no new thread can be started');
  } catch (error) {
    undoStart(record);
    throw error;
  }
}

/** Ends workers that are idle and too many. */
export function trimWorkers(): void {
  if (path !== undefined || Atomics.load(registry(), heads.broker) === listening) {
    (path ??= findBroker()).trim();
  }
}

function pathBy(broker: Poster): Path {
  return {
    prepare(job) {
      const port = portWith(job);
      return (record) => {
        broker.postMessage(order(record, port), [port]);
      };
    },
    trim() {
      broker.postMessage('trim');
    },
  };
}

function portWith(job: Job): MessagePort {
  const { port1, port2 } = new (needNode().threads.MessageChannel)();
  try {
    port1.postMessage(job);
    return port2;
  } catch (error) {
    throw uncloneable(error);
  } finally {
    // What was posted stays in the other port, and goes where that goes.
    port1.close();
  }
}

function uncloneable(error: unknown): TypeError {
  return new TypeError(`what a thread is given has to be cloned: ${(error as Error).message}`, {
    cause: error,
  });
}

function order(record: Words, job: MessagePort | Job): Order {
  const words = registry();
  const stackSize = fromDouble(words[heads.stackSize] as number, words[heads.stackSize + 1] as number);
  return { record, name: nameOf(record), stackSize, job };
}

function findBroker(): Path {
  const words = registry();
  if (isMain()) {
    Atomics.store(words, heads.broker, making);
    try {
      const broker = makeBroker(true);
      keepProcess(true);
      return pathBy(broker);
    } catch (error) {
      Atomics.store(words, heads.broker, none);
      Atomics.notify(words, heads.broker);
      throw error;
    }
  }
  while (Atomics.load(words, heads.broker) === making) Atomics.wait(words, heads.broker, making);
  if (Atomics.load(words, heads.broker) === listening) return channelPath;
  const broker = makeBroker(false);
  keepProcess(false);
  return pathBy(broker);
}

const channelPath: Path = {
  prepare(job) {
    return (record) => {
      // No port can be posted to all who may listen.
      broadcast(order(record, job));
    };
  },
  trim() {
    broadcast('trim');
  },
};

function broadcast(message: Order | 'trim'): void {
  const channel: Poster & { close(): void } = new (needNode().threads.BroadcastChannel)(channelName);
  try {
    channel.postMessage(message);
  } catch (error) {
    throw uncloneable(error);
  } finally {
    channel.close();
  }
}
