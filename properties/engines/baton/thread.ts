import type { MessagePort } from 'node:worker_threads';
import { checkImplementation } from '../../../impl/checkImplementation.ts';
import type { BenignRace, Deviation, Implementation, ProvidedFamily } from '../../../impl/implementation.ts';
import { methods } from '../../../impl/methods.ts';
import { missingMembers, threadFamiliesIn } from '../../../impl/threadNamespace.ts';
import { UsageError } from '../../../impl/usageError.ts';
import { object } from '../../../spec/example.ts';
import type { Profile } from '../../../spec/automaton.ts';
import type { Args, Family, Program } from '../../../spec/program.ts';
import type { SpecificationAddress } from '../../../spec/specification.ts';
import { replacedBuiltin } from '../builtins.ts';
import type { CallbackStage } from '../handedOver.ts';
import { Loaded, Refusal, type WithForm } from '../loaded.ts';
import { runCalls, type Stage } from '../runner.ts';
import { load, type Source } from '../source.ts';
import { EventLoop } from './eventLoop.ts';
import { instrument, scheduleBy } from './instrument.ts';
import { numberMemory } from '../controlled/numbers.ts';
import { Control, type ControlSize, cells } from '../controlled/layout.ts';
import { memoriesIn } from '../controlled/memories.ts';
import { natives } from '../controlled/natives.ts';
import { Recorder } from '../controlled/recorder.ts';
import { unwind } from '../controlled/unwind.ts';
import { Scheduler } from './scheduler.ts';

instrument();

/** What a worker needs to be one thread of a batch of executions. */
export interface ThreadTask {
  readonly source: Source;
  readonly form: WithForm;
  readonly program: Program;
  readonly thread: number;
  readonly control: SharedArrayBuffer;
  readonly size: ControlSize;
  /** What `create` returned, one an object; thread 0 has none yet: it makes them and posts them. */
  readonly created?: readonly unknown[];
  readonly port?: MessagePort;
}

/** What thread 0 posts when it has made the program's objects. */
export interface Created {
  readonly created: readonly unknown[];
}

/** What the task gives back: errors as data, for not all of them can be posted. */
export type Finished = { readonly done: true } | { readonly failed: string };

/** Runs one thread's part of a batch, in a worker of the pool. */
export default async function runThread(task: ThreadTask): Promise<Finished> {
  let implementation: Implementation;
  try {
    implementation = await load(task.source);
  } catch (error) {
    return { failed: describeError(error) };
  }
  const replaced = replacedBuiltin();
  if (replaced !== undefined) return { failed: replacement(replaced) };
  return run(task, implementation);
}

async function run(task: ThreadTask, implementation: Implementation): Promise<Finished> {
  const { program, thread } = task;
  const control = new Control(task.size, task.control);
  const recorder = new Recorder(control);
  // Constructors may look at what they are given, before there is a scheduler.
  let stage: Stage | undefined;
  const loaded = new Loaded(implementation, program.objects, task.form, {
    beforeCallback: () => stage?.beforeCallback(),
    callback: (outcome) => stage?.callback(outcome),
  });
  const created = task.created ?? create(loaded, control, recorder);
  if (created === undefined) return { done: true };
  try {
    task.port?.postMessage({ created } satisfies Created);
  } catch (error) {
    return { failed: `What create returned cannot be posted to other threads: ${String(error)}` };
  }
  const memories = memoriesIn(created);
  memories.forEach((memory, position) => numberMemory(memory, position + 1));
  const pristine = memories.map((memory) => new Uint8Array(memory).slice());
  const scheduler = new Scheduler(thread, program.threads.length, control, recorder, () => {
    memories.forEach((memory, position) => new Uint8Array(memory).set(pristine[position] as Uint8Array));
  });
  arrive(control, thread, program.threads.length, scheduler);
  const calls = program.threads[thread] ?? [];
  const loop = new EventLoop(scheduler);
  stage = stageOf(scheduler, recorder, loop);
  while (scheduler.awaitTurn()) {
    if (!scheduler.unwinding) {
      try {
        const objects = loaded.open(created);
        scheduleBy(scheduler);
        const pending = runCalls(stage, loaded, calls, objects);
        if (pending !== undefined) await loop.run(pending);
      } catch (thrown) {
        if (thrown !== unwind && !scheduler.unwinding) throw thrown;
      } finally {
        scheduleBy(undefined);
      }
    }
    scheduler.finish();
  }
  return { done: true };
}

/** The program's objects; undefined if a constructor raised: then there is nothing to run. */
function create(loaded: Loaded, control: Control, recorder: Recorder): readonly unknown[] | undefined {
  let created: readonly unknown[];
  try {
    created = loaded.create((position) => recorder.created(position, { returns: undefined }));
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    recorder.created(refusal.object, loaded.errorOutcome(refusal.thrown));
    control.set(cells.refused, 1);
    return undefined;
  }
  control.set(cells.createdEvents, control.get(cells.events));
  return created;
}

/** All threads are there before the first execution begins. */
function arrive(control: Control, thread: number, threads: number, scheduler: Scheduler): void {
  natives.add(control.header, cells.arrived, 1);
  natives.notify(control.header, cells.arrived);
  if (thread !== 0) return;
  for (;;) {
    const arrived = natives.load(control.header, cells.arrived);
    if (arrived === threads) break;
    natives.wait(control.header, cells.arrived, arrived);
  }
  scheduler.beginBatch();
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function replacement(name: string): string {
  return `it replaces ${name}, on which the engines rely: what happens in its threads could not be trusted`;
}

function stageOf(scheduler: Scheduler, recorder: Recorder, loop: EventLoop): Stage {
  const { thread } = scheduler;
  return {
    boundary: () => scheduler.boundary(),
    call: (position) => recorder.call(thread, position),
    enter: (value) => recorder.enter(thread, value),
    beforeCallback: () => scheduler.callback(),
    callback: (outcome) => recorder.callback(thread, outcome),
    end: (outcome) => recorder.end(thread, outcome),
    drained: () => loop.drained(),
    isUnwind: (thrown) => thrown === unwind,
    get unwinding() {
      return scheduler.unwinding;
    },
  };
}

/** What an implementation offers, found out in a worker: nothing of it ever runs in the coordinator. */
export interface Surface {
  readonly name: string;
  readonly families: readonly Family[];
  /** Methods and arguments that are left out: `lock.locked`, `lock.acquire.timeout`. */
  readonly missing: readonly string[];
  readonly forms: readonly WithForm[];
  readonly deviations: readonly Deviation[];
  readonly benignRaces: readonly BenignRace[];
  readonly pollingInterval: number;
  readonly profile: Profile;
  /** Where the specifications of its own primitives are found. */
  readonly specifications?: readonly SpecificationAddress[];
}

/** The programs of the catalogue tell by `import.meta.main` whether they are to run; older Nodes do not have it. */
const tellsMain = typeof import.meta.main === 'boolean';

/** The surface, or why there is none: `usage` if the module does not fit the contract. */
export type Probed = { readonly surface: Surface } | { readonly failed: string; readonly usage: boolean };

/**
 * Loads an implementation, checks it against the contract, and makes and opens one object of each
 * family to see which methods it has.
 * @param source where it is. @param where what its user calls it.
 */
export async function probe({ source, where }: { source: Source; where: string }): Promise<Probed> {
  let implementation: Implementation;
  try {
    implementation = checkImplementation(await load(source), where);
  } catch (error) {
    return {
      failed: error instanceof UsageError ? error.message : describeError(error),
      usage: error instanceof UsageError,
    };
  }
  const replaced = replacedBuiltin();
  if (replaced !== undefined) return { failed: replacement(replaced), usage: false };
  const { own = [] } = implementation;
  const inside = own.find(({ specification }) => specification.module === source.module)?.specification;
  if (inside !== undefined) return { failed: `${where} ${ownModule(inside.family)}`, usage: true };
  const families: Family[] = (Object.keys(methods) as ProvidedFamily[]).filter(
    (family) => implementation[family] !== undefined,
  );
  families.push(...own.map(({ specification }) => specification.family));
  const missing = new Set(implementation.notProvided ?? []);
  for (const family of families) {
    const specification = own.find((provided) => provided.specification.family === family)?.specification;
    const args = specification?.constructors[0] ?? usualArgs(family);
    const loaded = new Loaded(implementation, [object(family, args)], 'body', noStage);
    let opened: unknown;
    try {
      [opened] = loaded.open(loaded.create());
    } catch {
      // What is wrong with it is for the rules to say.
      continue;
    }
    const names = specification && Object.keys(specification.methods);
    for (const method of names ?? methods[family as ProvidedFamily]) {
      if (!loaded.offers(family, method, opened)) missing.add(`${family}.${method}`);
    }
  }
  const { threading, dummyThreading } = implementation;
  return {
    surface: {
      name: implementation.name,
      families: [
        ...families,
        ...threadFamiliesIn(threading, dummyThreading),
        ...(threading !== undefined && tellsMain ? ['prog' as const] : []),
      ],
      missing: [...missing, ...missingMembers(threading, dummyThreading)],
      forms: (['body', 'guard'] as const).filter((form) => implementation.with?.[form] !== undefined),
      deviations: implementation.deviations ?? [],
      benignRaces: implementation.benignRaces ?? [],
      pollingInterval: implementation.pollingInterval ?? 0,
      profile: implementation.profile ?? 'strict',
      ...(own.length > 0 && {
        specifications: own.map(({ specification: { module, family } }) => ({ module, family })),
      }),
    },
  };
}

/** Why an implementation and the specification of its primitive cannot be one module. */
function ownModule(family: string): string {
  return `holds the specification of '${family}' and the implementation. Put the specification into a module of its own: whoever judges loads that one, while an implementation is loaded in workers only.`;
}

/** Arguments with which a constructor of the family makes an object. */
function usualArgs(family: Family): Args {
  return family === 'barrier' ? { parties: 1 } : {};
}

const noStage: CallbackStage = { beforeCallback: () => {}, callback: () => {} };
