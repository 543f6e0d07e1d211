import { Command } from 'commander';
import { smoke } from '../properties/foreign/smoke.ts';
import { UsageError } from '../properties/usageError.ts';
import type { Conclude } from './conclude.ts';
import { exitCodes } from './exitCodes.ts';
import { foreignAt } from './implementationModule.ts';
import { interruptible } from './interruption.ts';
import { harnessOption } from './options.ts';
import { print } from './output.ts';

/** `lockproof smoke`: whether the harness of an implementation in another language is in order. */
export function smokeCommand(conclude: Conclude): Command {
  return new Command('smoke')
    .summary('judge a harness, before any rule')
    .description(
      'Judges the harness of an implementation in another language: whether it speaks the protocol, makes calls in order and freely, and says honestly what does not come back. No rule is judged.',
    )
    .argument('[implementation]', "'cpython', or 'cpython:python3.13' for another interpreter")
    .addOption(harnessOption())
    .action(async (argument: string | undefined, { harness }: { readonly harness?: string }) => {
      const foreign = foreignAt(argument, harness);
      if (foreign === undefined) {
        throw new UsageError("Say which harness: 'lockproof smoke cpython', or --harness with its command.");
      }
      const wrong = await interruptible(async (signal) => {
        let count = 0;
        for await (const look of smoke(foreign.source, signal)) {
          if (look.wrong !== undefined) count++;
          print(look.wrong === undefined ? `ok     ${look.does}\n` : `WRONG  ${look.does}: ${look.wrong}\n`);
        }
        signal.throwIfAborted();
        return count;
      });
      print(
        wrong === 0
          ? 'The harness is in order.\n'
          : `The harness is not in order: ${wrong} of its answers are wrong.\n`,
      );
      conclude(wrong === 0 ? exitCodes.conforms : exitCodes.inconclusive);
    });
}
