import * as v from 'valibot';
import { type Budget, type RunRecord, runVerdicts } from '../properties/run.ts';
import type { Level } from '../spec/catalogue.ts';
import { type Argument, type Family, objectIn, type Value } from '../spec/program.ts';

/** The format of run files that this version reads and writes. */
export const runFormat = 1;

/** What JSON has no word for, as run files have it. */
const numberWords = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 } as const;

/** `JSON.stringify`'s replacer: what JSON would lose becomes an object with the one key `$`. */
export function toWords(_key: string, value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value !== 'number') return value;
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $: Object.is(value, -0) ? '-0' : String(value) };
}

const numberWord = v.pipe(
  v.strictObject({ $: v.picklist(Object.keys(numberWords) as (keyof typeof numberWords)[]) }),
  v.transform(({ $ }): number => numberWords[$]),
);
const undefinedWord = v.pipe(
  v.strictObject({ $: v.literal('undefined') }),
  v.transform(() => undefined),
);
const seconds = v.union([v.number(), numberWord]);

const value: v.GenericSchema<unknown, Value> = v.union([
  v.null(),
  v.boolean(),
  v.number(),
  v.string(),
  v.strictObject({ json: v.string() }),
  numberWord,
  undefinedWord,
]);

const position = v.pipe(v.number(), v.integer(), v.minValue(0));
const names = v.array(v.string());
const levels = ['must', 'should', 'may', 'observed'] as const satisfies readonly Level[];
/** One of the documentation's, or a name that somebody gave a primitive of their own. */
const family: v.GenericSchema<unknown, Family> = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]*$/u));
const budgets = ['quick', 'standard', 'thorough'] as const satisfies readonly Budget[];

const outcome = v.union([
  v.strictObject({ returns: value }),
  v.strictObject({
    raises: v.string(),
    also: v.exactOptional(v.array(v.string())),
    message: v.exactOptional(v.string()),
  }),
]);

const argument: v.GenericSchema<unknown, Argument> = v.union([
  value,
  v.strictObject({ object: position }),
  v.strictObject({ callback: v.literal('reads'), object: position }),
  v.strictObject({ callback: v.literal('returns'), value }),
  v.strictObject({ callback: v.literal('throws') }),
  v.strictObject({ body: position }),
  v.strictObject({ list: v.array(v.lazy(() => argument)) }),
]);

const args = v.record(v.string(), argument);

/** A program; that every number in it points at something is checked with the history. */
const program = v.strictObject({
  objects: v.array(v.strictObject({ family, args })),
  threads: v.array(v.array(v.strictObject({ object: position, method: v.string(), args }))),
});

const historyEvent = v.variant('type', [
  v.strictObject({ type: v.literal('created'), object: position, outcome, at: seconds }),
  v.strictObject({ type: v.literal('call'), thread: position, call: position, at: seconds }),
  v.strictObject({ type: v.literal('end'), thread: position, outcome, at: seconds }),
  v.strictObject({ type: v.literal('enter'), thread: position, value, at: seconds }),
  v.strictObject({ type: v.literal('callback'), thread: position, outcome, at: seconds }),
  v.strictObject({ type: v.literal('blocked'), thread: position, at: seconds }),
  v.strictObject({ type: v.literal('begin'), thread: position, given: value, realm: position, at: seconds }),
  v.strictObject({ type: v.literal('finish'), thread: position, outcome, at: seconds }),
  v.strictObject({
    type: v.literal('prints'),
    to: v.picklist(['stdout', 'stderr']),
    text: v.string(),
    at: seconds,
  }),
  v.strictObject({ type: v.literal('exit'), code: v.union([v.number(), v.string()]), at: seconds }),
  v.strictObject({ type: v.literal('quiet'), at: seconds, until: seconds }),
]);

const runStart = v.strictObject({
  record: v.literal('run'),
  format: v.literal(runFormat),
  lockproof: v.string(),
  implementation: v.string(),
  module: v.string(),
  seed: v.number(),
  budget: v.picklist(budgets),
  level: v.picklist(levels),
  families: names,
  rules: names,
  startedAt: v.string(),
});

const ruleResult = v.strictObject({
  record: v.literal('rule'),
  rule: v.string(),
  family: v.string(),
  level: v.picklist(levels),
  statement: v.string(),
  lookAt: v.exactOptional(v.string()),
  verdict: v.picklist([
    'kept',
    'broken',
    'unexercised',
    'not provided',
    'not applicable',
    'deviates',
    'inconclusive',
    'used',
    'unused',
  ]),
  exercised: position,
  interleavings: position,
  randomExecutions: position,
  reason: v.exactOptional(v.string()),
  counterexample: v.exactOptional(position),
});

const counterexample = v.pipe(
  v.strictObject({
    record: v.literal('counterexample'),
    number: position,
    rules: names,
    engine: v.picklist(['lockstep', 'baton', 'coroutine', 'free', 'process']),
    kind: v.picklist(['broken', 'stuck', 'livelock']),
    program,
    history: v.array(historyEvent),
    event: position,
    thread: position,
    expected: names,
    seen: v.string(),
    trace: v.array(
      v.strictObject({ thread: position, operation: v.string(), memory: position, index: position }),
    ),
    preemptions: position,
    token: v.exactOptional(v.string()),
    minimality: v.string(),
    foundAfter: position,
  }),
  v.check(
    ({ program: { objects, threads } }) =>
      threads.every((calls) => calls.every(({ object }) => object < objects.length)),
    'a call is on an object that the program does not have',
  ),
  v.check(
    ({ program: { objects, threads } }) =>
      [...objects, ...threads.flat()].every(({ args: given }) =>
        Object.values(given).every((one) => (objectIn(one) ?? 0) < objects.length),
      ),
    'an argument is an object that the program does not have',
  ),
  v.check(
    ({ program: { objects, threads }, history }) =>
      history.every((event) => {
        if (!('thread' in event) && event.type !== 'created') return true;
        if (event.type === 'created') return event.object < objects.length;
        if (event.type === 'call') return threads[event.thread]?.[event.call] !== undefined;
        return event.thread < threads.length;
      }),
    'an event is of a thread, call or object that the program does not have',
  ),
);

const access = v.strictObject({
  thread: position,
  access: v.picklist(['read', 'write']),
  atomic: v.boolean(),
  file: v.string(),
  line: position,
  column: position,
  function: v.string(),
});

const raceResult = v.pipe(
  v.strictObject({
    record: v.literal('race'),
    number: position,
    first: access,
    second: access,
    memory: position,
    byte: position,
    program,
    token: v.string(),
    declared: v.exactOptional(v.string()),
  }),
  v.check(
    ({ first, second, program: { threads } }) =>
      Math.max(first.thread, second.thread) < threads.length && first.thread !== second.thread,
    'an access is of a thread that the program does not have, or both are of one',
  ),
);

const labelResult = v.strictObject({
  record: v.literal('label'),
  family: v.string(),
  label: v.string(),
  reached: position,
});

const notice = v.strictObject({ record: v.literal('notice'), text: v.string() });

const runEnd = v.strictObject({
  record: v.literal('end'),
  verdict: v.picklist(Object.keys(runVerdicts) as (keyof typeof runVerdicts)[]),
  reason: v.string(),
  executions: position,
  seconds: v.number(),
});

/** The schema of each kind of record, by the name that its field `record` has. */
export const schemas: Readonly<Record<RunRecord['record'], v.GenericSchema<unknown, RunRecord>>> = {
  run: runStart,
  counterexample,
  race: raceResult,
  rule: ruleResult,
  label: labelResult,
  notice,
  end: runEnd,
};
