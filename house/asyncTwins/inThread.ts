import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Parts, PartName } from './parts.ts';

/** What a part in another thread is given, by the part's name. */
export type PostedTo<Name extends PartName> = Parameters<Parts[Name]>[0];

/**
 * Plays a part in another thread.
 * @param name of the part.
 * @param posted what it is played with.
 * @returns the thread's exit code; 0 if all that it checked was right.
 */
export function inThread<Name extends PartName>(name: Name, posted: PostedTo<Name>): Promise<number> {
  return endOf(new Worker(new URL('./parts.ts', import.meta.url), { workerData: { name, posted } }));
}

/**
 * The exit code of a thread.
 * @throws what the thread failed with. Handle it only at the end: till then it ends the program, which might else wait
 *   for the thread for ever.
 */
export async function endOf(worker: Worker): Promise<number> {
  const [code] = (await once(worker, 'exit')) as [number];
  return code;
}
