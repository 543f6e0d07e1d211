import type { Family } from '../../spec/program.ts';
import { refusedDraft } from '../counterexamples.ts';
import { Lane } from '../engines/lane.ts';
import { QuickEngine } from '../engines/quickEngine.ts';
import type { Source } from '../engines/source.ts';
import { confirmed, type Subject } from '../explore.ts';
import { Judges } from '../judges.ts';
import { inLanes } from '../lanes.ts';
import { minimize } from '../minimize.ts';
import type { Counterexample, RunVerdict } from '../run.ts';
import { lanes, type Progress, threads } from '../verify.ts';
import { rulebookOf } from '../rulebooks.ts';
import { version } from '../version.ts';
import { type Part, partsOf } from './parts.ts';
import type { ScopeEnd, ScopePart, ScopeRecord } from './records.ts';
import { type PartSearched, searchPart } from './searchPart.ts';
import { settings } from './units.ts';

export interface ExhaustOptions {
  readonly source: Source;
  /** What the user calls the implementation: for messages about it. */
  readonly where: string;
  /** What to type to name it again; empty for the reference. */
  readonly argument: string;
  /** Default all of the documentation that have a small scope. */
  readonly families?: readonly Family[];
  /** The most preemptions of a schedule. */
  readonly preemptions: number;
  readonly shard: { readonly index: number; readonly of: number };
  /** What an earlier run has done: it is not done again. */
  readonly before?: readonly ScopeRecord[];
  /** Ends the run early. */
  readonly signal: AbortSignal;
}

/** Executions that a program gets at most. */
const budget = { budget: 200_000, budgetOnWorkers: 20_000 };
const smaller = { perProgram: 20_000, perProgramOnWorkers: 600 };

/** The families of the documentation that have a small scope; a user's own have one, too. */
export const scopeFamilies = Object.keys(settings) as readonly Family[];

/**
 * Runs all programs of the small scope of each family (two calls of two threads, and one of three) under all schedules
 * with few preemptions.
 * @throws UsageError if the implementation cannot be used.
 */
export async function* exhaust(options: ExhaustOptions): AsyncGenerator<ScopeRecord | Progress> {
  const begun = performance.now();
  const { source, where, argument, preemptions, shard, before = [], families = scopeFamilies } = options;
  const pool = Array.from({ length: lanes }, () => new Lane(threads));
  const own = new Lane(threads);
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, options.signal]);
  try {
    const surface = await own.workers.probe(source, where);
    if (before.length === 0) {
      const implementation = surface.name;
      const start = { lockproof: version, implementation, module: argument, preemptions, families, shard };
      yield { record: 'scope', format: 1, ...start };
    }
    const records: ScopeRecord[] = [...before];
    const done = records.filter((record) => record.record === 'part');
    const rulebook = await rulebookOf(surface.specifications);
    const judges = new Judges(surface, rulebook);
    const unusable = new Set<string>();
    const subjectIn = ({ coroutines, workers }: Lane, { form }: Part) => {
      const engine = new QuickEngine(coroutines, workers, unusable);
      return { source, form, judges, engine, confirming: workers };
    };
    const all = partsOf(families, surface, rulebook).filter(
      (_, position) => position % shard.of === shard.index - 1,
    );
    const parts = all.filter(
      ({ family, part }) => !done.some((other) => other.family === family && other.part === part),
    );
    const found = inLanes(pool, parts, signal, (lane, part) =>
      searchPart(subjectIn(lane, part), part.programs, { bound: preemptions, ...budget }),
    );
    for (const [position, promise] of found.entries()) {
      const part = parts[position] as Part;
      yield {
        record: 'progress',
        done: all.length - parts.length + position,
        total: all.length,
        doing: `${part.family}, part ${part.part}`,
      };
      const searched = await promise;
      for (const counterexample of await counterexamplesIn(
        subjectIn(own, part),
        part,
        searched,
        records,
        preemptions,
      )) {
        records.push(counterexample);
        yield counterexample;
      }
      const record = recordOf(part, searched, preemptions);
      records.push(record);
      yield record;
    }
    yield { record: 'end', ...conclusion(records), seconds: (performance.now() - begun) / 1000 };
  } finally {
    ended.abort();
    await Promise.all([...pool, own].map((lane) => lane.close()));
  }
}

/** One counterexample, made small, for each rule that none before breaks. */
async function counterexamplesIn(
  subject: Subject,
  { programs, form }: Part,
  { results }: PartSearched,
  records: readonly ScopeRecord[],
  bound: number,
): Promise<readonly Counterexample[]> {
  const known = records.filter((record) => record.record === 'counterexample');
  const made: Counterexample[] = [];
  let foundAfter = records.reduce((sum, one) => sum + (one.record === 'part' ? one.executions : 0), 0);
  for (const [position, { failure: failing, executions }] of results.entries()) {
    foundAfter += executions;
    const program = programs[position];
    if (failing === undefined || program === undefined) continue;
    const failure = await confirmed(subject, program, { kind: 'directed', directions: failing.directions });
    const [rule] = failure.verdict.rules;
    if ([...known, ...made].some(({ rules }) => rule === undefined || rules.includes(rule))) continue;
    const minimal = await minimize(subject, failure, { ...smaller, bound });
    const { preemptions, minimality } = minimal;
    const draft = refusedDraft(minimal.failure, form, foundAfter, preemptions, minimality);
    made.push({ ...draft, number: known.length + made.length + 1 });
  }
  return made;
}

function recordOf(
  { family, part, programs }: Part,
  { results, onWorkers }: PartSearched,
  bound: number,
): ScopePart {
  const sum = (what: (result: PartSearched['results'][number]) => number) =>
    results.reduce((total, result) => total + what(result), 0);
  return {
    record: 'part',
    family,
    part,
    programs: programs.length,
    executions: sum(({ executions }) => executions),
    states: sum(({ states }) => states),
    refused: sum(({ failure }) => Number(failure !== undefined)),
    left: sum(({ failure, exhausted }) => Number(failure === undefined && exhausted < bound)),
    rules: [...new Set(results.flatMap(({ rules }) => rules))].sort(),
    ...(onWorkers !== undefined && { onWorkers }),
  };
}

function conclusion(records: readonly ScopeRecord[]): Pick<ScopeEnd, 'verdict' | 'reason'> {
  const parts = records.filter((record) => record.record === 'part');
  const sum = (field: 'programs' | 'refused' | 'left') =>
    parts.reduce((total, part) => total + part[field], 0);
  const of = `of ${sum('programs')} programs`;
  const say = (verdict: RunVerdict, reason: string) => ({ verdict, reason });
  if (sum('programs') === 0) return say('vacuous', 'there was no program to run');
  if (sum('refused') > 0)
    return say('broken', `${sum('refused')} ${of} show what no documented behaviour looks like`);
  if (sum('left') > 0) return say('inconclusive', `${sum('left')} ${of} have schedules left`);
  return say('conforms', `all schedules ${of} are allowed`);
}
