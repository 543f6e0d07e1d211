/*
 * Who runs: all threads are calls within calls, so the one that was started last and has not returned.
 */

/** A thread, or what `_thread` started. */
export interface Runner {
  readonly ident: number | null;
}

const mainIdent = 1;
const runners: Runner[] = [];
let idents = mainIdent;
let interruption: (() => void) | undefined;

/** Those that run, the last one started at the end; main is not among them. */
export function allRunning(): readonly Runner[] {
  return runners;
}

/** The thread that runs; undefined for main. */
export function running(): Runner | undefined {
  return runners.at(-1);
}

/** The ident of the thread that runs; main's is 1. */
export function currentIdent(): number {
  return running()?.ident ?? mainIdent;
}

/** An ident that no thread had. */
export function newIdent(): number {
  return ++idents;
}

/**
 * Does what a thread has to, in the thread that calls this.
 * @param body must not throw.
 * @throws what {@link interruptStarter} was given meanwhile.
 */
export function runAs(runner: Runner, body: () => void): void {
  runners.push(runner);
  try {
    body();
  } finally {
    runners.pop();
  }
  const due = interruption;
  interruption = undefined;
  due?.();
}

/** Does something in the starter of what runs, when that has returned; in main, here. */
export function interruptStarter(action: () => void): void {
  if (runners.length === 0) action();
  else interruption = action;
}
