import * as v from 'valibot';
import { type Budget, type RunRecord, runVerdicts } from '../properties/run.ts';
import type { Level } from '../spec/catalogue.ts';
import { historyEvent, names, position, program } from '../impl/words.ts';
import { objectIn } from '../spec/program.ts';

/** The format of run files that this version reads and writes. */
export const runFormat = 1;

const levels = ['must', 'should', 'may', 'observed'] as const satisfies readonly Level[];
const budgets = ['quick', 'standard', 'thorough'] as const satisfies readonly Budget[];

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
