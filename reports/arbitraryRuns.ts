import * as fc from 'fast-check';
import type { TraceStep } from '../properties/engines/trace.ts';
import type {
  Counterexample,
  LabelResult,
  Notice,
  RaceResult,
  RuleResult,
  RunEnd,
  RunRecord,
  RunStart,
} from '../properties/run.ts';
import type { HistoryEvent, Outcome } from '../spec/history.ts';
import { giving, reads, reference, throwing } from '../spec/example.ts';
import type { Args, Argument, Call, Program, Value } from '../spec/program.ts';

/** Whole runs for tests, with every value that a history can hold. */
export function runs(): fc.Arbitrary<readonly RunRecord[]> {
  const middle = fc.array(
    fc.oneof<fc.Arbitrary<RunRecord>[]>(counterexamples(), races(), ruleResults(), labels(), notices()),
    {
      maxLength: 6,
    },
  );
  return fc
    .tuple(starts(), middle, ends())
    .map(([start, records, end]) => plainObjects([start, ...records, end]));
}

/** Counterexamples of programs that fit their histories; events come in any order. */
export function counterexamples(): fc.Arbitrary<Counterexample> {
  return programs().chain((program) =>
    fc.array(events(program), { minLength: 1, maxLength: 12 }).chain((history) =>
      fc
        .record({
          number: counts,
          rules: fc.uniqueArray(texts, { maxLength: 3 }),
          engine: fc.constantFrom('lockstep', 'baton', 'coroutine', 'free'),
          kind: fc.constantFrom('broken', 'stuck', 'livelock'),
          event: fc.nat(history.length - 1),
          thread: fc.nat(program.threads.length - 1),
          expected: fc.array(texts, { maxLength: 2 }),
          seen: texts,
          trace: fc.array(steps(program), { maxLength: 12 }),
          preemptions: counts,
          minimality: texts,
          foundAfter: counts,
          token: fc.option(texts, { nil: undefined }),
        } as const)
        .map(({ token, ...rest }) => ({
          record: 'counterexample',
          program,
          history,
          ...rest,
          ...(token === undefined ? {} : { token }),
        })),
    ),
  );
}

/** Races of two threads of a program. */
function races(): fc.Arbitrary<RaceResult> {
  const access = fc.record({
    access: fc.constantFrom('read', 'write'),
    atomic: fc.boolean(),
    file: texts,
    line: counts,
    column: counts,
    function: texts,
  } as const);
  const many = programs().filter(({ threads }) => threads.length > 1);
  return fc
    .record({ first: access, second: access, program: many, number: counts, memory: counts, byte: counts })
    .chain(({ first, second, ...rest }) =>
      fc
        .record({ token: texts, declared: fc.option(texts, { nil: undefined }) })
        .map(({ token, declared }) => ({
          record: 'race' as const,
          first: { ...first, thread: 1 },
          second: { ...second, thread: 0 },
          ...rest,
          token,
          ...(declared === undefined ? {} : { declared }),
        })),
    );
}

/** The same with the prototypes that JSON gives to what it reads. */
function plainObjects<T>(value: T): T {
  return structuredClone(value);
}

const texts = fc.string({ unit: 'binary', maxLength: 20 });
const counts = fc.nat();
const levels = fc.constantFrom('must', 'should', 'may', 'observed');
const seconds = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });

function starts(): fc.Arbitrary<RunStart> {
  return fc.record({
    record: fc.constant('run'),
    format: fc.constant(1),
    lockproof: texts,
    implementation: texts,
    module: texts,
    seed: fc.nat(2 ** 32 - 1),
    budget: fc.constantFrom('quick', 'standard', 'thorough'),
    level: levels,
    families: fc.array(texts, { maxLength: 3 }),
    rules: fc.array(texts, { maxLength: 3 }),
    startedAt: texts,
  } as const);
}

function ends(): fc.Arbitrary<RunEnd> {
  return fc.record({
    record: fc.constant('end'),
    verdict: fc.constantFrom('conforms', 'broken', 'inconclusive', 'vacuous'),
    reason: texts,
    executions: counts,
    seconds,
  } as const);
}

function ruleResults(): fc.Arbitrary<RuleResult> {
  return fc.record(
    {
      record: fc.constant('rule'),
      rule: texts,
      family: texts,
      level: levels,
      statement: texts,
      verdict: fc.constantFrom(
        'kept',
        'broken',
        'unexercised',
        'not provided',
        'not applicable',
        'used',
        'unused',
      ),
      exercised: counts,
      interleavings: counts,
      randomExecutions: counts,
      reason: texts,
      counterexample: counts,
    } as const,
    {
      requiredKeys: [
        'record',
        'rule',
        'family',
        'level',
        'statement',
        'verdict',
        'exercised',
        'interleavings',
        'randomExecutions',
      ],
    },
  );
}

function labels(): fc.Arbitrary<LabelResult> {
  return fc.record({ record: fc.constant('label'), family: texts, label: texts, reached: counts } as const);
}

function notices(): fc.Arbitrary<Notice> {
  return fc.record({ record: fc.constant('notice'), text: texts } as const);
}

/** All values, those for which JSON has no word among them. */
function values(): fc.Arbitrary<Value> {
  return fc.oneof(
    fc.constantFrom(undefined, null, true, false, Number.NaN, Infinity, -Infinity, -0),
    fc.double(),
    texts,
    fc.record({ json: texts }),
  );
}

/** Arguments that are other objects, or functions. */
const special: fc.Arbitrary<Argument> = fc.constantFrom(
  reference(0),
  reads(0),
  giving(undefined),
  giving(7),
  throwing,
);

function args(): fc.Arbitrary<Args> {
  const names = fc.constantFrom('blocking', 'timeout', 'value', 'n', '$', 'json');
  return fc.dictionary(names, fc.oneof({ weight: 4, arbitrary: values() }, special), {
    maxKeys: 2,
    noNullPrototype: true,
  });
}

function outcomes(): fc.Arbitrary<Outcome> {
  return fc.oneof(
    fc.record({ returns: values() }),
    fc.record({ raises: texts }),
    fc.record({ raises: texts, message: texts }),
    fc.record({ raises: texts, also: fc.array(texts, { minLength: 1, maxLength: 2 }) }),
  );
}

function programs(): fc.Arbitrary<Program> {
  const objects = fc.array(
    fc.record({
      family: fc.constantFrom('lock', 'rlock', 'sem', 'bsem', 'event', 'cond', 'barrier', 'prio', 'cell'),
      args: args(),
    } as const),
    { minLength: 1, maxLength: 3 },
  );
  return objects.chain((made) =>
    fc.record({
      objects: fc.constant(made),
      threads: fc.array(fc.array(calls(made.length), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  );
}

function calls(objects: number): fc.Arbitrary<Call> {
  return fc.record({
    object: fc.nat(objects - 1),
    method: fc.constantFrom('acquire', 'release', 'with', 'leave', 'wait', 'isSet'),
    args: args(),
  });
}

function events({ objects, threads }: Program): fc.Arbitrary<HistoryEvent> {
  const thread = fc.nat(threads.length - 1);
  const at = seconds;
  return fc.oneof<fc.Arbitrary<HistoryEvent>[]>(
    fc.record({
      type: fc.constant('created'),
      object: fc.nat(objects.length - 1),
      outcome: outcomes(),
      at,
    } as const),
    thread.chain((own) =>
      fc.record({
        type: fc.constant('call'),
        thread: fc.constant(own),
        call: fc.nat((threads[own] as readonly Call[]).length - 1),
        at,
      } as const),
    ),
    fc.record({ type: fc.constant('end'), thread, outcome: outcomes(), at } as const),
    fc.record({ type: fc.constant('enter'), thread, value: values(), at } as const),
    fc.record({ type: fc.constant('callback'), thread, outcome: outcomes(), at } as const),
    fc.record({ type: fc.constant('blocked'), thread, at } as const),
    fc.record({ type: fc.constant('quiet'), at, until: fc.oneof(seconds, fc.constant(Infinity)) } as const),
  );
}

function steps({ threads }: Program): fc.Arbitrary<TraceStep> {
  return fc.record({
    thread: fc.nat(threads.length - 1),
    operation: fc.constantFrom(
      'begin',
      'call',
      'wake',
      'load',
      'store',
      'compareExchange',
      'wait',
      'notify',
      'clock',
    ),
    memory: fc.nat(3),
    index: fc.nat(16),
  });
}
