import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { ruleText } from './cli/ruleText.ts';
import { Lane } from './properties/engines/lane.ts';
import type { Budget, Counterexample, RaceResult, RuleResult, RunEnd, RunRecord } from './properties/run.ts';
import { type Progress, threads, verify, type VerifyOptions } from './properties/verify.ts';
import { counterexampleReport } from './reports/terminal/counterexample.ts';
import { racesReport } from './reports/terminal/race.ts';
import { type Page, plain } from './reports/style.ts';
import type { Level } from './spec/catalogue.ts';
import type { Family } from './spec/program.ts';
import { Rulebook } from './spec/rulebook.ts';
import type { Specification } from './spec/specification.ts';
import { UsageError } from './impl/usageError.ts';

/** How a vitest suite judges an implementation. */
export interface ConformanceOptions {
  /** Default all that there are. Rules of a family that is not provided are skipped, with the reason. */
  readonly families?: readonly Family[];
  /** Specifications of primitives of your own that the implementation provides: their rules are tests, too. */
  readonly specifications?: readonly Specification[];
  /** Default `quick`: a few seconds for all rules. */
  readonly budget?: Budget;
  /** Default `must`: the weakest level whose broken rules fail their tests. Others are skipped with what was seen. */
  readonly level?: Level;
  /** Default 1: the same run every time. */
  readonly seed?: number;
}

/** What failures are written on. */
const page: Page = { columns: 100, paint: plain };

/** Milliseconds after which a test is ended; only for what hangs, no test is judged by how long it takes. */
const patience = 300_000;

/**
 * Registers one test a rule, and one a family for its generated programs, in the suite that calls it. The titles
 * are the rules' ids and never change.
 *
 * ```ts
 * import { conformance } from 'lockproof/vitest';
 *
 * conformance(new URL('./myMutex.ts', import.meta.url));
 * ```
 *
 * @param implementation URL of the module that exports it by default: every thread loads it for itself.
 * @throws UsageError if given something else.
 */
export function conformance(implementation: URL | string, options: ConformanceOptions = {}): void {
  const module = moduleOf(implementation);
  const { specifications = [], budget = 'quick', level = 'must', seed = 1 } = options;
  const rulebook = new Rulebook(specifications);
  const { families = rulebook.families } = options;
  const where = relative(process.cwd(), fileURLToPath(module));
  describe(`conformance of ${where}`, () => {
    const pool = [new Lane(threads)];
    const run = { source: { module }, where, budget, level, seed, pool, specifications };
    const telling = (counterexample: Counterexample) => told(counterexample, where, rulebook);
    afterAll(async () => {
      await Promise.all(pool.map((engine) => engine.close()));
    });
    for (const family of families) {
      describe(family, () => {
        for (const rule of rulebook.rulesOf(family)) {
          test(rule.id, { timeout: patience }, async ({ skip, annotate }) => {
            const { results, counterexamples, end } = await judge({
              ...run,
              families: [family],
              rules: [rule.id],
              // Looked for once a family, with its generated programs.
              races: false,
            });
            const result = results[0] as RuleResult;
            const reason = `${result.verdict}${result.reason === undefined ? '' : `: ${result.reason}`}`;
            // What breaks another rule may hide this one.
            const counterexample =
              counterexamples.find(({ number }) => number === result.counterexample) ?? counterexamples[0];
            if (end.verdict === 'broken' || end.verdict === 'inconclusive') {
              throw new Error(
                counterexample === undefined ? `${end.reason} (${reason})` : telling(counterexample),
              );
            }
            await annotate(reason);
            // A freedom that an implementation makes no use of is no test left out.
            if (!['kept', 'used', 'unused'].includes(result.verdict)) skip(reason);
          });
        }
        test('generated programs', { timeout: patience }, async ({ skip }) => {
          const { counterexamples, races, results, end } = await judge({
            ...run,
            families: [family],
            engines: ['coroutine'],
            rules: [],
          });
          if (results.every(({ verdict }) => verdict === 'not provided' || verdict === 'not applicable')) {
            skip(`the implementation has no ${family}`);
          }
          const racing = races.some(({ declared }) => declared === undefined);
          if (racing || end.verdict === 'broken' || end.verdict === 'inconclusive') {
            const shown = counterexamples.map(telling);
            const raced = racesReport(races, page, where).map((lines) => lines.join('\n'));
            const why = end.verdict === 'vacuous' ? 'plain accesses race' : end.reason;
            throw new Error([why, ...shown, ...raced].join('\n\n'));
          }
        });
      });
    }
  });
}

function moduleOf(implementation: unknown): string {
  const url = String(implementation);
  if (URL.canParse(url) && new URL(url).protocol === 'file:') return url;
  throw new UsageError(
    `conformance takes the URL of a module, for example conformance(new URL('./myMutex.ts', import.meta.url)), not ${typeof implementation === 'string' ? `'${url}'` : typeof implementation}.`,
  );
}

async function judge(options: VerifyOptions) {
  const records: (RunRecord | Progress)[] = [];
  for await (const record of verify(options)) records.push(record);
  return {
    results: records.filter((record): record is RuleResult => record.record === 'rule'),
    counterexamples: records.filter((record): record is Counterexample => record.record === 'counterexample'),
    races: records.filter((record): record is RaceResult => record.record === 'race'),
    end: records.find((record): record is RunEnd => record.record === 'end') as RunEnd,
  };
}

function told(counterexample: Counterexample, module: string, rulebook: Rulebook): string {
  return counterexampleReport(counterexample, {
    page,
    module,
    ruleText: (id) => ruleText(id, rulebook),
  }).join('\n');
}
