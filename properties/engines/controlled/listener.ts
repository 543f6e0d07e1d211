import type { Outcome } from '../../../spec/history.ts';
import type { Value } from '../../../spec/program.ts';

/** Who is told what happens in an execution, event by event. */
export interface Listener {
  /** An object was made, or refused to be. */
  created(object: number, outcome: Outcome): void;
  call(thread: number, call: number): void;
  end(thread: number, outcome: Outcome): void;
  enter(thread: number, value: Value): void;
  callback(thread: number, outcome: Outcome): void;
  blocked(thread: number): void;
  /** @param until milliseconds on the virtual clock. */
  quiet(until: number): void;
  /** The next step of an ordered example begins. */
  step(step: number): void;
}
