import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { runVerdicts } from '../properties/run.ts';
import type { ScopeRecord } from '../properties/scope/records.ts';
import { UsageError } from '../properties/usageError.ts';
import { version } from '../properties/version.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';
import { formatScopeRecord, parseScopeRecords } from '../reports/scopeFile.ts';
import { scopeReport } from '../reports/terminal/scope.ts';
import type { Conclude } from './conclude.ts';
import { type Subject, subjectAt } from './implementationModule.ts';
import { Interrupted, interruptible } from './interruption.ts';
import { familyOption, formatOption, outOption, type Shard, shardOption } from './options.ts';
import { print, stdoutPage } from './output.ts';
import { progressOn } from './progress.ts';
import { checkChoice, rulebookAt } from './rulebook.ts';
import { ruleText } from './ruleText.ts';

interface ExhaustFlags {
  readonly family?: readonly string[];
  readonly preemptions: number;
  readonly shard?: Shard;
  readonly resume?: true;
  readonly out: string;
  readonly format: string;
}

/** `lockproof exhaust [implementation]`: runs all small programs under all schedules with few preemptions. */
export function exhaustCommand(conclude: Conclude): Command {
  return new Command('exhaust')
    .summary('run all small programs under all schedules')
    .description(
      'Runs all programs of two threads with two calls, and of three with one, under all schedules with few preemptions. What fails is shown as small as it is.',
    )
    .argument('[implementation]', 'path of a module that exports it by default (default: the reference)')
    .addOption(familyOption())
    .addOption(
      new Option('--preemptions <number>', 'the most preemptions of a schedule')
        .default(2)
        .argParser(preemptionsIn),
    )
    .addOption(shardOption())
    .option('--resume', 'go on where an earlier run on the same code ended')
    .addOption(outOption())
    .addOption(formatOption('terminal', 'the records of the file, a line each'))
    .action(async (path: string | undefined, flags: ExhaustFlags) => {
      const subject = subjectAt(path);
      const { shard = { index: 1, of: 1 }, out, format } = flags;
      const file = join(out, shard.of === 1 ? 'scope.jsonl' : `scope-${shard.index}-of-${shard.of}.jsonl`);
      await checkChoice(flags, subject);
      const rulebook = subject.argument === '' ? documented : await rulebookAt(subject);
      const records = await interruptible((signal) => run(subject, rulebook, flags, shard, file, signal));
      print(
        format === 'json'
          ? records.map(formatScopeRecord).join('')
          : scopeReport(records, stdoutPage(), file, (id) => ruleText(id, rulebook)),
      );
      const end = records.find((record) => record.record === 'end');
      conclude(runVerdicts[end?.verdict ?? 'vacuous']);
    });
}

async function run(
  { source, where, argument }: Subject,
  rulebook: Rulebook,
  { family, preemptions, resume }: ExhaustFlags,
  shard: Shard,
  file: string,
  signal: AbortSignal,
): Promise<readonly ScopeRecord[]> {
  // Commands that judge nothing begin faster without the engines.
  const { exhaust, scopeFamilies } = await import('../properties/scope/exhaust.ts');
  const known = [...scopeFamilies, ...rulebook.own.map((specification) => specification.family)];
  const families = family ?? known;
  const without = families.filter((name) => !known.includes(name));
  if (without.length > 0) {
    throw new UsageError(
      `--family '${without.join(', ')}' has no small scope: families that have are ${known.join(', ')}.`,
    );
  }
  const before = resume === true ? resumed(file, { argument, preemptions, families, shard }) : [];
  const records: ScopeRecord[] = [...before];
  if (before.some((record) => record.record === 'end')) return before;
  const progress = progressOn(process.stderr);
  const options = { source, where, argument, families, preemptions, shard, before, signal };
  try {
    for await (const record of exhaust(options)) {
      if (record.record === 'progress') {
        progress.show(record);
        continue;
      }
      keep(file, record, records.length === before.length);
      records.push(record);
    }
    signal.throwIfAborted();
    return records;
  } catch (error) {
    progress.clear();
    if (!signal.aborted) throw error;
    throw new Interrupted(
      `Interrupted. ${file} has what was done; with \`--resume\` the same command goes on.`,
      {
        cause: error,
      },
    );
  } finally {
    progress.clear();
  }
}

/** What an earlier run has written; nothing if there is none. @throws UsageError if it was another one. */
function resumed(
  file: string,
  {
    argument,
    preemptions,
    families,
    shard,
  }: { argument: string; preemptions: number; families: readonly string[]; shard: Shard },
): readonly ScopeRecord[] {
  if (!existsSync(file)) return [];
  const records = parseScopeRecords(readFileSync(file, 'utf8'), file);
  const [start] = records;
  if (start?.record !== 'scope') return [];
  const same =
    start.lockproof === version &&
    start.module === argument &&
    start.preemptions === preemptions &&
    start.families.join() === families.join() &&
    start.shard.index === shard.index &&
    start.shard.of === shard.of;
  if (!same) {
    throw new UsageError(
      `${file} is of another run: its module, families, preemptions, part or version of Lockproof are not the same. Begin anew without --resume, or give another folder with --out.`,
    );
  }
  // The last part may have been cut off in the middle of its counterexamples.
  const whole = records.findLastIndex((record) => record.record !== 'counterexample') + 1;
  const kept = records.slice(0, whole);
  writeFileSync(file, kept.map(formatScopeRecord).join(''));
  return kept;
}

function keep(file: string, record: ScopeRecord, isFirst: boolean): void {
  try {
    if (record.record === 'scope') mkdirSync(join(file, '..'), { recursive: true });
    if (isFirst && record.record === 'scope') writeFileSync(file, formatScopeRecord(record));
    else appendFileSync(file, formatScopeRecord(record));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${file} cannot be written (${reason}). Choose another folder with --out.`, {
      cause,
    });
  }
}

function preemptionsIn(value: string): number {
  if (/^\d$/.test(value)) return Number(value);
  throw new UsageError(`--preemptions '${value}' is no number of preemptions: give one from 0 to 9.`);
}
