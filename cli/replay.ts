import { Command, Option } from 'commander';
import { formatRecord } from '../reports/runFile.ts';
import { counterexampleReport } from '../reports/terminal/counterexample.ts';
import { racesReport } from '../reports/terminal/race.ts';
import { exitCodes } from './exitCodes.ts';
import { subjectAt } from './implementationModule.ts';
import type { Conclude } from './conclude.ts';
import { formatOption, oneOf } from './options.ts';
import { print, stdoutPage } from './output.ts';
import { documented } from '../spec/rulebook.ts';
import { rulebookAt } from './rulebook.ts';
import { ruleText } from './ruleText.ts';

const replayEngines = ['baton', 'coroutine'] as const;

interface Options {
  readonly format: string;
  readonly engine: (typeof replayEngines)[number];
}

/** `lockproof replay <token> [implementation]`: runs a counterexample again and draws it. */
export function replayCommand(conclude: Conclude): Command {
  return new Command('replay')
    .summary('run a counterexample again and draw it')
    .description(
      'Runs a counterexample or a race again and shows it. Ends with 1 if it still fails, with 2 if plain accesses race, with 0 if neither.',
    )
    .argument('<token>', 'as a report has it')
    .argument('[implementation]', 'path of the module (default: the reference)')
    .addOption(
      new Option('--engine <engine>', 'who runs it: baton (real workers) or coroutine (one thread plays all)')
        .default('baton')
        .argParser((value: string) => oneOf('--engine', value, replayEngines)),
    )
    .addOption(
      formatOption('terminal', 'the counterexample with its trace, or the races; `null` if there are none'),
    )
    .action(async (token: string, path: string | undefined, { format, engine }: Options) => {
      const subject = subjectAt(path);
      const { source, where, argument } = subject;
      // Commands that judge nothing begin faster without the engines.
      const { replay, replayRaces } = await import('../properties/replay.ts');
      const counterexample = await replay(token, source, { where, engine });
      const json = format === 'json';
      if (counterexample === undefined) {
        const races = await replayRaces(token, source, where);
        const told = `It does not fail: what ${where} does with this program on this schedule is allowed.`;
        const shown = [[told], ...racesReport(races, stdoutPage(), argument)];
        const records = races.length === 0 ? 'null' : races.map(formatRecord).join('');
        print(json ? records : shown.map((lines) => lines.join('\n')).join('\n\n'));
        const undeclared = races.some(({ declared }) => declared === undefined);
        conclude(undeclared ? exitCodes.inconclusive : exitCodes.conforms);
        return;
      }
      const isKnown = counterexample.rules.every((id) => documented.rule(id) !== undefined);
      const rulebook = isKnown ? documented : await rulebookAt(subject);
      const telling = {
        page: stdoutPage(),
        module: argument,
        ruleText: (id: string) => ruleText(id, rulebook),
      };
      print(json ? formatRecord(counterexample) : counterexampleReport(counterexample, telling).join('\n'));
      conclude(exitCodes.broken);
    });
}
