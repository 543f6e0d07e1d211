import type { Running } from './twins.ts';

/** Functions that are run to their end at once, one in the other. */
let driving = 0;

/** Whether something runs that nobody else can interrupt. */
export function isDriving(): boolean {
  return driving > 0;
}

/** Runs a twin to its end at once: nobody else can go on meanwhile. */
export function drive(running: Running): unknown {
  driving++;
  try {
    return running.next().value;
  } finally {
    driving--;
  }
}
