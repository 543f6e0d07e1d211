import { extname } from 'node:path';
import Tinypool from 'tinypool';

/**
 * Workers that live as long as the run, one a thread of a program.
 *
 * @param task URL of the module that runs in them, without its extension: TypeScript here,
 *   JavaScript in the published package.
 */
export function createPool(task: URL, threads: number): Tinypool {
  return new Tinypool({
    filename: new URL(`${task.href}${extname(import.meta.url)}`).href,
    runtime: 'worker_threads',
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    isolateWorkers: false,
    // Parked workers would not see their messages.
    useAtomics: false,
    idleTimeout: 2 ** 31 - 1,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    trackUnmanagedFds: false,
  });
}
