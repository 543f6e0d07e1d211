import { call, giving, object, on, reads, reference, withBody } from '../../spec/example.ts';
import type { Call, Family, ObjectSpec } from '../../spec/program.ts';
import type { Specification } from '../../spec/specification.ts';
import { type Block, pair } from '../programs/blocks.ts';

/** Objects, and all that a thread may do with them in one go: a call, or calls that are no use without each other. */
export interface Setting {
  readonly objects: readonly ObjectSpec[];
  readonly units: readonly Block[];
  /** Default {@link shapes}. */
  readonly shapes?: readonly Shape[];
}

/** How many threads the programs have, and how many units each of them. */
export interface Shape {
  readonly threads: number;
  readonly units: number;
}

/** The small scope: two calls of two threads, and one of three. */
export const shapes: readonly Shape[] = [
  { threads: 2, units: 2 },
  { threads: 3, units: 1 },
];

/** For units that are several calls each. */
const two: readonly Shape[] = [{ threads: 2, units: 1 }];
const three: readonly Shape[] = [{ threads: 3, units: 1 }];

const acquires: readonly Call[] = [
  call('acquire'),
  call('acquire', { blocking: false }),
  call('acquire', { timeout: 1 }),
];

const lockCalls: readonly Call[] = [...acquires, call('release'), call('locked')];

const semaphoreCalls: readonly Call[] = [...acquires, call('release'), call('release', { n: 2 })];

const eventCalls: readonly Call[] = [
  call('wait'),
  call('wait', { timeout: 1 }),
  call('set'),
  call('clear'),
  call('isSet'),
];

const barrierCalls: readonly Call[] = [
  call('wait'),
  call('wait', { timeout: 1 }),
  call('abort'),
  call('reset'),
  call('nWaiting'),
  call('broken'),
];

const holding = (...calls: readonly Call[]): Block => [call('acquire'), ...calls, call('release')];

const conditionCalls: readonly Call[] = [
  call('acquire'),
  call('release'),
  call('wait'),
  call('wait', { timeout: 1 }),
  call('notify'),
  call('notifyAll'),
];

/** What is done with a condition's lock held; the cell is what predicates read. */
const conditionSections: readonly Block[] = [
  holding(call('wait')),
  holding(call('wait', { timeout: 1 })),
  holding(call('waitFor', { predicate: reads(1) })),
  holding(call('waitFor', { predicate: reads(1), timeout: 1 })),
  holding(call('notify')),
  holding(on(1, call('write', { value: 1 })), call('notifyAll')),
];

/** Less of it, for three threads. */
const shortSections: readonly Block[] = [
  holding(call('wait')),
  holding(call('wait', { timeout: 1 })),
  holding(call('notify')),
];

const getCalls: readonly Call[] = [
  call('get'),
  call('get', { block: false }),
  call('get', { timeout: 1 }),
  call('qsize'),
];

const queueCalls: readonly Call[] = [
  call('put'),
  call('put', { block: false }),
  call('put', { timeout: 1 }),
  ...getCalls,
  call('taskDone'),
  call('join'),
  call('shutdown'),
  call('shutdown', { immediate: true }),
];

const single = (calls: readonly Call[]): readonly Block[] => calls.map((one) => [one]);

const queue = (family: Family): readonly Setting[] => [
  { objects: [object(family, { maxsize: 1 })], units: single(queueCalls) },
];

const statements = (family: Family): Setting => ({
  objects: [object(family)],
  units: [withBody([], 'end'), withBody([], 'throw'), pair(), pair({ timeout: 1 }), [call('release')]],
});

/** What the small scope of each family consists of. */
export const settings: Readonly<Partial<Record<Family, readonly Setting[]>>> = {
  lock: [{ objects: [object('lock')], units: single(lockCalls) }],
  rlock: [
    {
      objects: [object('rlock')],
      units: [...single(lockCalls), [call('acquire'), ...pair(), call('release')]],
    },
  ],
  sem: [0, 1].map((value) => ({ objects: [object('sem', { value })], units: single(semaphoreCalls) })),
  bsem: [1, 2].map((value) => ({ objects: [object('bsem', { value })], units: single(semaphoreCalls) })),
  event: [{ objects: [object('event')], units: single(eventCalls) }],
  cond: [
    { objects: [object('cond')], units: single(conditionCalls) },
    { objects: [object('cond'), object('cell')], units: conditionSections, shapes: two },
    { objects: [object('cond')], units: shortSections, shapes: three },
    {
      objects: [object('cond', { lock: reference(2) }), object('cell'), object('lock')],
      units: conditionSections,
      shapes: two,
    },
  ],
  barrier: [
    { objects: [object('barrier', { parties: 2 })], units: single(barrierCalls) },
    { objects: [object('barrier', { parties: 2, action: giving(false) })], units: single(barrierCalls) },
    { objects: [object('barrier', { parties: 3, timeout: 1 })], units: single(barrierCalls) },
  ],
  with: [
    statements('lock'),
    ...(['rlock', 'sem', 'bsem', 'cond'] as const).map((family) => ({
      ...statements(family),
      shapes: two,
    })),
  ],
  queue: queue('queue'),
  lifo: queue('lifo'),
  prio: queue('prio'),
  simpleq: [{ objects: [object('simpleq')], units: single([call('put'), ...getCalls, call('empty')]) }],
};

/** The small scope of a primitive of somebody's own: its blocks, on what each of its constructors makes. */
export function ownSettings({ family, constructors, programs }: Specification): readonly Setting[] {
  const units = programs.blocks.map(({ block }) => block);
  return constructors.map((args) => ({ objects: [object(family, args)], units }));
}
