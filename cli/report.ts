import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { runVerdicts } from '../properties/run.ts';
import { UsageError } from '../properties/usageError.ts';
import { parseRecords, runOf } from '../reports/runFile.ts';
import { terminalReport } from '../reports/terminal/report.ts';
import type { Conclude } from './conclude.ts';
import { formatOption } from './options.ts';
import { print, stdoutPage } from './output.ts';
import { ruleText } from './ruleText.ts';

/** `lockproof report <run file>`: prints the report of a run again, with its exit code. */
export function reportCommand(conclude: Conclude): Command {
  return new Command('report')
    .summary('print the report of a run file')
    .description('Prints the report of a run file again, and ends with the exit code of that run.')
    .argument('<run file>', 'as verify wrote it')
    .addOption(formatOption('terminal', 'the records of the run file, a line each'))
    .action((path: string, { format }: { readonly format: string }) => {
      const text = readRunFile(path);
      const run = runOf(parseRecords(text, path));
      print(format === 'json' ? text : terminalReport(run, { page: stdoutPage(), path, ruleText }));
      conclude(runVerdicts[run.end.verdict]);
    });
}

function readRunFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `The run file '${path}' cannot be read (${reason}). \`lockproof verify\` writes one.`,
      {
        cause,
      },
    );
  }
}
