import { Command } from 'commander';
import type { FreedomResult, MutantResult } from '../fixtures/killMatrix.ts';
import type { Budget } from '../properties/run.ts';
import { isConvincing, killMatrixReport } from '../reports/terminal/killMatrix.ts';
import { exitCodes } from './exitCodes.ts';
import { interruptible } from './interruption.ts';
import type { Conclude } from './conclude.ts';
import { budgetOption, familyOption, formatOption, randomSeed, ruleOption, seedOption } from './options.ts';
import { print, stdoutPage } from './output.ts';
import { progressOn } from './progress.ts';
import { checkChoice } from './rulebook.ts';

interface MutantsFlags {
  readonly family?: readonly string[];
  readonly rule?: readonly string[];
  readonly seed?: number;
  readonly budget: Budget;
  readonly format: string;
}

/** `lockproof mutants`: judges the rules by implementations that are known to be faulty, or known not to be. */
export function mutantsCommand(conclude: Conclude): Command {
  return new Command('mutants')
    .summary('judge the rules by faulty implementations')
    .description('Judges the rules: each has to kill the mutants made for it, and to spare every freedom.')
    .addOption(familyOption())
    .addOption(ruleOption())
    .addOption(seedOption())
    .addOption(budgetOption())
    .addOption(formatOption('terminal', 'a line for each mutant and each freedom'))
    .action(async ({ family, rule, seed = randomSeed(), budget, format }: MutantsFlags) => {
      await checkChoice({ family, rule });
      const mutants: MutantResult[] = [];
      const freedoms: FreedomResult[] = [];
      process.stderr.write(`Judging the rules with seed ${seed}\n`);
      await interruptible(async (signal) => {
        const progress = progressOn(process.stderr);
        try {
          // Commands that judge nothing begin faster without the engines.
          const { killMatrix } = await import('../fixtures/killMatrix.ts');
          const results = killMatrix({
            seed,
            budget,
            signal,
            ...(family === undefined ? {} : { families: family }),
            ...(rule === undefined ? {} : { rules: rule }),
          });
          for await (const result of results) {
            if (result.record === 'progress') progress.show(result);
            else if (result.record === 'mutant') mutants.push(result);
            else freedoms.push(result);
          }
        } catch (error) {
          signal.throwIfAborted();
          throw error;
        } finally {
          progress.clear();
        }
        signal.throwIfAborted();
      });
      print(
        format === 'json'
          ? [...mutants, ...freedoms].map((result) => `${JSON.stringify(result)}\n`).join('')
          : killMatrixReport(mutants, freedoms, stdoutPage()),
      );
      if (mutants.length === 0) conclude(exitCodes.vacuous);
      else conclude(isConvincing(mutants, freedoms) ? exitCodes.conforms : exitCodes.broken);
    });
}
