import { catchUp } from './tracing.ts';

/*
 * Calls of the module's functions are where a thread looks what others want of it.
 */
const duties: (() => void)[] = [catchUp];

/** From now on a thread does this, too, whenever it calls a function of the module; what it raises the call raises. */
export function atPause(duty: () => void): void {
  duties.push(duty);
}

/** Does what others want of this thread. */
export function pause(): void {
  for (const duty of duties) duty();
}
