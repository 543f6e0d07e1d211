import { callWith, targetName } from './plan.ts';
import type { Job } from './job.ts';
import { launch } from './launch.ts';
import { beginStart, identOf, newRecord } from './record.ts';
import { flags, next } from './registry.ts';
import { revive } from './revive.ts';
import { load } from './targets.ts';
import { checkedKwargs } from './threadOptions.ts';
import { installNothing } from './tracing.ts';

/**
 * Starts a thread without a Thread object, for which the process does not wait. Errors go to the unraisablehook.
 * @returns the thread's ident.
 * @throws TypeError for what is no function, a function without a name for other threads, args that are no array,
 *   kwargs that are no object, and what cannot be cloned; RuntimeError if there cannot be another thread. Then
 *   nothing is started.
 */
export function startRaw(fn: unknown, args: unknown, kwargs?: unknown): number {
  const target = targetName(fn);
  if ('given' in target) throw new TypeError(`a thread calls a function, not ${target.given}`);
  if (!Array.isArray(args)) throw new TypeError(`args has to be an array, not ${typeof args}`);
  const job: Job = { target, args, kwargs: checkedKwargs(kwargs), object: undefined, tracing: undefined };
  const record = newRecord(`Dummy-${next('dummies')}`, flags.raw | flags.daemon);
  beginStart(record);
  launch(record, () => job);
  return identOf(record);
}

/**
 * Runs a raw thread's job.
 * @param called is told the function as soon as it is known.
 * @throws what the thread raises.
 */
export async function runRaw({ target, args, kwargs }: Job, called: (fn: unknown) => void): Promise<void> {
  installNothing();
  if (target === undefined || 'given' in target) return;
  called(target);
  const fn = await load(target);
  called(fn);
  await callWith(fn, revive(args), revive(kwargs));
}
