import { RuntimeError } from '../errors.ts';
import { needNode, type NodeWorker } from './node.ts';
import { moduleBeside } from './places.ts';

/** What the broker's worker is made with. */
export interface BrokerData {
  /** Whether it is the one for all of the process. */
  readonly shared: boolean;
  /** One word, 1 as soon as it listens. */
  readonly ready: Int32Array<SharedArrayBuffer>;
}

/** Milliseconds after which a broker that does not listen will not. Nothing else can tell a thread that is blocked. */
const patience = 60_000;

/**
 * Starts a broker and returns when it listens.
 * @throws RuntimeError if it does not.
 */
export function makeBroker(shared: boolean): NodeWorker {
  const { threads, fs, process } = needNode();
  const url = moduleBeside('broker');
  // For instance, because a bundler has left it out.
  if (!fs.existsSync(url)) throw new RuntimeError(`threads need ${url.href}, which is not there`);
  const workerData: BrokerData = { shared, ready: new Int32Array(new SharedArrayBuffer(4)) };
  const make = (flags: { execArgv?: string[] }) =>
    new threads.Worker(url, {
      ...flags,
      name: 'lockproof broker',
      workerData,
      argv: process.argv.slice(2),
      env: threads.SHARE_ENV,
      trackUnmanagedFds: false,
    });
  const broker = withFlags(process.execArgv, make);
  broker.unref();
  if (Atomics.wait(workerData.ready, 0, 0, patience) !== 'timed-out') return broker;
  void broker.terminate();
  throw new RuntimeError('the worker that starts threads does not answer');
}

/** Flags that say what is run: the text of a program, where a worker runs a file. */
const evaluating = /^(?:-e|-p|-pe|--eval|--print|--input-type)(?:=|$)/;

/** A worker inherits all flags, unless there is one that it must not have; then it gets the others, or none. */
function withFlags<T>(given: readonly string[], make: (flags: { execArgv?: string[] }) => T): T {
  if (!given.some((flag) => evaluating.test(flag))) return make({});
  const execArgv = given.filter((flag, at) => !evaluating.test(flag) && !isText(given[at - 1]));
  try {
    return make({ execArgv });
  } catch {
    // Flags of the whole process cannot be given to a worker.
    return make({ execArgv: [] });
  }
}

/** Whether what follows this flag is the text of a program. */
function isText(flag: string | undefined): boolean {
  return flag !== undefined && /^(?:-e|-p|-pe|--eval|--print)$/.test(flag);
}
