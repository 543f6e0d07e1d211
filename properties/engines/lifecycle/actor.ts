import type { Outcome } from '../../../spec/history.ts';
import type { Ending } from '../../../spec/example.ts';
import { asValue } from '../shown.ts';
import { orders, states } from './control.ts';
import { outcomeOf } from './questions/index.ts';
import type { Realm } from './realm.ts';
import { seen } from './seen.ts';
import { report } from './wire.ts';

/** Looks at the clock, about 0.2 microseconds each: sometimes a thread waits so long, mostly hardly at all. */
const longestMoment = 3000;

/**
 * Does what a thread of the program has to, in the thread that calls this: the body of a Thread, a hook.
 * Every call is made when the supervisor says so.
 * @returns what the program says that the body returns.
 * @throws what it says that it throws.
 */
export function act(realm: Realm, thread: number, given: readonly unknown[]): unknown {
  const { control } = realm;
  realm.ask(thread);
  if (realm.task.executions !== undefined) return actFreely(realm, thread);
  const again = control.add(thread, 'entered') > 0;
  report({
    type: 'begin',
    thread,
    given: { json: JSON.stringify(given.map((value) => seen(realm, value))) },
    realm: realm.number,
    at: control.now(),
  });
  control.add(thread, 'begun');
  // Who runs a body twice has shown enough.
  if (again) return undefined;
  realm.actors.push(thread);
  try {
    for (let done = 0; ; done++) {
      control.set(thread, 'state', states.waiting);
      control.awaitOrder(thread, done);
      if (control.get(thread, 'order') === orders.end) return leave(realm, thread);
      makeCall(realm, thread, done);
    }
  } finally {
    realm.actors.pop();
    control.set(thread, 'state', states.finished);
  }
}

/**
 * Does what a thread has to, without orders. Its first call, that it `begins`, was made before it was started;
 * its last is that it `leaves`.
 */
function actFreely(realm: Realm, thread: number): undefined {
  const { control, program } = realm;
  const calls = program.threads[thread]?.length ?? 0;
  report({ type: 'end', thread, outcome: { returns: undefined }, at: control.now() });
  realm.actors.push(thread);
  for (let position = 1; position < calls; position++) makeFreely(realm, thread, position);
  realm.actors.pop();
  control.set(thread, 'state', states.finished);
}

/** Makes a call of a thread that nobody gives orders, after a moment of its own. */
export function makeFreely(realm: Realm, thread: number, position: number): void {
  for (let spins = Math.floor(Math.random() ** 4 * longestMoment); spins > 0; spins--) realm.control.now();
  if (realm.program.threads[thread]?.[position]?.method !== 'leaves') {
    makeCall(realm, thread, position);
    return;
  }
  report({ type: 'call', thread, call: position, at: realm.control.now() });
  report({ type: 'end', thread, outcome: { returns: undefined }, at: realm.control.now() });
}

/** Does what the main thread has to; between its calls its event loop runs. */
export async function actInMain(realm: Realm): Promise<Ending> {
  const { control } = realm;
  const main = 0;
  // A promise alone would not keep Node running.
  const busy = setInterval(() => undefined, 2 ** 30);
  try {
    for (let done = 0; ; done++) {
      control.set(main, 'state', states.waiting);
      await control.awaitOrderAsync(main, done);
      if (control.get(main, 'order') === orders.end) break;
      realm.actors.push(main);
      makeCall(realm, main, done);
      realm.actors.pop();
    }
  } finally {
    clearInterval(busy);
  }
  const by = endingOf(realm, main);
  finish(realm, main, by);
  control.set(main, 'state', states.finished);
  return by;
}

function makeCall(realm: Realm, thread: number, position: number): void {
  const { control } = realm;
  const call = realm.program.threads[thread]?.[position];
  if (call === undefined) throw new Error(`thread ${thread} has no call ${position}`);
  control.set(thread, 'state', states.calling);
  report({ type: 'call', thread, call: position, at: control.now() });
  const outcome = outcomeOf(realm, call);
  report({ type: 'end', thread, outcome, at: control.now() });
  control.add(thread, 'returned');
}

function leave(realm: Realm, thread: number): unknown {
  const by = endingOf(realm, thread);
  finish(realm, thread, by);
  if ('returns' in by) {
    const { returns } = by;
    return typeof returns === 'object' && returns !== null ? (JSON.parse(returns.json) as unknown) : returns;
  }
  throw errorOf(realm, by);
}

/** What a body throws that is left by this error. */
export function errorOf(realm: Realm, { raises, value }: Extract<Ending, { raises: string }>): unknown {
  const { threading, dummyThreading } = realm.implementation;
  const own = threading?.[raises] ?? dummyThreading?.[raises];
  if (typeof own === 'function') return Reflect.construct(own, value === undefined ? [] : [value]);
  return Object.assign(new Error(`thrown by the program`), { name: raises });
}

function finish(realm: Realm, thread: number, by: Ending): void {
  const outcome: Outcome = 'returns' in by ? { returns: asValue(by.returns) } : { raises: by.raises };
  report({ type: 'finish', thread, outcome, at: realm.control.now() });
}

/** How the program says that the thread's function is left. */
function endingOf(realm: Realm, thread: number): Ending {
  const step = realm.task.steps[realm.control.get(thread, 'step')];
  return step !== undefined && 'ends' in step.does ? step.does.by : { returns: undefined };
}
