import { Command, Option } from 'commander';
import { nearest } from '../impl/nearest.ts';
import { rulesReport } from '../reports/terminal/rules.ts';
import type { Level } from '../spec/catalogue.ts';
import { UsageError } from '../properties/usageError.ts';
import { encodedRows } from './encoding.ts';
import { subjectAt } from './implementationModule.ts';
import type { Conclude } from './conclude.ts';
import { familyOption, formatOption, ruleOption, suggestion } from './options.ts';
import { print, stdoutPage } from './output.ts';
import { checkChoice, rulebookAt } from './rulebook.ts';
import { matching } from './ruleGlobs.ts';

interface RulesFlags {
  readonly family?: readonly string[];
  readonly rule?: readonly string[];
  readonly level?: Level;
  readonly format: string;
}

/** `lockproof rules`: every row of the catalogue with how it is encoded. */
export function rulesCommand(_conclude: Conclude): Command {
  return new Command('rules')
    .summary('list the rules')
    .description('Lists every rule of the catalogue with how it is encoded.')
    .argument('[implementation]', 'path of a module; the rules of its own primitives are listed, too')
    .addOption(familyOption())
    .addOption(ruleOption())
    .addOption(onlyLevelOption())
    .addOption(formatOption('table', 'every row of the catalogue with how it is encoded'))
    .action(async (path: string | undefined, { family, rule = [], level, format }: RulesFlags) => {
      const subject = path === undefined ? undefined : subjectAt(path);
      await checkChoice({ family, rule }, subject);
      const rulebook = subject && (await rulebookAt(subject));
      const rows = matching(rule, encodedRows(rulebook)).filter(
        (row) =>
          (family === undefined || family.includes(row.family)) &&
          (level === undefined || row.level === level),
      );
      if (rows.length === 0) {
        throw new UsageError(
          'No rule fits all of --family, --rule and --level at once. Leave one of them out.',
        );
      }
      print(format === 'json' ? JSON.stringify(rows, undefined, 2) : rulesReport(rows, stdoutPage()));
    });
}

function onlyLevelOption(): Option {
  const levels = ['must', 'should', 'may', 'observed'] as const satisfies readonly Level[];
  return new Option('--level <level>', `only rules of this level: ${levels.join(', ')}`).argParser(
    (value: string) => {
      const level = levels.find((candidate) => candidate === value);
      if (level !== undefined) return level;
      throw new UsageError(
        `--level '${value}' is unknown.${suggestion(nearest(value, levels))} It is one of ${levels.join(', ')}.`,
      );
    },
  );
}
