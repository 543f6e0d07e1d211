import type { Outcome } from '../../spec/history.ts';
import { bodyError, bodyValue, type Call, closingLeave, type Exit, type Value } from '../../spec/program.ts';
import type { Loaded } from './loaded.ts';
import type { CallbackStage } from './handedOver.ts';
import { asValue } from './shown.ts';
import { isThenable } from './thenable.ts';

/** Where a thread's calls are made: the engine's side of the runner. */
export interface Stage extends CallbackStage {
  /** Before each call. Throws if the execution is over. */
  boundary(): void;
  call(position: number): void;
  enter(value: Value): void;
  end(outcome: Outcome): void;
  /** Comes when nothing is left of what the thread has begun that needs neither time nor other threads. */
  drained(): Promise<void>;
  /** True if this was thrown to end the execution, not by the implementation. */
  isUnwind(thrown: unknown): boolean;
  /** The execution is over; an implementation may have swallowed what was thrown to say so. */
  readonly unwinding: boolean;
}

/** What the body of a with-statement throws when its program says so. */
class BodyError extends Error {
  override readonly name = bodyError;
}

/**
 * Makes a thread's calls, one after the other, and tells the stage what they show. A call that returns a promise ends when that
 * is settled, and what its thread has left to do then is done before the next one.
 * @param objects the program's objects as this thread opened them.
 * @returns a promise if a call returned one.
 */
export function runCalls(
  stage: Stage,
  loaded: Loaded,
  calls: readonly Call[],
  objects: readonly unknown[],
): Promise<void> | undefined {
  let isAsync = false;
  return run(0, calls.length);

  function run(start: number, end: number): Promise<void> | undefined {
    for (let position = start; position < end; position++) {
      const call = calls[position] as Call;
      stage.boundary();
      stage.call(position);
      let pending: Promise<void> | undefined;
      if (call.method === 'with') {
        const leave = closingLeave(calls, position);
        pending = statement(call, position, leave);
        position = leave;
      } else {
        pending = conclude(() => loaded.invoke(call, objects));
      }
      if (stage.unwinding) return undefined;
      if (isAsync) return goOn(pending, position + 1, end);
    }
    return undefined;
  }

  async function goOn(pending: Promise<void> | undefined, start: number, end: number): Promise<void> {
    await pending;
    await stage.drained();
    await run(start, end);
  }

  function conclude(action: () => unknown): Promise<void> | undefined {
    let outcome: Outcome;
    try {
      const value = action();
      if (isThenable(value)) return concludeLater(value);
      outcome = { returns: asValue(value) };
    } catch (thrown) {
      outcome = raised(thrown);
    }
    if (!stage.unwinding) stage.end(outcome);
    return undefined;
  }

  async function concludeLater(value: PromiseLike<unknown>): Promise<void> {
    isAsync = true;
    let outcome: Outcome;
    try {
      outcome = { returns: asValue(await value) };
    } catch (thrown) {
      outcome = raised(thrown);
    }
    if (!stage.unwinding) stage.end(outcome);
  }

  function raised(thrown: unknown): Outcome {
    if (stage.isUnwind(thrown) || stage.unwinding) throw thrown;
    return loaded.errorOutcome(thrown);
  }

  function statement(call: Call, position: number, leave: number): Promise<void> | undefined {
    const exit = calls[leave]?.args.by as Exit;
    const leaveBody = (): unknown => {
      stage.boundary();
      stage.call(leave);
      if (exit === 'throw') throw new BodyError('thrown by the body of the with-statement');
      return exit === 'return' ? bodyValue : undefined;
    };
    const leaveLater = async (pending: Promise<void>): Promise<unknown> => {
      await pending;
      return leaveBody();
    };
    const body = (value: unknown): unknown => {
      stage.enter(asValue(value));
      const pending = run(position + 1, leave);
      return pending === undefined ? leaveBody() : leaveLater(pending);
    };
    return conclude(() => loaded.statement(call, objects[call.object], body, exit));
  }
}
