import { extname } from 'node:path';
import Tinypool from 'tinypool';

/**
 * Workers that live as long as the run, one a thread of a program.
 *
 * @param task URL of the module that runs in them, without its extension: TypeScript here,
 *   JavaScript in the published package.
 * @param youngMb megabytes for what does not live long: the more, the less often it is looked through.
 */
export function createPool(task: URL, threads: number, youngMb = 4): Tinypool {
  const pool = new Tinypool({
    filename: `${task.href}${extname(new URL(import.meta.url).pathname)}`,
    runtime: 'worker_threads',
    // Most programs have fewer threads than the largest: workers are started when they are needed.
    minThreads: 0,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    isolateWorkers: false,
    // Parked workers would not see their messages.
    useAtomics: false,
    idleTimeout: 2 ** 31 - 1,
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: youngMb },
    trackUnmanagedFds: false,
  });
  // A worker that fails between two tasks is replaced; one that fails within a task fails the task.
  pool.on('error', () => undefined);
  return pool;
}

/** Ends the workers of a pool; one that cannot be ended is left to the end of the process. */
export async function destroyPool(pool: Tinypool): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 3000);
  });
  const workers = pool.threads;
  // Node's `once`, with which Tinypool waits for a worker's exit, wants this of a worker that fails meanwhile;
  // without, that ends the process.
  for (const worker of workers) Object.assign(worker, { removeListener: () => worker });
  const ended = Promise.allSettled([pool.destroy(), ...workers.map((worker) => worker.terminate())]);
  await Promise.race([ended, late]);
  clearTimeout(timer);
}
