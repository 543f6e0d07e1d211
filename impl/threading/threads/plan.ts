import { AttributeError } from '../attributeError.ts';
import { RuntimeError } from '../errors.ts';
import type { Job } from './job.ts';
import { type ExportedTarget, load, nameFor, type Nameable, type TargetName } from './targets.ts';
import { installed } from './tracing.ts';

/*
 * What a thread has to do. It is known where the Thread object was made, and then in the thread itself, until it is
 * done: beside the objects, so that a thread can be posted as it is.
 */

/** What a thread calls: a function that has a name for other threads, or one that a module exports. */
// oxlint-disable-next-line typescript/no-explicit-any -- targets take what they are given
export type Target = ((...args: any[]) => unknown) | ExportedTarget;

/** What a thread has to do. */
export interface Plan {
  /** Undefined: nothing. */
  readonly target: unknown;
  readonly args: readonly unknown[];
  readonly kwargs: object | undefined;
}

/** What is known of a class of threads. */
type Class = Nameable & { readonly prototype: { readonly run: unknown } };

const plans = new WeakMap<object, Plan>();

/** This is what the thread has to do. */
export function setPlan(thread: object, plan: Plan): void {
  plans.set(thread, plan);
}

/** What the thread had to do is done, or is somebody else's now. */
export function dropPlan(thread: object): void {
  plans.delete(thread);
}

/**
 * Does what the thread has to do, in whatever thread this is called.
 * @returns a promise if the target does, else nothing.
 */
export function carryOut(thread: object): unknown {
  const plan = plans.get(thread);
  if (plan === undefined)
    throw new AttributeError('what a thread has to do is done once, and where it was made');
  plans.delete(thread);
  const { target, args, kwargs } = plan;
  if (target === undefined) return undefined;
  const called = callable(target);
  if (typeof called === 'function') return discard(callWith(called, args, kwargs));
  return called.then((loaded) => discard(callWith(loaded, args, kwargs)));
}

function callable(target: unknown): Nameable | Promise<Nameable> {
  if (typeof target === 'function') return target as Nameable;
  const name = nameFor(target);
  if (name !== undefined) return load(name);
  throw new TypeError(`the target of a thread has to be a function, not ${shown(target)}`);
}

/** Calls a function as threads do: what is in `kwargs` is the last argument, if there is anything. */
export function callWith(target: Nameable, args: readonly unknown[], kwargs: object | undefined): unknown {
  const all = kwargs === undefined || Object.keys(kwargs).length === 0 ? args : [...args, kwargs];
  return Reflect.apply(target as (...args: unknown[]) => unknown, undefined, all);
}

/** What a target returns is discarded, but for when it is done. */
function discard(returned: unknown): unknown {
  return isThenable(returned) ? Promise.resolve(returned).then(() => undefined) : undefined;
}

/** Whether this is a promise, or like one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | null | undefined)?.then === 'function';
}

/**
 * What the thread's worker is told.
 * @param base the class that needs no name.
 * @throws RuntimeError if the thread was not made here, TypeError if its worker could not find what to run.
 */
export function jobOf(thread: { readonly run: unknown }, base: Class): Job {
  const plan = plans.get(thread);
  if (plan === undefined) throw new RuntimeError('a thread can only be started where it was made');
  const { target, args, kwargs } = plan;
  const tracing = installed();
  return {
    target: target === undefined ? undefined : targetName(target),
    args,
    kwargs,
    object: objectOf(thread, base),
    tracing,
  };
}

/** The name of what a thread calls. @throws TypeError if that is a function without one. */
export function targetName(target: unknown): TargetName | { readonly given: string } {
  const name = nameFor(target);
  if (name !== undefined) return name;
  // Only the thread finds out, as in the documentation's language.
  if (typeof target !== 'function') return { given: shown(target) };
  const called = target.name === '' ? 'a function without a name' : target.name;
  throw new TypeError(`another thread cannot find ${called}: name it with threadFunction(import.meta, ...)`);
}

function objectOf(thread: { readonly run: unknown }, base: Class): Job['object'] {
  for (
    let Class = thread.constructor as Class;
    Class !== base;
    Class = Object.getPrototypeOf(Class) as Class
  ) {
    const name = nameFor(Class);
    if (name === undefined || Class.prototype.run !== thread.run) continue;
    const properties: Record<string, unknown> = { ...thread };
    delete properties['primitive'];
    delete properties['memory'];
    return { class: name, properties };
  }
  if (thread.run === base.prototype.run) return undefined;
  const { name } = thread.constructor;
  throw new TypeError(
    `another thread cannot find the run of ${name}: name the class with threadClass(import.meta, ...)`,
  );
}

function shown(value: unknown): string {
  const { given } = (value ?? {}) as { readonly given?: unknown };
  if (typeof given === 'string') return given;
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
}
