import type { Evidence } from '../../../spec/judge/evidence.ts';
import type { Program } from '../../../spec/program.ts';
import { Judges, type JudgedBy } from '../../judges.ts';
import { Control, type ControlSize, cells } from '../controlled/layout.ts';
import { Recorder } from '../controlled/recorder.ts';
import type { WithForm } from '../loaded.ts';
import type { Source } from '../source.ts';
import { instrument } from './builtins.ts';
import { type Cast, castFor } from './cast.ts';
import { EvidenceTable } from './evidenceTable.ts';
import { Judging } from './judging.ts';
import { Player } from './player.ts';
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
  /** Judge the executions instead of recording them. */
  readonly judgedBy?: JudgedBy;
}

/** What the judge said of a batch, up to the first execution that is refused. */
export interface Judgement {
  /** For each execution, where in `lists` stands what it is evidence for. */
  readonly evidence: readonly number[];
  readonly lists: readonly (readonly Evidence[])[];
  /** The last execution is refused. */
  readonly refused: boolean;
}

/** Why a batch could not be played; errors as data, for not all of them can be posted. */
export type Played = { readonly done: Judgement | undefined } | { readonly failed: string };

/** Plays a batch, in a worker of the pool. */
export default async function play(task: PlayTask): Promise<Played> {
  const control = new Control(task.size, task.control);
  let done: Judgement | undefined;
  try {
    const { program, judgedBy } = task;
    const judging = judgedBy && new Judging(judgesBy(judgedBy).for(program), program, control);
    const cast = await castFor(task, control, judging ?? new Recorder(control), (thread) => {
      loading = thread;
    });
    loading = undefined;
    Atomics.store(control.header, cells.arrived, 1);
    if ('failed' in cast) return cast;
    if (judging !== undefined) done = playJudged(program, control, cast, judging);
    else if (!('refused' in cast)) playAll(program, control, cast);
  } catch (error) {
    return { failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  } finally {
    loading = undefined;
  }
  const unscheduled = refusal();
  if (unscheduled === undefined) return { done };
  return { failed: `${unscheduled} stands where no other thread can go on in between` };
}

function playAll(program: Program, control: Control, cast: Cast): void {
  const player = new Player(program, control, cast);
  while (player.play() && cast.stepper.end());
}

function playJudged(
  program: Program,
  control: Control,
  cast: Cast | { readonly refused: true },
  judging: Judging,
): Judgement {
  const table = new EvidenceTable();
  const evidence: number[] = [];
  judging.begin();
  if ('refused' in cast) {
    evidence.push(table.numberOf(judging.evidence));
    return { evidence, lists: table.lists, refused: judging.refused !== undefined };
  }
  const player = new Player(program, control, cast);
  for (let goesOn = true; goesOn; judging.begin()) {
    goesOn = player.play() && cast.stepper.end();
    evidence.push(table.numberOf(judging.evidence));
    if (judging.refused !== undefined) return { evidence, lists: table.lists, refused: true };
  }
  return { evidence, lists: table.lists, refused: false };
}

const judges = new Map<string, Judges>();

/** Judges are kept from one batch to the next, with all that they have worked out. */
function judgesBy(options: JudgedBy): Judges {
  const key = JSON.stringify(options);
  let known = judges.get(key);
  if (known === undefined) {
    known = new Judges(options);
    judges.set(key, known);
  }
  return known;
}
