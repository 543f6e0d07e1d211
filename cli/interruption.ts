import { exitCodes } from './exitCodes.ts';

/** The user ended the run; the message says what is left of it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Seconds that workers have to end before the process ends anyway. */
const grace = 5;

/**
 * Does something that Ctrl-C ends early: it has to mind the signal. A second Ctrl-C, or a first one that
 * is not minded for {@link grace} seconds, ends the process at once.
 */
export async function interruptible<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort(new Interrupted('Interrupted.'));
    setTimeout(() => process.exit(exitCodes.interrupted), grace * 1000).unref();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await action(controller.signal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
