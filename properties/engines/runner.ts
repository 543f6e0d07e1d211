import type { Outcome } from '../../spec/history.ts';
import { bodyError, bodyValue, type Call, closingLeave, type Exit, type Value } from '../../spec/program.ts';
import type { Loaded } from './loaded.ts';
import type { CallbackStage } from './handedOver.ts';
import { asValue } from './shown.ts';

/** Where a thread's calls are made: the engine's side of the runner. */
export interface Stage extends CallbackStage {
  /** Before each call. Throws if the execution is over. */
  boundary(): void;
  call(position: number): void;
  enter(value: Value): void;
  end(outcome: Outcome): void;
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
 * Makes a thread's calls, one after the other, and tells the stage what they show.
 * @param objects the program's objects as this thread opened them.
 */
export function runCalls(
  stage: Stage,
  loaded: Loaded,
  calls: readonly Call[],
  objects: readonly unknown[],
): void {
  run(0, calls.length);

  function run(start: number, end: number): void {
    for (let position = start; position < end; position++) {
      const call = calls[position] as Call;
      stage.boundary();
      stage.call(position);
      if (call.method === 'with') {
        const leave = closingLeave(calls, position);
        statement(call, position, leave);
        position = leave;
      } else {
        conclude(() => loaded.invoke(call, objects));
      }
      if (stage.unwinding) return;
    }
  }

  function conclude(action: () => unknown): void {
    let outcome: Outcome;
    try {
      outcome = { returns: asValue(action()) };
    } catch (thrown) {
      if (stage.isUnwind(thrown) || stage.unwinding) throw thrown;
      outcome = loaded.errorOutcome(thrown);
    }
    if (!stage.unwinding) stage.end(outcome);
  }

  function statement(call: Call, position: number, leave: number): void {
    const exit = calls[leave]?.args.by as Exit;
    const body = (value: unknown): unknown => {
      stage.enter(asValue(value));
      run(position + 1, leave);
      stage.boundary();
      stage.call(leave);
      if (exit === 'throw') throw new BodyError('thrown by the body of the with-statement');
      return exit === 'return' ? bodyValue : undefined;
    };
    conclude(() => loaded.statement(call, objects[call.object], body, exit));
  }
}
