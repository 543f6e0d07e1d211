/*
 * What is left of a thread in its worker, which may run another one next.
 */
const callbacks: (() => void)[] = [];

/**
 * Calls a function whenever a thread ends here, after the last thing of its own and before anybody sees the end. For what
 * a thread must not leave to the next one in the same worker; it must not raise.
 */
export function atThreadEnd(callback: () => void): void {
  callbacks.push(callback);
}

/** The thread that ran here is at its end. */
export function forgetThread(): void {
  for (const callback of callbacks) callback();
}
