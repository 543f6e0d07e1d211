import { Command } from 'commander';
import type { EngineName } from '../properties/plan.ts';
import { HarnessError } from '../properties/foreign/harnessError.ts';
import { type Budget, type RunRecord, runVerdicts } from '../properties/run.ts';
import type { Progress } from '../properties/verify.ts';
import { UsageError } from '../properties/usageError.ts';
import { formatRecord, runOf } from '../reports/runFile.ts';
import { RunFileWriter } from '../reports/runFileWriter.ts';
import { terminalReport } from '../reports/terminal/report.ts';
import type { Level } from '../spec/catalogue.ts';
import { Interrupted, interruptible } from './interruption.ts';
import { type ForeignSubject, foreignAt, type Subject, subjectAt } from './implementationModule.ts';
import type { Conclude } from './conclude.ts';
import {
  budgetOption,
  engineOption,
  familyOption,
  formatOption,
  harnessOption,
  levelOption,
  outOption,
  randomSeed,
  ruleOption,
  seedOption,
  type Shard,
  shardOption,
} from './options.ts';
import { print, stdoutPage } from './output.ts';
import { progressOn } from './progress.ts';
import { checkChoice } from './rulebook.ts';
import { ruleText } from './ruleText.ts';

interface VerifyFlags {
  readonly family?: readonly string[];
  readonly rule?: readonly string[];
  readonly level: Level;
  readonly seed?: number;
  readonly budget: Budget;
  readonly engine?: readonly EngineName[];
  readonly harness?: string;
  readonly shard?: Shard;
  readonly out: string;
  readonly format: string;
}

/** `lockproof verify [implementation]`: judges an implementation, keeps the run file, prints the report. */
export function verifyCommand(conclude: Conclude): Command {
  return new Command('verify')
    .summary('judge an implementation')
    .description('Judges an implementation by the rules. Writes the run file and prints a report of it.')
    .argument(
      '[implementation]',
      "path of a module that exports it by default, or 'cpython', 'cpython:python3.13' (default: the reference)",
    )
    .addOption(harnessOption())
    .addOption(familyOption())
    .addOption(ruleOption())
    .addOption(levelOption())
    .addOption(seedOption())
    .addOption(budgetOption())
    .addOption(engineOption())
    .addOption(shardOption())
    .addOption(outOption())
    .addOption(formatOption('terminal', 'the records of the run file, a line each'))
    .action(async (path: string | undefined, flags: VerifyFlags) => {
      const foreign = foreignAt(path, flags.harness);
      const subject = foreign === undefined ? subjectAt(path) : undefined;
      if (subject === undefined && flags.engine !== undefined) {
        throw new UsageError(
          '--engine chooses none behind a harness: what is there runs its threads itself.',
        );
      }
      await checkChoice(flags, subject);
      const { shard } = flags;
      const name = shard === undefined ? 'run' : `run-${shard.index}-of-${shard.of}`;
      const writer = new RunFileWriter(flags.out, name);
      const chosen = { ...flags, seed: flags.seed ?? randomSeed() };
      const begin = (signal: AbortSignal) => begun(foreign ?? (subject as Subject), chosen, signal);
      const records = await interruptible((signal) => judge(begin, chosen.seed, writer, signal));
      const run = runOf(records);
      const text =
        flags.format === 'json'
          ? records.map(formatRecord).join('')
          : terminalReport(run, {
              page: stdoutPage(),
              path: writer.path,
              ruleText,
            });
      print(text);
      conclude(runVerdicts[run.end.verdict]);
    });
}

interface Chosen extends VerifyFlags {
  readonly seed: number;
}

/** The run of an implementation. */
async function begun(
  subject: Subject | ForeignSubject,
  { family, rule, level, budget, engine, shard, seed }: Chosen,
  signal: AbortSignal,
): Promise<AsyncGenerator<RunRecord | Progress>> {
  const options = {
    level,
    seed,
    budget,
    signal,
    ...(family === undefined ? {} : { families: family }),
    ...(rule === undefined ? {} : { rules: rule }),
    ...(shard === undefined ? {} : { shard }),
  };
  // Commands that judge nothing begin faster without the engines.
  if (!('where' in subject)) {
    const { verifyForeign } = await import('../properties/foreign/verify.ts');
    return verifyForeign({ ...subject, ...options });
  }
  const { verify } = await import('../properties/verify.ts');
  return verify({ ...subject, ...options, ...(engine === undefined ? {} : { engines: engine }) });
}

async function judge(
  begin: (signal: AbortSignal) => Promise<AsyncGenerator<RunRecord | Progress>>,
  seed: number,
  writer: RunFileWriter,
  signal: AbortSignal,
): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = [];
  const progress = progressOn(process.stderr);
  try {
    const run = await begin(signal);
    for await (const record of run) {
      if (record.record === 'progress') {
        progress.show(record);
        continue;
      }
      if (record.record === 'run')
        process.stderr.write(`Judging ${record.implementation} with seed ${seed}\n`);
      records.push(record);
      writer.write(record);
    }
    signal.throwIfAborted();
    writer.finish();
    return records;
  } catch (error) {
    progress.clear();
    if (signal.aborted) throw interrupted(writer.abandon('interrupted'), seed);
    if (error instanceof UsageError || error instanceof HarnessError) writer.discard();
    else writer.abandon('failed');
    throw error;
  } finally {
    progress.clear();
  }
}

function interrupted(kept: string | undefined, seed: number): Interrupted {
  const where = kept === undefined ? 'Nothing was written' : `What there was is kept in ${kept}`;
  return new Interrupted(`Interrupted. ${where}; \`--seed ${seed}\` does the same again.`);
}
