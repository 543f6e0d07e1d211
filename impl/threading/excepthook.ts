import { SystemExit } from './errors.ts';
import type { Thread } from './thread.ts';
import { ErrorHook } from './threads/errorHook.ts';
import { complain } from './threads/output.ts';
import { described } from './threads/report.ts';

/** What is known of an error that nobody has caught. */
export interface HookedError {
  /** The error's class; undefined for what is no object. */
  readonly excType: unknown;
  readonly excValue: unknown;
  /** The error's stack; null if it has none. */
  readonly excTraceback: string | null;
}

/** What an excepthook is given. */
export interface ExceptHookArgs extends HookedError {
  /** The thread that has failed. */
  readonly thread: Thread | null;
}

/** What an unraisablehook is given. */
export interface UnraisableHookArgs extends HookedError {
  /** What was going on. */
  readonly errMsg: string | null;
  /** The function that has failed. */
  readonly object: unknown;
}

/** A function that errors of threads go to. What it returns is awaited, and discarded. */
export type ExceptHook = (args: ExceptHookArgs) => unknown;
/** A function that errors of raw threads go to. What it returns is awaited, and discarded. */
export type UnraisableHook = (args: UnraisableHookArgs) => unknown;

/** Prints the error to stderr, but for `SystemExit` (`mod.excepthook.default-output`, `mod.excepthook.systemexit-silent`). */
export function originalExcepthook({ excValue, thread }: ExceptHookArgs): void {
  if (isSystemExit(excValue)) return;
  complain(`Exception in thread ${thread?.name ?? '?'}:\n${described(excValue)}\n`);
}

/** Prints the error to stderr. */
export function originalUnraisablehook({ excValue, errMsg, object }: UnraisableHookArgs): void {
  const { name } = (object ?? {}) as { name?: unknown };
  const where = typeof name === 'string' && name !== '' ? name : described(object);
  complain(`${errMsg ?? 'Exception ignored in'}: ${where}\n${described(excValue)}\n`);
}

const excepthook = new ErrorHook<ExceptHook>('except', originalExcepthook);
const unraisablehook = new ErrorHook<UnraisableHook>('unraisable', originalUnraisablehook);

/**
 * Sets what errors of threads go to, `SystemExit` included: a function named by `threadFunction` for all threads,
 * any other for errors of this thread; null: the original one again, for all. It is called in the thread that has failed,
 * before its end (`mod.excepthook.in-failing-thread`).
 * @throws TypeError for what is neither a function nor null.
 */
export function setExcepthook(hook: ExceptHook | null): void {
  excepthook.set(hook);
}

/** What errors of this thread go to. @throws what the import of its module raises, if this thread has to import it. */
export function getExcepthook(): ExceptHook {
  return excepthook.get();
}

/** As {@link setExcepthook}, for errors of threads that `_thread.startNewThread` has started. */
export function setUnraisablehook(hook: UnraisableHook | null): void {
  unraisablehook.set(hook);
}

/** What errors of this thread go to if it is a raw one. @throws as {@link getExcepthook} does. */
export function getUnraisablehook(): UnraisableHook {
  return unraisablehook.get();
}

/** An error has ended a thread. */
export async function threadFailed(error: unknown, thread: Thread): Promise<void> {
  await report('threading.excepthook', async () => {
    await (
      await excepthook.load()
    )({ ...about(error), thread });
  });
}

/** An error has ended a raw thread, which has called this function. */
export async function rawThreadFailed(error: unknown, object: unknown): Promise<void> {
  if (isSystemExit(error)) return;
  await report('sys.unraisablehook', async () => {
    const errMsg = 'Exception ignored in thread started by';
    await (
      await unraisablehook.load()
    )({ ...about(error), errMsg, object });
  });
}

/** What a hook raises itself is printed (`mod.excepthook.failure-to-sys`). */
async function report(hook: string, call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    complain(`Exception in ${hook}:\n${described(error)}\n`);
  }
}

function about(error: unknown): HookedError {
  return {
    excType: (error as { constructor?: unknown } | null | undefined)?.constructor,
    excValue: error,
    excTraceback: error instanceof Error ? (error.stack ?? null) : null,
  };
}

/** By its name too, for it may be of another copy of the library. */
function isSystemExit(error: unknown): boolean {
  return error instanceof SystemExit || (error instanceof Error && error.name === 'SystemExit');
}
