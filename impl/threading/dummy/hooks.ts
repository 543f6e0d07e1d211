import { SystemExit } from '../errors.ts';
import type { HookedError, UnraisableHookArgs } from '../excepthook.ts';

/*
 * What is called when a thread ends by an error, and when one begins. Unlike those of `lockproof/threading`, hooks may
 * be any functions here: no other thread has to find them.
 */

/** What an excepthook is given. */
export interface DummyExceptHookArgs extends HookedError {
  /** The thread that has failed. */
  readonly thread: { readonly name: string } | null;
}

type ExceptHook = (args: DummyExceptHookArgs) => unknown;
type UnraisableHook = (args: UnraisableHookArgs) => unknown;
type TraceFunction = (event: 'thread-start') => unknown;

let excepthook: ExceptHook = originalExcepthook;
let unraisablehook: UnraisableHook = originalUnraisablehook;
let trace: TraceFunction | null = null;
let profile: TraceFunction | null = null;

/** Prints the error, but for `SystemExit`. */
export function originalExcepthook({ excValue, thread }: DummyExceptHookArgs): void {
  if (!(excValue instanceof SystemExit)) print(`Exception in thread ${thread?.name ?? '?'}:`, excValue);
}

/** Prints the error. */
export function originalUnraisablehook({ excValue, errMsg, object }: UnraisableHookArgs): void {
  const { name } = (object ?? {}) as { readonly name?: unknown };
  print(`${errMsg ?? 'Exception ignored in'}: ${String(name)}`, excValue);
}

/** Sets what errors of threads go to, `SystemExit` included; null: the original one again. */
export function setExcepthook(hook: ExceptHook | null): void {
  excepthook = checked(hook) ?? originalExcepthook;
}

/** What errors of threads go to. */
export function getExcepthook(): ExceptHook {
  return excepthook;
}

/** As {@link setExcepthook}, for what `_thread.startNewThread` has started; not for `SystemExit`. */
export function setUnraisablehook(hook: UnraisableHook | null): void {
  unraisablehook = checked(hook) ?? originalUnraisablehook;
}

/** What errors go to of what `_thread.startNewThread` has started. */
export function getUnraisablehook(): UnraisableHook {
  return unraisablehook;
}

/** Sets what is called when a thread begins, as `fn('thread-start')`; null: nothing. */
export function settrace(fn: TraceFunction | null): void {
  trace = checked(fn);
}

/** What {@link settrace} was given last. */
export function gettrace(): TraceFunction | null {
  return trace;
}

/** As {@link settrace}, beside it. */
export function setprofile(fn: TraceFunction | null): void {
  profile = checked(fn);
}

/** What {@link setprofile} was given last. */
export function getprofile(): TraceFunction | null {
  return profile;
}

/** A thread begins. */
export function callTraceFunctions(): void {
  trace?.('thread-start');
  profile?.('thread-start');
}

/** An error has ended a thread. Does not throw. */
export function threadFailed(thrown: unknown, thread: { readonly name: string }): void {
  report('threading.excepthook', () => excepthook({ ...about(thrown), thread }));
}

/** An error has ended what `_thread.startNewThread` has called. Does not throw. */
export function rawThreadFailed(thrown: unknown, object: unknown): void {
  if (thrown instanceof SystemExit) return;
  const errMsg = 'Exception ignored in thread started by';
  report('sys.unraisablehook', () => unraisablehook({ ...about(thrown), errMsg, object }));
}

function report(hook: string, call: () => unknown): void {
  try {
    call();
  } catch (error) {
    print(`Exception in ${hook}:`, error);
  }
}

function about(thrown: unknown): HookedError {
  return {
    excType: (thrown as { readonly constructor?: unknown } | null | undefined)?.constructor,
    excValue: thrown,
    excTraceback: thrown instanceof Error ? (thrown.stack ?? null) : null,
  };
}

function print(heading: string, thrown: unknown): void {
  const text = thrown instanceof Error ? thrown.stack : undefined;
  // oxlint-disable-next-line no-console -- pages have no other stderr
  console.error(`${heading}\n${text ?? String(thrown)}`);
}

function checked<F>(hook: F): F {
  if (hook === null || typeof hook === 'function') return hook;
  throw new TypeError(`a hook is a function or null, not ${typeof hook}`);
}
