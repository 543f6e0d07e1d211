import type { Counterexample } from '../properties/run.ts';
import { describeValue, type History, type Outcome } from '../spec/history.ts';
import {
  type Args,
  type Argument,
  bodyIn,
  type Call,
  type Callback,
  callbackIn,
  type DocumentedFamily,
  type Family,
  listIn,
  type ObjectSpec,
  type Program,
  referenceIn,
  type Value,
} from '../spec/program.ts';

const titles: Readonly<Record<DocumentedFamily, string>> = {
  lock: 'Lock',
  rlock: 'RLock',
  sem: 'Semaphore',
  bsem: 'BoundedSemaphore',
  event: 'Event',
  cond: 'Condition',
  barrier: 'Barrier',
  queue: 'Queue',
  lifo: 'LifoQueue',
  prio: 'PriorityQueue',
  simpleq: 'SimpleQueue',
  model: 'Lock',
  with: 'Lock',
  cell: 'Cell',
  thread: 'Thread',
  timer: 'Timer',
  local: 'Local',
  mod: 'threading',
  lowthread: '_thread',
  dummy: 'dummy_threading',
  iter: 'Iterator',
  prog: 'program',
};

const names: Readonly<Record<DocumentedFamily, string>> = {
  lock: 'lock',
  rlock: 'rlock',
  sem: 'semaphore',
  bsem: 'semaphore',
  event: 'event',
  cond: 'condition',
  barrier: 'barrier',
  queue: 'queue',
  lifo: 'queue',
  prio: 'queue',
  simpleq: 'queue',
  model: 'lock',
  with: 'lock',
  cell: 'cell',
  thread: 'thread',
  timer: 'timer',
  local: 'local',
  mod: 'threading',
  lowthread: '_thread',
  dummy: 'dummy_threading',
  iter: 'iterator',
  prog: 'program',
};

/** The documentation's name of a family, or one that reads like it. */
function titleOf(family: Family): string {
  return titles[family as DocumentedFamily] ?? family.charAt(0).toUpperCase() + family.slice(1);
}

/** The objects' names in a drawing: `lock`, or `lock1` and `lock2`. */
export function objectNames(objects: readonly ObjectSpec[]): readonly string[] {
  const bare = objects.map(({ family }) => names[family as DocumentedFamily] ?? family);
  return bare.map((name, position) => {
    if (bare.indexOf(name) === bare.lastIndexOf(name)) return name;
    return `${name}${bare.slice(0, position + 1).filter((other) => other === name).length}`;
  });
}

/** Where a whole program is found that is run for an example. */
export function describeProgram(name: string): string {
  return `the program fixtures/programs/${name}, in a process of its own`;
}

/** How the objects are made: `lock = Lock()`; which program it is, where there is a whole one. */
export function describeObjects(objects: readonly ObjectSpec[]): string {
  const [first] = objects;
  if (first?.family === 'prog' && typeof first.args.name === 'string')
    return describeProgram(first.args.name);
  const named = objectNames(objects);
  return objects
    .map(
      ({ family, args }, position) => `${named[position]} = ${titleOf(family)}(${describeArgs(args, named)})`,
    )
    .join(', ');
}

/** A call as a reader would write it; the object is named where there is a choice. */
export function describeCall(objects: readonly ObjectSpec[], { object, method, args }: Call): string {
  const name = objectNames(objects)[object] ?? `object ${object + 1}`;
  if (method === 'with') return `with ${name}`;
  if (method === 'leave') return leaving(args);
  return `${objects.length > 1 ? `${name}.` : ''}${method}(${describeArgs(args, objectNames(objects))})`;
}

/** An outcome in as few words as a drawing has room for. */
export function describeShortly(outcome: Outcome): string {
  return 'raises' in outcome ? `raises ${outcome.raises}` : describeValue(outcome.returns);
}

/**
 * Position of the event that shows what is wrong: where all is quiet and the thread is in no call, it
 * is what the thread's last call came to.
 */
export function faultyEvent({
  program,
  history,
  event,
  thread,
}: Pick<Counterexample, 'program' | 'history' | 'event' | 'thread'>): number {
  if (history[event]?.type !== 'quiet' || pendingCall(program, history, event, thread) !== undefined)
    return event;
  const own = history.findLastIndex(
    (other, position) => position < event && other.type === 'end' && other.thread === thread,
  );
  return own < 0 ? event : own;
}

/** The call that a thread is in when this event happens; undefined if it is in none. */
export function pendingCall(
  program: Program,
  history: History,
  event: number,
  thread: number,
): Call | undefined {
  const open: Call[] = [];
  for (const earlier of history.slice(0, event)) {
    if (!('thread' in earlier) || earlier.thread !== thread) continue;
    if (earlier.type === 'call') open.push(program.threads[thread]?.[earlier.call] as Call);
    else if (earlier.type === 'end' && open.pop()?.method === 'leave') open.pop();
  }
  return open.at(-1)?.method === 'leave' ? open.at(-2) : open.at(-1);
}

function describeArgs(args: Args, named: readonly string[]): string {
  return Object.entries(args)
    .map(([name, argument]) => `${name}: ${describeArgument(argument, named)}`)
    .join(', ');
}

function describeArgument(argument: Argument, named: readonly string[]): string {
  const callback = callbackIn(argument);
  if (callback !== undefined) return describeFunction(callback, named);
  const body = bodyIn(argument);
  if (body !== undefined) return `thread ${body + 1}`;
  const several = listIn(argument);
  if (several !== undefined) return `[${several.map((one) => describeArgument(one, named)).join(', ')}]`;
  const position = referenceIn(argument);
  return position === undefined
    ? describeValue(argument as Value)
    : (named[position] ?? `object ${position + 1}`);
}

function describeFunction(callback: Callback, named: readonly string[]): string {
  switch (callback.callback) {
    case 'reads':
      return `() => ${named[callback.object] ?? 'cell'}.read()`;
    case 'returns':
      return `() => ${describeValue(callback.value)}`;
    case 'throws':
      return '() => { throw }';
  }
}

function leaving({ by }: Args): string {
  switch (by) {
    case 'throw':
      return 'leaves by throw';
    case 'end':
    case undefined:
      return 'leaves at its end';
    default:
      return `leaves by ${typeof by === 'string' ? by : describeValue(by as Value)}`;
  }
}
