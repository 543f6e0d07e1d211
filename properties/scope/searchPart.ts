import type { Program } from '../../spec/program.ts';
import type { ControlledEngine, Searched } from '../engines/controlled/batches.ts';
import type { Schedule } from '../engines/controlled/schedule.ts';
import { search } from '../search.ts';
import type { Subject } from '../explore.ts';

/** How much work each program gets. */
export interface ScopeEffort {
  /** The most preemptions. */
  readonly bound: number;
  /** The most executions, on coroutines and on workers. */
  readonly budget: number;
  readonly budgetOnWorkers: number;
}

/** What came of some programs, one result each. */
export interface PartSearched {
  readonly results: readonly Searched[];
  /** Why real workers ran them. */
  readonly onWorkers?: string;
}

/** Searches some programs, on coroutines if the implementation lets it. */
export async function searchPart(
  subject: Subject & { readonly confirming: ControlledEngine },
  programs: readonly Program[],
  effort: ScopeEffort,
): Promise<PartSearched> {
  const { engine, confirming, source, form, judges } = subject;
  const { bound, budget } = effort;
  const found = await engine.search?.({ source, form }, programs, judges.by, { bound, budget });
  if (found !== undefined && 'done' in found && found.done.length === programs.length) {
    return { results: found.done };
  }
  const onWorkers =
    found !== undefined && 'stopped' in found ? found.stopped.reason : 'coroutines cannot run it';
  const { confirming: _, ...own } = subject;
  const results: Searched[] = [];
  for (const program of programs)
    results.push(await searchOnWorkers({ ...own, engine: confirming }, program, effort));
  return { results, onWorkers };
}

async function searchOnWorkers(subject: Subject, program: Program, effort: ScopeEffort): Promise<Searched> {
  const { failure, executions, exhausted, preemptions = 0 } = await search(subject, program, effort);
  const searched = { executions, exhausted, states: 0, rules: [] };
  if (failure === undefined) return searched;
  const { directions } = failure.schedule as Extract<Schedule, { kind: 'directed' }>;
  return { ...searched, failure: { directions, preemptions } };
}
