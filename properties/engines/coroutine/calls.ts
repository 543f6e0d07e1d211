import type { Outcome } from '../../../spec/history.ts';
import type { Argument, Call } from '../../../spec/program.ts';
import type { Listener } from '../controlled/listener.ts';
import { unwind } from '../controlled/unwind.ts';
import type { Loaded } from '../loaded.ts';
import { asValue } from '../shown.ts';
import { isThenable } from '../thenable.ts';
import type { Loops } from './promises/loops.ts';
import type { Stepper } from './stepper.ts';
import { getter, invoke, type Running, twinOf } from './twins.ts';

/** A call, and what there is to know of it before it is made. */
export interface PreparedCall {
  readonly call: Call;
  /** The adapter's own function. */
  readonly mapped: object | undefined;
  readonly isAttribute: boolean;
  readonly hasArguments: boolean;
  /** What the call is given, where that is the same in every thread and every execution; a copy is handed over. */
  readonly plain: object | undefined;
}

/** A thread's calls, which are made in many executions. */
export function prepareCalls(loaded: Loaded, calls: readonly Call[]): readonly PreparedCall[] {
  return calls.map((call) => ({
    call,
    mapped: loaded.mapped(call),
    isAttribute: loaded.isAttribute(call),
    hasArguments: Object.keys(call.args).length > 0,
    plain: Object.values(call.args).every(isPlain) ? { ...call.args } : undefined,
  }));
}

/** Makes a thread's calls one after the other, where none is a with-statement. One that returns a promise ends with it. */
export function* makeCalls(
  stepper: Stepper,
  listener: Listener,
  loaded: Loaded,
  calls: readonly PreparedCall[],
  objects: readonly unknown[],
  loops: Loops,
): Running {
  let isAsync = false;
  for (let position = 0; position < calls.length; position++) {
    const prepared = calls[position] as PreparedCall;
    if (isAsync) yield* loops.now.drain();
    if (stepper.boundary()) yield;
    stepper.calls();
    listener.call(stepper.thread, position);
    let value: unknown;
    let outcome: Outcome | undefined;
    let isPromise = false;
    try {
      const running = begin(loaded, prepared, objects);
      value = running === undefined ? loaded.invoke(prepared.call, objects) : yield* running;
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

function isPlain(argument: Argument): boolean {
  return typeof argument !== 'object' || argument === null;
}

/** The call of a twin; undefined if what is called has none. */
function begin(
  loaded: Loaded,
  { call, mapped, isAttribute, hasArguments, plain }: PreparedCall,
  objects: readonly unknown[],
): Running | undefined {
  const object = objects[call.object];
  const given = () => (plain === undefined ? loaded.given(call, objects) : { ...plain });
  if (mapped !== undefined) return twinOf(mapped)?.call(undefined, object, given());
  if (isAttribute) {
    const read = getter(object, call.method);
    if (read !== undefined) return read.call(object);
  }
  const own = twinOf((object as Record<string, unknown>)[call.method]);
  if (own === undefined) {
    return call.method === 'assign' ? assign(object, given()) : undefined;
  }
  return hasArguments ? own.call(object, given()) : own.call(object);
}

function* assign(object: unknown, given: object): Running {
  yield* invoke(Object.assign, Object, [object, given]);
  return undefined;
}
