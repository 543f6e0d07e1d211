import type { Program } from '../../../spec/program.ts';
import { Control, type ControlSize, cells } from '../controlled/layout.ts';
import type { WithForm } from '../loaded.ts';
import type { Source } from '../source.ts';
import { instrument } from './builtins.ts';
import { type Cast, castFor, Player } from './player.ts';
import { refusal, steppedBy } from './runtime.ts';

let loading: number | undefined;
instrument(() => loading ?? steppedBy()?.thread);

/** What a worker needs to be all threads of a batch of executions. */
export interface PlayTask {
  readonly source: Source;
  readonly form: WithForm;
  readonly program: Program;
  readonly control: SharedArrayBuffer;
  readonly size: ControlSize;
}

/** Why a batch could not be played; errors as data, for not all of them can be posted. */
export type Played = { readonly done: true } | { readonly failed: string };

/** Plays a batch, in a worker of the pool. */
export default function play(task: PlayTask): Promise<Played> {
  return playDressed(task, (cast) => cast);
}

/** Plays a batch. @param dress changes what the threads play with. */
export async function playDressed(
  task: PlayTask,
  dress: (cast: Cast, control: Control) => Cast,
): Promise<Played> {
  const control = new Control(task.size, task.control);
  try {
    const cast = await castFor(task, control, (thread) => {
      loading = thread;
    });
    loading = undefined;
    Atomics.store(control.header, cells.arrived, 1);
    if ('failed' in cast) return cast;
    if (!('refused' in cast)) new Player(task.program, control, dress(cast, control)).play();
  } catch (error) {
    return { failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  } finally {
    loading = undefined;
  }
  const unscheduled = refusal();
  if (unscheduled === undefined) return { done: true };
  return { failed: `${unscheduled} stands where no other thread can go on in between` };
}
