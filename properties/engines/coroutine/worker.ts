import type { Evidence } from '../../../spec/judge/evidence.ts';
import type { Program } from '../../../spec/program.ts';
import { Judges, type JudgedBy } from '../../judges.ts';
import { loadRulebook } from '../../rulebooks.ts';
import type { Searched, SearchLimits } from '../controlled/batches.ts';
import { Control, type ControlSize, cells } from '../controlled/layout.ts';
import type { Listener } from '../controlled/listener.ts';
import { Recorder } from '../controlled/recorder.ts';
import type { WithForm } from '../loaded.ts';
import type { Source } from '../source.ts';
import { instrument } from './builtins.ts';
import { type Cast, castFor } from './cast.ts';
import { EvidenceTable } from './evidenceTable.ts';
import { Judging } from './judging.ts';
import { Player } from './player.ts';
import { refusal, steppedBy } from './runtime.ts';
import { searchIn, unmade } from './searching.ts';
import type { SearchSide } from './stepper.ts';
import { Tracing } from './tracing.ts';

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

/** What came of a task, or why it could not be done; errors as data, for not all of them can be posted. */
export type Done<Result> = { readonly done: Result } | { readonly failed: string };

/** What a worker needs to search for what an implementation does wrong. */
export interface SearchTask extends Pick<PlayTask, 'source' | 'form' | 'control' | 'size'> {
  readonly programs: readonly Program[];
  readonly judgedBy: JudgedBy;
  readonly limits: SearchLimits;
}

/** Plays a batch, in a worker of the pool. */
export default function play(task: PlayTask): Promise<Done<Judgement | undefined>> {
  return playDressed(task, (cast) => cast);
}

/** Plays a batch. @param dress changes what the threads play with. */
export function playDressed(
  task: PlayTask,
  dress: (cast: Cast, control: Control) => Cast,
): Promise<Done<Judgement | undefined>> {
  const { program, judgedBy } = task;
  const control = new Control(task.size, task.control);
  return unlessRefused(async () => {
    const judging = judgedBy && new Judging((await judgesBy(judgedBy)).for(program), program, control);
    const cast = await arrive(task, control, judging ?? new Recorder(control));
    if ('failed' in cast) return cast;
    if (judging !== undefined) return { done: playJudged(program, control, cast, judging) };
    if (!('refused' in cast)) playAll(program, control, dress(cast, control));
    return { done: undefined };
  });
}

/** Searches each of the programs, in a worker of the pool. */
export function search(task: SearchTask): Promise<Done<readonly Searched[]>> {
  const { programs, judgedBy, limits, source, form } = task;
  const control = new Control(task.size, task.control);
  return unlessRefused(async () => {
    const done: Searched[] = [];
    const judges = await judgesBy(judgedBy);
    for (const program of programs) {
      const judging = new Tracing(judges.for(program), program, control);
      const { causality } = judging;
      const isKnown = limits.unreduced === true ? () => false : () => judging.isKnown();
      const cast = await arrive({ source, form, program }, control, judging, { causality, isKnown });
      if ('failed' in cast) return cast;
      if ('refused' in cast) {
        judging.begin();
        done.push(unmade(judging, limits));
        continue;
      }
      for (const cell of cast.cells) causality.cells.add(cell);
      const found = searchIn(program, control, cast, judging, limits);
      if (found === undefined) break;
      done.push(found);
    }
    return { done };
  });
}

async function unlessRefused<Result>(work: () => Promise<Done<Result>>): Promise<Done<Result>> {
  let done: Done<Result>;
  try {
    done = await work();
  } catch (error) {
    return { failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  } finally {
    loading = undefined;
  }
  const unscheduled = refusal();
  if (unscheduled === undefined) return done;
  return { failed: `${unscheduled} stands where no other thread can go on in between` };
}

async function arrive(
  task: Pick<PlayTask, 'source' | 'form' | 'program'>,
  control: Control,
  listener: Listener,
  search?: SearchSide,
): ReturnType<typeof castFor> {
  const cast = await castFor(
    task,
    control,
    listener,
    (thread) => {
      loading = thread;
    },
    search,
  );
  loading = undefined;
  Atomics.store(control.header, cells.arrived, 1);
  return cast;
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

/** There is a worker a lane, and memory for all of them together. */
const mostInMind = 15_000;

/** Judges are kept from one batch to the next, with all that they have worked out. */
async function judgesBy(options: JudgedBy): Promise<Judges> {
  const key = JSON.stringify(options);
  let known = judges.get(key);
  if (known === undefined) {
    known = new Judges(options, await loadRulebook(options.specifications), mostInMind);
    judges.set(key, known);
  }
  return known;
}
