import { moduleOf } from '../mod/module.ts';
import type { Realm } from '../../realm.ts';
import { namespaceOf } from '../../objects.ts';
import type { Given, Questions } from '../question.ts';
import { type Fn, lowLevel } from './namespace.ts';

/** Seconds in which an interrupt reaches the main thread, if it makes calls. */
const patience = 3;

/** A lock, as far as it is waited for. */
interface Lock {
  acquire(options?: { readonly timeout: number }): unknown;
}

/**
 * What examples ask of interrupts. When one is delivered is left open, so who expects one makes calls until it has come:
 * a function of the module, and a short wait for a lock that is held.
 */
export const interruptionQuestions: Questions = {
  interruptMain: (low, args) => interrupt(low, args),
  /** Sets what is done when the main thread is interrupted by a signal. */
  signal: (_, { signum, to }, realm) => void (namespaceOf(realm, 'mod')['signal'] as Fn)(signum, to),
  /** Sends the process a real signal. */
  sendSignal: (_, { signum }) => void process.kill(process.pid, signum as number),
  /** Interrupts the main thread, and makes calls. */
  interruptAndLook: (low, args, realm) => {
    interrupt(low, args);
    look(low, realm, args);
  },
  /** Makes calls. */
  look: (low, args, realm) => look(low, realm, args),
};

function interrupt(low: unknown, { signum }: Given): unknown {
  const { interruptMain } = lowLevel(low);
  return signum === undefined ? interruptMain() : interruptMain(signum);
}

/**
 * Makes calls, for so many seconds, and at most until a function of the program was called, if one is named. The first of them
 * is a wait of so many seconds.
 */
function look(low: unknown, realm: Realm, { seconds = patience, until, first = 0.005 }: Given): void {
  const deadline = performance.now() + 1000 * (seconds as number);
  const awaited = realm.bodies.indexOf(until as never);
  const held = lowLevel(low).allocateLock() as unknown as Lock;
  held.acquire();
  held.acquire({ timeout: first as number });
  while (performance.now() < deadline) {
    moduleOf(realm).currentThread();
    held.acquire({ timeout: 0.005 });
    if (awaited >= 0 && realm.control.get(awaited, 'begun') > 0) return;
  }
}
