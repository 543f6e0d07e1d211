import type { Outcome } from '../../../spec/history.ts';
import type { Call } from '../../../spec/program.ts';
import type { Listener } from '../controlled/listener.ts';
import { unwind } from '../controlled/unwind.ts';
import type { Loaded } from '../loaded.ts';
import { asValue } from '../shown.ts';
import { isThenable } from '../thenable.ts';
import type { Loops } from './promises/loops.ts';
import type { Stepper } from './stepper.ts';
import { getter, invoke, type Running, twinOf } from './twins.ts';

/** Makes a thread's calls one after the other, where none is a with-statement. One that returns a promise ends with it. */
export function* makeCalls(
  stepper: Stepper,
  listener: Listener,
  loaded: Loaded,
  calls: readonly Call[],
  objects: readonly unknown[],
  loops: Loops,
): Running {
  let isAsync = false;
  for (let position = 0; position < calls.length; position++) {
    const call = calls[position] as Call;
    if (isAsync) yield* loops.now.drain();
    if (stepper.boundary()) yield;
    stepper.calls();
    listener.call(stepper.thread, position);
    let value: unknown;
    let outcome: Outcome | undefined;
    let isPromise = false;
    try {
      const running = begin(loaded, call, objects);
      value = running === undefined ? loaded.invoke(call, objects) : yield* running;
      isPromise = isThenable(value);
    } catch (thrown) {
      if (thrown === unwind || stepper.unwinding) throw thrown;
      outcome = loaded.errorOutcome(thrown);
    }
    if (isPromise) {
      isAsync = true;
      const settled = yield* loops.now.settle(value);
      if (!settled.isFulfilled) outcome = loaded.errorOutcome(settled.value);
      ({ value } = settled);
    }
    if (stepper.unwinding) return;
    listener.end(stepper.thread, outcome ?? { returns: asValue(value) });
  }
  if (isAsync) yield* loops.now.finish();
}

/** The call of a twin; undefined if what is called has none. */
function begin(loaded: Loaded, call: Call, objects: readonly unknown[]): Running | undefined {
  const object = objects[call.object];
  const mapped = loaded.mapped(call);
  if (mapped !== undefined) return twinOf(mapped)?.call(undefined, object, loaded.given(call, objects));
  if (loaded.isAttribute(call)) {
    const read = getter(object, call.method);
    if (read !== undefined) return read.call(object);
  }
  const own = twinOf((object as Record<string, unknown>)[call.method]);
  const given = loaded.given(call, objects);
  if (own === undefined) return call.method === 'assign' ? assign(object, given) : undefined;
  for (const _ in given) return own.call(object, given);
  return own.call(object);
}

function* assign(object: unknown, given: object): Running {
  yield* invoke(Object.assign, Object, [object, given]);
  return undefined;
}
