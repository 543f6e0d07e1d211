import type { HarnessDescription } from '../../impl/protocol.ts';
import type { ExampleEvent } from '../../spec/exampleEvents.ts';
import { describeValue, type Outcome } from '../../spec/history.ts';
import { call, object } from '../../spec/example.ts';
import type { Call, ObjectSpec, Program } from '../../spec/program.ts';
import type { Step } from '../../impl/protocol.ts';
import { ForeignEngine } from './engine.ts';
import { HarnessError } from './harnessError.ts';
import { type HarnessCommand, HarnessProcess, type Question } from './harnessProcess.ts';
import { surfaceOf } from './surface.ts';

/** What one look at a harness came to. */
export interface Look {
  /** What a harness in order does. */
  readonly does: string;
  /** Why this one is not; undefined: it does. */
  readonly wrong?: string;
}

/** Seconds that a harness may take to answer, to let happen what has to, and to give what must not. */
const silence = 20;
const patience = 5;
const settling = 0.1;

/** How to block in a family: an object, and the calls of which the last one sleeps for good. */
const blocking: Readonly<Record<string, { readonly made: ObjectSpec; readonly calls: readonly Call[] }>> = {
  lock: { made: object('lock'), calls: [call('acquire'), call('acquire')] },
  sem: { made: object('sem', { value: 0 }), calls: [call('acquire')] },
  bsem: { made: object('bsem'), calls: [call('acquire'), call('acquire')] },
  event: { made: object('event'), calls: [call('wait')] },
  barrier: { made: object('barrier', { parties: 2 }), calls: [call('wait')] },
  queue: { made: object('queue'), calls: [call('get')] },
  lifo: { made: object('lifo'), calls: [call('get')] },
  prio: { made: object('prio'), calls: [call('get')] },
  simpleq: { made: object('simpleq'), calls: [call('get')] },
};

const quietly: Omit<Step, 'does'> = {
  returns: [],
  returnsOne: [],
  begins: [],
  blocks: [],
  settles: false,
  exits: false,
};

/**
 * Judges a harness before any rule: whether it speaks the protocol, makes calls in order and freely, and says
 * honestly what does not come back. Nothing is asked of the implementation behind it.
 */
export async function* smoke(command: HarnessCommand, signal: AbortSignal): AsyncGenerator<Look> {
  const engine = new ForeignEngine(command, silence);
  const kill = () => void engine.kill();
  signal.addEventListener('abort', kill);
  let described: HarnessDescription | undefined;
  try {
    yield await look('describes the implementation', async () => {
      described = await engine.describe();
      surfaceOf(described, false);
    });
    // Who does not say what there is cannot be asked for anything.
    if (described === undefined) return;
    yield await look('refuses a request of another version', () =>
      refuses(command, { lockproof: 999, ask: 'describe' }),
    );
    yield await look('refuses what the protocol does not have', () =>
      refuses(command, { lockproof: 1, ask: 'dance' }),
    );
    yield await look(
      'makes calls in the order that it is told, each told before and after, and ends a thread',
      () => inOrder(engine),
    );
    yield await look('runs a program as often as it is told', () => often(engine));
    yield await look('does a thousand requests in one process', () => thousand(engine));
    const family = described.families.find((name) => blocking[name] !== undefined);
    if (family !== undefined) {
      yield await look('goes on when a call does not come back, and says so', () =>
        leavesBehind(engine, family),
      );
      yield await look('tells a standstill, and looks again', () => standstill(engine, family));
    }
    yield await look('ends when there is nothing more to ask', () => endsItself(command));
  } finally {
    signal.removeEventListener('abort', kill);
    await engine.kill();
  }
}

async function look(does: string, action: () => Promise<void>): Promise<Look> {
  try {
    await action();
    return { does };
  } catch (error) {
    return { does, wrong: error instanceof Error ? error.message : String(error) };
  }
}

async function refuses(command: HarnessCommand, request: object): Promise<void> {
  const harness = new HarnessProcess(command);
  try {
    const answer = await harness.ask(request as Question, silence);
    if (!('error' in answer)) throw new Error(`it answered ${JSON.stringify(answer)} instead of an error`);
  } finally {
    await harness.kill();
  }
}

async function inOrder(engine: ForeignEngine): Promise<void> {
  const program: Program = {
    objects: [object('cell')],
    threads: [
      [call('write', { value: 7 }), call('increment')],
      [call('read'), call('read')],
    ],
  };
  const order = [0, 1, 0, 1];
  const calls = order.map((thread): Step => ({ ...quietly, does: { call: thread }, returns: [thread] }));
  const steps: readonly Step[] = [...calls, { ...quietly, does: { ends: 0, by: { returns: undefined } } }];
  const { events, standstill: stuck } = await engine.follow({
    program,
    steps,
    ownProcess: false,
    patience,
    settling,
  });
  if (stuck) throw new Error('it says that nothing happened any more');
  const seen = events.filter(({ type }) => type !== 'created').map(brief);
  const wanted = ['undefined', '7', '8', '8'].flatMap((value, position) => [
    `step ${position}`,
    `call ${order[position]}`,
    `end ${order[position]} ${value}`,
  ]);
  expectLines(seen, [...wanted, 'step 4']);
}

function brief(event: ExampleEvent): string {
  switch (event.type) {
    case 'step':
      return `step ${event.step}`;
    case 'call':
      return `call ${event.thread}`;
    case 'end':
      return `end ${event.thread} ${shownOutcome(event.outcome)}`;
    default:
      return event.type;
  }
}

function shownOutcome(outcome: Outcome): string {
  return 'returns' in outcome ? describeValue(outcome.returns) : outcome.raises;
}

function expectLines(seen: readonly string[], wanted: readonly string[]): void {
  const at = wanted.findIndex((line, position) => seen[position] !== line);
  if (at >= 0) throw new Error(`'${wanted[at]}' has to come next, and '${seen[at] ?? 'nothing'}' does`);
  if (seen.length > wanted.length) throw new Error(`'${seen[wanted.length]}' is too much`);
}

async function often(engine: ForeignEngine): Promise<void> {
  const increments = [call('increment'), call('increment')];
  const program: Program = { objects: [object('cell')], threads: [increments, increments] };
  const { histories, standstill: stuck } = await engine.run(program, 50, patience, 1);
  if (stuck) throw new Error('it says that nothing happened any more');
  for (const history of histories) {
    const ends = history.filter(({ type }) => type === 'end').length;
    if (ends !== 4) throw new Error(`${ends} of 4 calls ended in an execution that it says is over`);
  }
}

async function thousand(engine: ForeignEngine): Promise<void> {
  const program: Program = { objects: [object('cell')], threads: [[call('increment')]] };
  for (let request = 0; request < 1000; request++) {
    const { histories } = await engine.run(program, 1, patience, request);
    const end = histories[0]?.find(({ type }) => type === 'end');
    const value = end?.type === 'end' && 'returns' in end.outcome ? end.outcome.returns : undefined;
    if (value !== 1)
      throw new Error(
        `an object of request ${request + 1} is not new: the cell holds ${describeValue(value)}`,
      );
  }
}

async function leavesBehind(engine: ForeignEngine, family: string): Promise<void> {
  const { made, calls } = blocking[family] as (typeof blocking)[string];
  const program: Program = { objects: [made], threads: [calls, []] };
  const last = calls.length - 1;
  const steps = calls.map((_, position): Step => ({
    ...quietly,
    does: { call: 0 },
    returns: position === last ? [] : [0],
    blocks: position === last ? [0] : [],
  }));
  const { events, standstill: stuck } = await engine.follow({
    program,
    steps,
    ownProcess: false,
    patience,
    settling,
  });
  if (stuck) throw new Error('it says that something has to happen which has not, and nothing has to');
  const ends = events.filter(({ type }) => type === 'end').length;
  if (ends !== last) throw new Error(`${ends} calls ended, of which ${last} do`);
}

async function standstill(engine: ForeignEngine, family: string): Promise<void> {
  const { made, calls } = blocking[family] as (typeof blocking)[string];
  const program: Program = { objects: [made], threads: [calls] };
  const ran = await engine.run(program, 5, settling, 1);
  if (!ran.standstill) throw new Error(`'${family}' does not sleep, or it does not say so`);
  if (ran.histories.length !== 1)
    throw new Error(`${ran.histories.length} executions came before or after a standstill`);
  const later = await engine.wait(program, ran.histories[0] ?? [], settling);
  if (!later.standstill) throw new Error('it says that the threads have gone on');
  if (later.events.length > 0) throw new Error('it tells events again that it has told');
}

async function endsItself(command: HarnessCommand): Promise<void> {
  const harness = new HarnessProcess(command);
  await harness.ask({ ask: 'describe' }, silence);
  const how = await harness.close();
  if (how !== 'exit code 0') throw new HarnessError('ended', `it ended with ${how}`);
}
