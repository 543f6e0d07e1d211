import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Mutant } from '../fixtures/mutants/mutant.ts';
import { isExplored } from '../spec/example.ts';
import { ruleById } from '../spec/families.ts';
import type { Family, Program } from '../spec/program.ts';
import { refusedDraft } from './counterexamples.ts';
import { BatonEngine } from './engines/baton/engine.ts';
import type { Schedule } from './engines/controlled/schedule.ts';
import { CoroutineEngine } from './engines/coroutine/engine.ts';
import type { Source } from './engines/source.ts';
import { explore, type Subject } from './explore.ts';
import { Judges } from './judges.ts';
import { programsFor } from './programs/index.ts';
import { replay } from './replay.ts';
import type { Counterexample } from './run.ts';
import { countPreemptions } from './search.ts';
import { schedulesFor, seedFor } from './seeds.ts';
import { threads } from './verify.ts';

/* A hundred failures of mutants as schedules drawn at random have shown them: each shows again in both engines. */

const patient = { execution: 60_000, loading: 60_000 };
const workers = new BatonEngine(threads, patient);
const coroutines = new CoroutineEngine(patient);
afterAll(() => Promise.all([workers.close(), coroutines.close()]));

const families = [
  'lock',
  'rlock',
  'sem',
  'bsem',
  'event',
  'cond',
  'barrier',
  'queue',
  'simpleq',
  'with',
] as const satisfies readonly Family[];

/** Of each family. */
const wanted = 10;

interface Found {
  readonly source: Source;
  readonly kind: Schedule['kind'];
  readonly counterexample: Counterexample;
  /** Other schedules before it did not fail. */
  readonly lucky: boolean;
}

/** What a replay has to show: the program, the history, the trace and the verdict; not how it was found. */
function shown(counterexample: Counterexample | undefined) {
  if (counterexample === undefined) return undefined;
  const { engine: _, minimality: __, foundAfter: ___, ...rest } = counterexample;
  return rest;
}

describe('the tokens of failures found at random show the same in both engines', () => {
  test.each(families)(`%s: ${wanted} of ${wanted}`, async (family) => {
    const found = await failuresOf(family);
    expect(found).toHaveLength(wanted);
    expect(new Set(found.map(({ source }) => source.member)).size).toBeGreaterThan(3);
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['random', 'pct']));
    for (const { source, counterexample } of found) {
      const token = counterexample.token as string;
      expect(token.length).toBeLessThanOrEqual(200);
      for (const engine of ['baton', 'coroutine'] as const) {
        const again = await replay(token, source, { engine, workers, coroutines });
        expect(again?.engine).toBe(engine);
        expect(shown(again)).toEqual(shown(counterexample));
      }
    }
  });
});

/**
 * Failures of the family's mutants, one at random and one by priorities of each at most; those first that it takes
 * some schedules to find.
 */
async function failuresOf(family: Family): Promise<readonly Found[]> {
  const module = new URL(`../fixtures/mutants/${family}.ts`, import.meta.url).href;
  const { mutants } = (await import(module)) as { readonly mutants: Readonly<Record<string, Mutant>> };
  const found: Found[] = [];
  for (const [member, { breaks }] of Object.entries(mutants)) {
    const source: Source = { module, export: 'mutants', member };
    const surface = await workers.probe(source, module);
    const subject: Subject = { source, form: 'body', engine: coroutines, judges: new Judges(surface) };
    const program = programFor(family, breaks, surface.families);
    const schedules = schedulesFor(seedFor(1, member), 60, 60);
    for (const kind of ['random', 'pct'] as const) {
      const own = schedules.filter((schedule) => schedule.kind === kind);
      const failure = await failureOf(subject, program, own);
      if (failure !== undefined) found.push({ source, kind, ...failure });
    }
  }
  return found.toSorted((one, other) => Number(other.lucky) - Number(one.lucky)).slice(0, wanted);
}

/** An example of the rule if it has one that is explored, or else a generated program. */
function programFor(family: Family, rule: string, provided: readonly Family[]): Program {
  const { examples = [] } = (ruleById(rule) ?? {}) as { readonly examples?: readonly object[] };
  const example = examples.find((one) => isExplored(one as never)) as Program | undefined;
  if (example !== undefined) return { objects: example.objects, threads: example.threads };
  const generated = programsFor(family, provided) as fc.Arbitrary<Program>;
  return fc.sample(generated, { seed: seedFor(1, rule), numRuns: 1 })[0] as Program;
}

/** The first of these schedules under which the program fails, as a run would tell it. */
async function failureOf(
  subject: Subject,
  program: Program,
  schedules: readonly Schedule[],
): Promise<Pick<Found, 'counterexample' | 'lucky'> | undefined> {
  const { judged, failure } = await explore(subject, program, schedules, true);
  if (failure === undefined || failure.stopped !== undefined) return undefined;
  const preemptions = countPreemptions(failure.execution.records);
  const draft = refusedDraft(failure, 'body', judged.length, preemptions, 'as it was found');
  return { counterexample: { ...draft, number: 1 }, lucky: judged.length > 1 };
}
