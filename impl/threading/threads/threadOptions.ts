import { AssertionError } from '../errors.ts';
import type { Plan, Target } from './plan.ts';
import { nameUnits, next } from './registry.ts';
import { checkText } from './texts.ts';

/** How a thread is made. */
export interface ThreadOptions {
  /** Has to be left out, or null. */
  readonly group?: null | undefined;
  /** Default null: nothing. What the thread calls. */
  readonly target?: Target | null | undefined;
  /** Default: `Thread-N`, with the target's name behind it in parentheses. */
  readonly name?: string | null | undefined;
  /** Default none: the target's arguments. They are cloned when the thread is started. */
  readonly args?: readonly unknown[] | null | undefined;
  /** Default none: one more argument, the last, if there is anything in it. */
  readonly kwargs?: Readonly<Record<string, unknown>> | null | undefined;
  /** Default: what the thread is that makes it. Whether the process may end without waiting for the thread. */
  readonly daemon?: boolean | null | undefined;
}

/** What a thread is made with, checked. */
export interface Given {
  readonly plan: Plan;
  readonly name: string;
  /** Undefined: not said. */
  readonly daemon: boolean | undefined;
}

const optionNames = new Set(['group', 'target', 'name', 'args', 'kwargs', 'daemon']);

/** Reads the arguments of a thread's constructor: options, or `group, target, name, args, kwargs`. */
export function readArguments(given: readonly unknown[]): Given {
  const { group, target, name, args, kwargs, daemon } = byName(given);
  if (isGiven(group)) throw new AssertionError('group has to be left out');
  const plan = { target: target ?? undefined, args: checkedArgs(args), kwargs: checkedKwargs(kwargs) };
  const named = isGiven(name) ? checkedName(name) : '';
  return {
    plan,
    name: named === '' ? defaultName(plan.target) : named,
    daemon: isGiven(daemon) ? Boolean(daemon) : undefined,
  };
}

function byName(given: readonly unknown[]): Partial<Record<keyof ThreadOptions, unknown>> {
  if (given.length > 5) {
    throw new TypeError(
      `a thread takes five positional arguments at most, not ${given.length}; daemon is an option`,
    );
  }
  const [first, target, name, args, kwargs] = given;
  if (given.length !== 1 || typeof first !== 'object' || first === null) {
    return { group: first, target, name, args, kwargs };
  }
  const unknown = Object.keys(first).find((key) => !optionNames.has(key));
  if (unknown !== undefined) throw new TypeError(`a thread has no option ${unknown}`);
  return first;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function checkedArgs(args: unknown): readonly unknown[] {
  if (!isGiven(args)) return [];
  if (Array.isArray(args)) return args;
  throw new TypeError(`args has to be an array, not ${typeof args}`);
}

/** What can be given as named arguments. @throws TypeError for what is no object. */
export function checkedKwargs(kwargs: unknown): object | undefined {
  if (!isGiven(kwargs)) return undefined;
  if (typeof kwargs === 'object' && !Array.isArray(kwargs)) return kwargs as object;
  throw new TypeError(
    `kwargs has to be an object, not ${Array.isArray(kwargs) ? 'an array' : typeof kwargs}`,
  );
}

/** A thread's name as a text. @throws OverflowError if it is too long. */
export function checkedName(name: unknown): string {
  const text = String(name);
  checkText('the name of a thread', text, nameUnits);
  return text;
}

function defaultName(target: unknown): string {
  const { name } = (target ?? {}) as { name?: unknown };
  const numbered = `Thread-${next('names')}`;
  return typeof name === 'string' && name !== '' ? `${numbered} (${name})`.slice(0, nameUnits) : numbered;
}
