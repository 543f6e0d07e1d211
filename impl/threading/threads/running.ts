import type { Thread } from '../thread.ts';
import type { Job } from './job.ts';
import { isThenable, setPlan } from './plan.ts';
import { revive } from './revive.ts';
import { load } from './targets.ts';
import { install, installNothing } from './tracing.ts';

/** Runs a thread's job. @throws what the thread raises. */
export async function runJob(thread: Thread, { target, args, kwargs, object, tracing }: Job): Promise<void> {
  if (object !== undefined) {
    const Class = (await load(object.class)) as unknown as { readonly prototype: object };
    Object.setPrototypeOf(thread, Class.prototype);
    Object.assign(thread, revive(object.properties));
  }
  setPlan(thread, {
    target: await callable(target),
    args: revive(args),
    kwargs: revive(kwargs),
  });
  if (tracing === undefined) installNothing();
  else await install(tracing);
  const running = thread.run();
  if (isThenable(running)) await running;
}

async function callable(target: Job['target']): Promise<unknown> {
  if (target === undefined) return undefined;
  return 'given' in target ? target : load(target);
}
