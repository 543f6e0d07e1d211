import { Command, CommanderError } from 'commander';
import { HarnessError } from '../properties/foreign/harnessError.ts';
import { UsageError } from '../properties/usageError.ts';
import { version } from '../properties/version.ts';
import type { Conclude } from './conclude.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import { exhaustCommand } from './exhaust.ts';
import { explainCommand } from './explain.ts';
import { Interrupted } from './interruption.ts';
import { mutantsCommand } from './mutants.ts';
import { replayCommand } from './replay.ts';
import { reportCommand } from './report.ts';
import { rulesCommand } from './rules.ts';
import { smokeCommand } from './smoke.ts';
import { verifyCommand } from './verify.ts';

/**
 * Runs the command line.
 * @param args without the interpreter and the script.
 * @returns the exit code.
 */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  let exitCode: number = exitCodes.conforms;
  const conclude: Conclude = (code) => {
    exitCode = code;
  };
  try {
    await program(conclude).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return failure(error);
  }
}

function program(conclude: Conclude): Command {
  const root = new Command('lockproof')
    .description(
      'Decides whether an implementation of threading primitives does what the documentation says, and shows the smallest program that proves it does not.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError(true)
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText('after', exitCodesHelp);
  const commands = [
    verifyCommand,
    exhaustCommand,
    rulesCommand,
    explainCommand,
    replayCommand,
    mutantsCommand,
    reportCommand,
    smokeCommand,
  ];
  for (const command of commands) {
    const made = command(conclude)
      .copyInheritedSettings(root)
      .allowExcessArguments(false)
      .addHelpText('after', exitCodesHelp);
    root.addCommand(made);
  }
  return root;
}

/** Tells what went wrong; the exit code that says whose fault it is. */
function failure(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.conforms;
    if (error.code === 'commander.help') return exitCodes.usage;
    return refuse(
      `${asSentence(error.message)} \`lockproof --help\` lists commands, \`lockproof <command> --help\` their options.`,
    );
  }
  if (error instanceof UsageError) return refuse(error.message);
  if (error instanceof HarnessError) {
    process.stderr.write(`lockproof: ${error.message}\n`);
    return exitCodes.inconclusive;
  }
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    return exitCodes.interrupted;
  }
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  process.stderr.write(
    `Lockproof itself failed; this says nothing about the implementation. Please report it, with the command line, the seed and these lines:\n${stack}\n`,
  );
  return exitCodes.internal;
}

function refuse(message: string): number {
  process.stderr.write(`lockproof: ${message}\n`);
  return exitCodes.usage;
}

/** Commander's message as one line that ends like a sentence. */
function asSentence(message: string): string {
  const line = message
    .replace(/^error: /, '')
    .replace(/\n\(?(Did you mean [^)]*)\)?$/, '. $1')
    .replace(/^./, (first) => first.toUpperCase());
  return /[.?]$/.test(line) ? line : `${line}.`;
}

/** Whoever read the output has seen enough; the exit code still counts. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
