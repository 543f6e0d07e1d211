import type { MessagePort } from 'node:worker_threads';
import type { Implementation } from '../../../impl/implementation.ts';
import type { Program } from '../../../spec/program.ts';
import { Control, type ControlSize, cells, summaryCells } from '../controlled/layout.ts';
import { memoriesIn } from '../controlled/memories.ts';
import { Recorder } from '../controlled/recorder.ts';
import { Loaded, type WithForm } from '../loaded.ts';
import { runCalls, type Stage } from '../runner.ts';
import { load, type Source } from '../source.ts';

/** What a worker needs to be one thread of a batch of executions on freely running threads. */
export interface FreeTask {
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

/** Never thrown: nobody ends an execution whose threads run freely. */
const noUnwind = Symbol('unwind');

/** Runs one thread's part of a batch. All threads begin an execution together, and end it together. */
export default async function runFreeThread(task: FreeTask): Promise<void> {
  const { program, thread } = task;
  const threads = program.threads.length;
  const control = new Control(task.size, task.control);
  const implementation: Implementation = await load(task.source);
  const recorder = new Recorder(control, () => milliseconds() - control.clock);
  const stage = stageOf(recorder, thread);
  const loaded = new Loaded(implementation, program.objects, task.form, stage);
  const created = task.created ?? loaded.create();
  task.port?.postMessage({ created });
  const memories = memoriesIn(created);
  const pristine = memories.map((memory) => new Uint8Array(memory).slice());
  const calls = program.threads[thread] ?? [];
  for (let execution = 0; execution < task.size.executions; execution++) {
    meet(control, 2 * execution * threads + threads, () => {
      memories.forEach((memory, position) => new Uint8Array(memory).set(pristine[position] as Uint8Array));
      Atomics.store(control.header, cells.eventsStart, Atomics.load(control.header, cells.events));
      // One moment for all: a thread that is let on late would think that its time had only begun.
      control.times[0] = milliseconds();
    });
    const objects = loaded.open(created);
    const pending = runCalls(stage, loaded, calls, objects);
    if (pending !== undefined) await pending;
    const isLast = arrive(control, 2 * (execution + 1) * threads, () => {
      const summary = execution * summaryCells;
      control.summaries[summary + 4] = Atomics.load(control.header, cells.eventsStart);
      control.summaries[summary + 5] = Atomics.load(control.header, cells.events);
      Atomics.store(control.header, cells.execution, execution + 1);
    });
    // What this thread has left to do goes on meanwhile: others may wait for it.
    if (!isLast && pending !== undefined) await letOn(control, 2 * (execution + 1) * threads);
    else if (!isLast) awaitOthers(control, 2 * (execution + 1) * threads);
  }
}

/** The clock that all threads of the process have in common. */
function milliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Waits until all threads are here, and then does once what has to be done. */
function meet(control: Control, arrivals: number, once: () => void): void {
  if (!arrive(control, arrivals, once)) awaitOthers(control, arrivals);
}

/**
 * The `arrivals`th arrival since the batch began does what has to be done once and lets all go on.
 * @returns whether it is this one.
 */
function arrive({ header }: Control, arrivals: number, once: () => void): boolean {
  const arrived = Atomics.add(header, cells.arrived, 1) + 1;
  if (arrived !== arrivals) return false;
  once();
  Atomics.store(header, cells.pulse, arrivals);
  Atomics.notify(header, cells.pulse);
  return true;
}

/**
 * Waits for the last arrival. Threads begin as close together as they can: those that wait look again and again before they
 * sleep.
 */
function awaitOthers({ header }: Control, arrivals: number): void {
  for (let looks = 0; looks < 2000; looks++) if (Atomics.load(header, cells.pulse) >= arrivals) return;
  for (;;) {
    const pulse = Atomics.load(header, cells.pulse);
    if (pulse >= arrivals) return;
    Atomics.wait(header, cells.pulse, pulse);
  }
}

/** Waits for the last arrival without blocking. */
async function letOn({ header }: Control, arrivals: number): Promise<void> {
  for (;;) {
    const pulse = Atomics.load(header, cells.pulse);
    if (pulse >= arrivals) return;
    await Atomics.waitAsync(header, cells.pulse, pulse).value;
  }
}

function stageOf(recorder: Recorder, thread: number): Stage {
  return {
    boundary: () => {},
    call: (position) => recorder.call(thread, position),
    enter: (value) => recorder.enter(thread, value),
    beforeCallback: () => {},
    callback: (outcome) => recorder.callback(thread, outcome),
    end: (outcome) => recorder.end(thread, outcome),
    drained: () => new Promise((resolve) => setImmediate(resolve)),
    isUnwind: (thrown) => thrown === noUnwind,
    unwinding: false,
  };
}
