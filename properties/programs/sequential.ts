import fc from 'fast-check';
import { call, giving, object, on, reads, reference, throwing, withBody } from '../../spec/example.ts';
import type { Args, Call, DocumentedFamily, ObjectSpec, Program } from '../../spec/program.ts';

/** What a program of one thread is made of. */
interface Parts {
  /** Arguments of the constructor. */
  readonly made?: readonly Args[];
  /** What they are made of: calls, or several that belong together. */
  readonly calls: readonly (Call | readonly Call[])[];
  /** Objects beside the first one. */
  readonly besides?: readonly ObjectSpec[];
}

/** Time-outs that expire before anybody has to wait for them, and those that are refused or read as 0. */
const short = 0.001;
const timeouts = [short, 0, -1, -2, 1e10] as const;

const lockAcquires: readonly Call[] = [
  call('acquire'),
  call('acquire', { blocking: false }),
  call('acquire', { blocking: false, timeout: 1 }),
  call('acquire', { blocking: false, timeout: -1 }),
  ...timeouts.map((timeout) => call('acquire', { timeout })),
];

const semaphores: Parts = {
  made: [{}, { value: 0 }, { value: 1 }, { value: 2 }, { value: -1 }],
  calls: [
    ...[{}, { blocking: false }, { blocking: false, timeout: 1 }, { timeout: null }].map((args) =>
      call('acquire', args),
    ),
    ...[short, 0, -1].map((timeout) => call('acquire', { timeout })),
    ...[{}, {}, {}, { n: 1 }, { n: 2 }, { n: 0 }, { n: -1 }].map((args) => call('release', args)),
  ],
};

function queuesOf(items: readonly Args[]): Parts {
  return {
    made: [{}, { maxsize: 0 }, { maxsize: 1 }, { maxsize: 2 }, { maxsize: -1 }],
    calls: [
      ...items.flatMap((item) => [
        call('put', item),
        call('put', { ...item, block: false }),
        call('putNowait', item),
      ]),
      ...[short, 0, -1].flatMap((timeout) => [
        call('put', { ...items[0], timeout }),
        call('get', { timeout }),
        call('put', { ...items[0], block: false, timeout }),
        call('get', { block: false, timeout }),
      ]),
      ...[{ block: false }, { block: false }, { block: false }, {}].map((args) => call('get', args)),
      ...['getNowait', 'getNowait', 'qsize', 'empty', 'full', 'maxsize', 'taskDone', 'taskDone'].map((name) =>
        call(name),
      ),
      ...[{}, { immediate: true }].map((args) => call('shutdown', args)),
    ],
  };
}

const predicates = [giving(true), giving(false), giving(0), giving('yes'), reads(1), throwing];

const parts: Partial<Record<DocumentedFamily, Parts>> = {
  lock: {
    calls: [
      ...lockAcquires,
      ...['release', 'release', 'release', 'locked', 'locked'].map((name) => call(name)),
    ],
  },
  rlock: { calls: [...lockAcquires, ...['release', 'release', 'release'].map((name) => call(name))] },
  sem: semaphores,
  bsem: semaphores,
  event: {
    calls: [
      ...['isSet', 'set', 'clear', 'set', 'wait'].map((name) => call(name)),
      ...[short, 0, -1, null].map((timeout) => call('wait', { timeout })),
    ],
  },
  cond: {
    made: [{}, { lock: null }, { lock: reference(2) }],
    besides: [object('cell'), object('rlock')],
    calls: [
      ...['acquire', 'acquire', 'acquire', 'release', 'release', 'notifyAll', 'notify'].map((name) =>
        call(name),
      ),
      ...[short, 0, -1].map((timeout) => call('wait', { timeout })),
      ...[1, 2, 0, -1].map((n) => call('notify', { n })),
      // Python notices that the lock is not held only when the predicate is false.
      ...predicates.map((predicate) => [
        call('acquire'),
        call('waitFor', { predicate, timeout: short }),
        call('release'),
      ]),
      ...[0, 1].map((value) => on(1, call('write', { value }))),
      call('acquire', { blocking: false }),
    ],
  },
  barrier: {
    made: [
      { parties: 1 },
      { parties: 2, timeout: short },
      { parties: 1, action: giving(1) },
      { parties: 1, action: throwing },
    ],
    calls: [
      ...['wait', 'wait', 'abort', 'reset', 'parties', 'nWaiting', 'broken', 'broken'].map((name) =>
        call(name),
      ),
      ...[short, 0].map((timeout) => call('wait', { timeout })),
    ],
  },
  queue: queuesOf([{ item: 'a' }, { item: null }, { item: 0 }, { item: { json: '[1,"b"]' } }]),
  lifo: queuesOf([{ item: 'a' }, { item: 'b' }, { item: false }]),
  prio: queuesOf([{ item: 3 }, { item: 1 }, { item: 2 }, { item: 1.5 }]),
  simpleq: queuesOf([{ item: 'a' }, { item: null }, { item: '' }]),
};

const simple = ['put', 'get', 'putNowait', 'getNowait', 'qsize', 'empty'];

/** The families of which there are programs of one thread. */
export const sequentialFamilies = [...Object.keys(parts), 'with'] as readonly DocumentedFamily[];

/** Programs of one thread: what they return and raise follows from the documentation alone, call by call. */
export function sequentialPrograms(family: DocumentedFamily): fc.Arbitrary<Program> {
  if (family === 'with') return statements();
  const { made = [{}], calls, besides = [] } = parts[family] ?? { calls: [] };
  const own =
    family === 'simpleq' ? calls.filter((one) => 'method' in one && simple.includes(one.method)) : calls;
  return fc
    .tuple(
      fc.constantFrom(...(family === 'simpleq' ? [{}] : made)),
      fc.array(fc.constantFrom(...own), { minLength: 1, maxLength: 8 }),
    )
    .map(([args, list]) => ({ objects: [object(family, args), ...besides], threads: [list.flat()] }));
}

function statements(): fc.Arbitrary<Program> {
  const families = ['lock', 'rlock', 'sem', 'bsem', 'cond'] as const;
  const calls = ['acquire', 'release'].map((name) =>
    name === 'acquire' ? call(name, { blocking: false }) : call(name),
  );
  const body = fc.array(fc.constantFrom(...calls), { maxLength: 3 });
  const exit = fc.constantFrom('end', 'return', 'break', 'continue', 'throw');
  return fc
    .tuple(fc.constantFrom(...families), body, body, exit, body)
    .map(([family, before, within, by, after]) => ({
      objects: [object(family)],
      threads: [[...before, ...withBody(within, by), ...after]],
    }));
}
