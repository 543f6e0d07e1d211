import { Thread, setPlan } from '../thread.ts';
import type { Job } from './job.ts';
import { load } from './targets.ts';
import { revive } from './revive.ts';

/** Runs a thread's job. @throws what the thread raises. */
export async function runJob(thread: Thread, job: Job): Promise<void> {
  for (const hook of job.hooks) await ((await load(hook)) as (event: string) => unknown)('thread-start');
  if (job.object !== undefined) {
    const Class = (await load(job.object.class)) as unknown as { readonly prototype: object };
    Object.setPrototypeOf(thread, Class.prototype);
    Object.assign(thread, revive(job.object.properties));
  }
  const { target, args, kwargs } = job;
  setPlan(thread, {
    target: await callable(target),
    args: revive(args),
    kwargs: kwargs === undefined ? undefined : revive(kwargs),
  });
  const running = thread.run();
  if (isThenable(running)) await running;
}

async function callable(target: Job['target']): Promise<unknown> {
  if (target === undefined) return undefined;
  if ('given' in target) return target.given;
  return load(target);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}
