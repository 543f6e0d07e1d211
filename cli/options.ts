import { randomInt } from 'node:crypto';
import { Option } from 'commander';
import { nearest } from '../impl/nearest.ts';
import type { Budget } from '../properties/run.ts';
import { UsageError } from '../properties/usageError.ts';
import type { Level } from '../spec/catalogue.ts';

/** Seeds are whole numbers from 0 up to this. */
const greatestSeed = 2 ** 32 - 1;

/** `--family`: only these; `checkChoice` says whether there are such. */
export function familyOption(): Option {
  return new Option('--family <name>', 'only this family; may be repeated').argParser(
    (value: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      ...value.split(',').map((name) => name.trim()),
    ],
  );
}

/** `--rule`: only rules whose id matches; `checkChoice` says whether there are such. */
export function ruleOption(): Option {
  return new Option(
    '--rule <glob>',
    "only rules whose id matches, for example 'lock.acquire.*'; may be repeated",
  ).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
}

/** `--level`: the weakest level whose broken rules fail a run. */
export function levelOption(): Option {
  const levels = ['must', 'should', 'observed'] as const satisfies readonly Level[];
  return new Option('--level <level>', `weakest level whose broken rules fail the run: ${levels.join(', ')}`)
    .default('must')
    .argParser((value: string) => oneOf('--level', value, levels));
}

/** `--seed`: what all random choices come from. */
export function seedOption(): Option {
  return new Option(
    '--seed <number>',
    'where random choices come from (default: random, always printed)',
  ).argParser((value: string) => {
    const seed = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (seed <= greatestSeed) return seed;
    throw new UsageError(`--seed '${value}' is no seed: give a whole number from 0 to ${greatestSeed}.`);
  });
}

/** A seed for a run that was given none. */
export function randomSeed(): number {
  return randomInt(greatestSeed + 1);
}

/** `--budget`: how much work. */
export function budgetOption(): Option {
  const budgets = ['quick', 'standard', 'thorough'] as const satisfies readonly Budget[];
  return new Option('--budget <budget>', `how much work: ${budgets.join(', ')}`)
    .default('standard')
    .argParser((value: string) => oneOf('--budget', value, budgets));
}

/** `--engine`: only these. */
export function engineOption(): Option {
  const engines = ['lockstep', 'baton', 'coroutine', 'free', 'process'] as const;
  return new Option(
    '--engine <engine>',
    `only this engine: ${engines.join(', ')}; may be repeated`,
  ).argParser((value: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    oneOf('--engine', value, engines),
  ]);
}

/** One of several parts of a run. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** `--shard`: one of several parts of the run. */
export function shardOption(): Option {
  return new Option('--shard <i/n>', 'only the i-th of n parts of the run, for example 2/4').argParser(
    (value: string): Shard => {
      const [, index = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? []).map(Number);
      if (index >= 1 && index <= of) return { index, of };
      throw new UsageError(`--shard '${value}' is no part: give i/n with i from 1 to n, for example 2/4.`);
    },
  );
}

/** `--harness`: what starts the harness of an implementation in another language. */
export function harnessOption(): Option {
  return new Option(
    '--harness <command>',
    'judge what is behind this harness, in any language, see dist/impl/protocol in the package',
  ).argParser((value: string) => {
    if (value.trim() !== '') return value;
    throw new UsageError('--harness needs the command that starts the harness.');
  });
}

/** `--out`: where files go. */
export function outOption(): Option {
  return new Option('--out <folder>', 'where the run file goes').default('reports/out');
}

/** `--format`: for people or for programs. @param human what the format for people is called. */
export function formatOption(human: string, json: string): Option {
  return new Option('--format <format>', `${human}, or json: ${json}`)
    .default(human)
    .argParser((value: string) => oneOf('--format', value, [human, 'json']));
}

/**
 * The value of an option that has one of a few.
 * @throws UsageError that names them.
 */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new UsageError(
    `${option} '${value}' is unknown.${suggestion(nearest(value, allowed))} It is one of ${allowed.join(', ')}.`,
  );
}

/** A name that was probably meant, as a sentence with a blank before it. */
export function suggestion(meant: string | undefined): string {
  return meant === undefined ? '' : ` Did you mean '${meant}'?`;
}
