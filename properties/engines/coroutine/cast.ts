import { callbackIn, type ObjectSpec, type Program } from '../../../spec/program.ts';
import { replacedBuiltin } from '../builtins.ts';
import { isCell } from '../cell.ts';
import { type Control, cells } from '../controlled/layout.ts';
import type { Listener } from '../controlled/listener.ts';
import { memoriesIn } from '../controlled/memories.ts';
import { numberMemory, numberOf } from '../controlled/numbers.ts';
import { unwind } from '../controlled/unwind.ts';
import { Loaded, Refusal, type WithForm } from '../loaded.ts';
import type { runCalls, Stage } from '../runner.ts';
import { find, type Source } from '../source.ts';
import { makeCalls, prepareCalls, type PreparedCall } from './calls.ts';
import { engines, importFor } from './hooks.ts';
import { Loops } from './promises/loops.ts';
import { pending } from './promises/promise.ts';
import { refuse } from './runtime.ts';
import { type SearchSide, Stepper } from './stepper.ts';
import { pair, type Running, twinOf } from './twins.ts';

/** What the threads of a program play with. */
export interface Cast {
  readonly stepper: Stepper;
  readonly loops: Loops;
  /** Opens the objects in a thread, and gets ready to make its calls. */
  readonly begin: (thread: number) => Running;
  /** Puts the implementation's memory back as it was before the first execution. */
  readonly restore: () => void;
  /** Numbers of the memories that are cells of the program. */
  readonly cells: readonly number[];
}

/** Why there is nothing to play. */
export type Unplayable = { readonly failed: string } | { readonly refused: true };

/**
 * Loads an implementation for each thread of a program, and makes the program's objects.
 * @param listener is told what happens in the executions.
 * @param load says for whom modules are loaded while they are.
 */
export async function castFor(
  { source, form, program }: { source: Source; form: WithForm; program: Program },
  control: Control,
  listener: Listener,
  load: (thread: number) => void,
  search?: SearchSide,
): Promise<Cast | Unplayable> {
  const stepper = new Stepper(program.threads.length, control, listener, search);
  const loops = new Loops(control, stepper, (what) => refuse(stepper, what));
  const stage = stageOf(stepper, listener, loops);
  // What is of the engines' own, and stops, has to be transformed, too.
  const Own = needsOwnCode(program)
    ? ((await importFor(engines, beside('loaded'))).Loaded as typeof Loaded)
    : Loaded;
  const loaded: Loaded[] = [];
  for (let thread = 0; thread < program.threads.length; thread++) {
    load(thread);
    const exports = await importFor(`${thread}`, source.module);
    loaded.push(new Own(find(exports, source), program.objects, form, stage));
  }
  const replaced = replacedBuiltin();
  if (replaced !== undefined) return { failed: `it replaces ${replaced}, on which the engines rely` };
  const first = loaded[0] as Loaded;
  const created = create(first, control, listener);
  if (created === undefined) return { refused: true };
  let posted: (readonly unknown[])[];
  try {
    // Also where there is nobody to post it to: the same is asked of every implementation.
    const clone = structuredClone(created);
    posted = loaded.map((_, thread) => [created, clone][thread] ?? structuredClone(created));
  } catch (error) {
    return { failed: `What create returned cannot be posted to other threads: ${String(error)}` };
  }
  const cellsMade = created.filter((_, position) => isCell((program.objects[position] as ObjectSpec).family));
  for (const own of posted) memoriesIn(own).forEach((memory, position) => numberMemory(memory, position + 1));
  const runs = hasStatements(program)
    ? ((await importFor(engines, beside('runner'))).runCalls as typeof runCalls)
    : undefined;
  const prepared: (readonly PreparedCall[])[] = [];
  return {
    stepper,
    loops,
    restore: restorer(created),
    cells: memoriesIn(cellsMade).map(numberOf),
    begin: (thread) => {
      const own = loaded[thread] as Loaded;
      const calls = program.threads[thread] ?? [];
      const objects = own.open(posted[thread] as readonly unknown[]);
      if (runs === undefined) {
        const ready = (prepared[thread] ??= prepareCalls(own, calls));
        return makeCalls(stepper, listener, own, ready, objects, loops);
      }
      return settled(twinOf(runs)?.call(undefined, stage, own, calls, objects) as Running, loops);
    },
  };
}

function create(loaded: Loaded, control: Control, listener: Listener): readonly unknown[] | undefined {
  try {
    const created = loaded.create((position) => listener.created(position, { returns: undefined }));
    control.set(cells.createdEvents, control.get(cells.events));
    return created;
  } catch (refusal) {
    // The class may be another copy of the same.
    if (!(refusal instanceof Error) || refusal.name !== Refusal.name) throw refusal;
    const { object, thrown } = refusal as Refusal;
    listener.created(object, loaded.errorOutcome(thrown));
    control.set(cells.refused, 1);
    return undefined;
  }
}

function restorer(created: readonly unknown[]): () => void {
  const memories = memoriesIn(created).map((memory) => new Uint8Array(memory));
  const pristine = memories.map((memory) => memory.slice());
  return () => memories.forEach((memory, position) => memory.set(pristine[position] as Uint8Array));
}

function hasStatements({ threads }: Program): boolean {
  return threads.flat().some(({ method }) => method === 'with');
}

/** Whether functions are handed over, also as bodies of with-statements, or objects used, that are the engines' own. */
function needsOwnCode(program: Program): boolean {
  const { objects, threads } = program;
  return (
    hasStatements(program) ||
    objects.some(({ family }) => isCell(family)) ||
    [...objects, ...threads.flat()].some(({ args }) =>
      Object.values(args).some((argument) => callbackIn(argument) !== undefined),
    )
  );
}

function beside(name: string): string {
  return import.meta.resolve(`../${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`);
}

/** What the runner does, to its end. */
function* settled(running: Running, loops: Loops): Running {
  const ends = yield* running;
  if (ends === undefined) return undefined;
  const { value, isFulfilled } = yield* loops.now.settle(ends);
  if (!isFulfilled) throw value;
  return yield* loops.now.finish();
}

/** For the transformed runner: what may stop has a twin. */
function stageOf(stepper: Stepper, listener: Listener, loops: Loops): Stage {
  const stops = (stop: () => boolean, then: () => void): (() => void) =>
    pair(
      () => () => {
        throw new Error('whoever calls this has to be transformed');
      },
      function* () {
        if (stop()) yield;
        return then();
      },
    ) as () => void;
  return {
    boundary: stops(
      () => stepper.boundary(),
      () => stepper.calls(),
    ),
    call: (position) => listener.call(stepper.thread, position),
    enter: (value) => listener.enter(stepper.thread, value),
    beforeCallback: stops(
      () => stepper.callback(),
      () => undefined,
    ),
    callback: (outcome) => listener.callback(stepper.thread, outcome),
    end: (outcome) => listener.end(stepper.thread, outcome),
    drained: () => {
      const { promise, resolve } = pending();
      loops.now.whenDrained(resolve);
      return promise as unknown as Promise<undefined>;
    },
    isUnwind: (thrown) => thrown === unwind,
    get unwinding() {
      return stepper.unwinding;
    },
  };
}
