import { needNode } from './node.ts';

/*
 * Whether a thread has left something running in its worker: what keeps an event loop alive, and listeners to the
 * process's events. Such a worker is not kept for another thread. What does not keep Node alive is not seen: timers
 * after `unref`, promises that nobody awaits.
 */

/** What there is in a worker: kinds of resources and events, each as often as it is there. */
type Inventory = string;

function inventory(): Inventory {
  const { process } = needNode();
  const listeners = process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`);
  return JSON.stringify([process.getActiveResourcesInfo().sort(), listeners.sort()]);
}

let before: Inventory | undefined;

/** What there is now is the worker's own. */
export function takeStock(): void {
  before ??= inventory();
}

/** Whether there is more now, or less. */
export function hasLeftovers(): boolean {
  return inventory() !== before;
}
