import { type Control, cells } from './layout.ts';

/** What a thread is doing. */
export type ThreadState = 'ready' | 'asleep' | 'finished';

/** What this thread is doing. */
export function stateOf(control: Control, thread: number): ThreadState {
  if (((control.get(cells.ready) >>> thread) & 1) !== 0) return 'ready';
  return isAsleep(control, thread) ? 'asleep' : 'finished';
}

/** Whether a thread sleeps or rests. */
export function isAsleep(control: Control, thread: number): boolean {
  return ((control.get(cells.asleep) >>> thread) & 1) !== 0;
}

/** Whether a thread was notified and has not gone on since. */
export function isNotified(control: Control, thread: number): boolean {
  return ((control.get(cells.notified) >>> thread) & 1) !== 0;
}

/** From now on a thread can go on. */
export function setReady(control: Control, thread: number): void {
  control.set(cells.ready, control.get(cells.ready) | (1 << thread));
  control.set(cells.asleep, control.get(cells.asleep) & ~(1 << thread));
}

/** From now on a thread can go on, for it was notified. */
export function setNotified(control: Control, thread: number): void {
  setReady(control, thread);
  control.set(cells.notified, control.get(cells.notified) | (1 << thread));
}

/** From now on a thread sleeps. */
export function setAsleep(control: Control, thread: number): void {
  control.set(cells.ready, control.get(cells.ready) & ~(1 << thread));
  control.set(cells.asleep, control.get(cells.asleep) | (1 << thread));
  control.set(cells.notified, control.get(cells.notified) & ~(1 << thread));
}

/** From now on a thread has nothing more to do in this execution. */
export function setFinished(control: Control, thread: number): void {
  control.set(cells.ready, control.get(cells.ready) & ~(1 << thread));
  control.set(cells.asleep, control.get(cells.asleep) & ~(1 << thread));
}
