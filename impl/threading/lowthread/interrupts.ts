import { ValueError } from '../errors.ts';
import { lookBeforeWaiting } from '../interruption.ts';
import { node, needNode } from '../threads/node.ts';
import { atPause } from '../threads/pause.ts';
import { isMain } from '../threads/realm.ts';
import { heads, registry } from '../threads/registry.ts';
import { checkSignum, defaultIntHandler, type Disposition, Dispositions, SIGINT } from './dispositions.ts';

/*
 * How main is interrupted. The registry's head has a bit for each signal, and behind them a word that counts
 * interrupts. Who interrupts sets the bit, and then counts and notifies. Main looks at the bits when it calls a function of
 * the module, before a blocking call waits, and in its event loop, which sleeps on the counter with the count in
 * hand that it read before it looked: so no interrupt is overslept, but a wait that has begun goes on to its end
 * (`lowthread.interrupt-main.delay-free`). Main alone clears bits, one at a time, before it runs the handler: each
 * interrupt is seen once, also if a handler raises; several of the same signal before main looks are one, as in POSIX.
 */
const bits = heads.signals;
const wordsOfBits = 2;
const count = bits + wordsOfBits;

const dispositions = new Dispositions();
/** What listens to real signals. */
const listeners = new Map<number, () => void>();

if (node?.threads.isMainThread === true) {
  atPause(deliver);
  lookBeforeWaiting(deliver);
  void listen();
}

/**
 * Interrupts the main thread, as a signal would: it raises KeyboardInterrupt, or does what {@link signal} has said,
 * when it next calls a function of the module, is about to wait in a call of the library, or is in its event loop,
 * where KeyboardInterrupt is an uncaught exception. In the main thread itself, at once. Nothing happens if the signal
 * is not handled (`lowthread.interrupt-main.unhandled-noop`).
 * @throws ValueError for a number that no signal has, TypeError for none.
 */
export function interruptMain(signum: number = SIGINT): void {
  checkSignum(signum);
  const words = registry();
  Atomics.or(words, bits + ((signum - 1) >> 5), 1 << ((signum - 1) & 31));
  Atomics.add(words, count, 1);
  Atomics.notify(words, count);
  if (isMain()) deliver();
}

/**
 * Says what the main thread does when it is interrupted by a signal: simulated by {@link interruptMain}, or real. At first
 * that is KeyboardInterrupt for a simulated SIGINT, and nothing for others; real signals end the process, unless Node or
 * somebody else handles them. Real ones are handled in main's event loop.
 * @param handler `default`: as if the library were not there; `ignore`: nothing.
 * @returns what was done until now.
 * @throws ValueError for a number that no signal has, and in other threads than main; TypeError for what is no handler.
 */
export function signal(signum: number, handler: Disposition): Disposition {
  checkSignum(signum);
  if (!isMain()) throw new ValueError('only the main thread handles signals');
  // What came before is handled as was said before.
  deliver();
  const before = dispositions.set(signum, handler);
  listenTo(signum, handler);
  return before;
}

function listenTo(signum: number, handler: Disposition): void {
  const name = nameOf(signum);
  if (name === undefined) return;
  const { process } = needNode();
  const known = listeners.get(signum);
  // One that is there stays: between two, a signal would be nobody's.
  if (isHandled(signum, handler) === (known !== undefined)) return;
  const listener = known ?? ((): void => dispositions.handle(signum));
  if (known === undefined) {
    process.on(name, listener);
    listeners.set(signum, listener);
  } else {
    process.removeListener(name, listener);
    listeners.delete(signum);
  }
}

/** Node itself raises nothing for SIGINT, but ends the process, which is what the default handler comes to. */
function isHandled(signum: number, handler: Disposition): boolean {
  return handler !== 'default' && !(signum === SIGINT && handler === defaultIntHandler);
}

function nameOf(signum: number): NodeJS.Signals | undefined {
  const { signals } = needNode().process.getBuiltinModule('node:os').constants;
  const found = Object.entries(signals).find(([, number]) => number === signum);
  // Nobody can handle these two.
  return found === undefined || found[0] === 'SIGKILL' || found[0] === 'SIGSTOP'
    ? undefined
    : (found[0] as NodeJS.Signals);
}

/** In main: handles what has come. @throws what a handler raises. */
function deliver(): void {
  const words = registry();
  for (let word = 0; word < wordsOfBits; word++) {
    for (let set = Atomics.load(words, bits + word); set !== 0; set = Atomics.load(words, bits + word)) {
      const bit = 31 - Math.clz32(set & -set);
      Atomics.and(words, bits + word, ~(1 << bit));
      dispositions.handle(32 * word + bit + 1);
    }
  }
}

/** Main's event loop looks whenever somebody has interrupted it. It does not keep Node running. */
async function listen(): Promise<void> {
  const words = registry();
  for (;;) {
    const seen = Atomics.load(words, count);
    try {
      deliver();
    } catch (error) {
      // As an error of the event loop, not of a promise.
      needNode().process.nextTick(() => {
        throw error;
      });
    }
    await Atomics.waitAsync(words, count, seen).value;
  }
}
