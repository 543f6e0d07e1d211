import { Command } from 'commander';
import { nearest } from '../impl/nearest.ts';
import { UsageError } from '../properties/usageError.ts';
import { explainReport } from '../reports/terminal/explain.ts';
import { catalogue, type CatalogueRow } from '../spec/catalogue.ts';
import { documented } from '../spec/rulebook.ts';
import { encodingOf } from './encoding.ts';
import type { Conclude } from './conclude.ts';
import { subjectAt } from './implementationModule.ts';
import { formatOption, suggestion } from './options.ts';
import { print, stdoutPage } from './output.ts';
import { rulebookAt } from './rulebook.ts';
import { variantsOf } from './variants.ts';

/** `lockproof explain <rule>`: all that is known of a rule. */
export function explainCommand(_conclude: Conclude): Command {
  return new Command('explain')
    .summary('say what a rule asks for')
    .description('Says what a rule asks for and where that is written, and draws its examples.')
    .argument('<rule>', 'its id, for example lock.no-lost-wakeup')
    .argument('[implementation]', 'path of a module, for a rule of one of its own primitives')
    .addOption(formatOption('terminal', 'the same as data'))
    .action(async (id: string, path: string | undefined, { format }: { readonly format: string }) => {
      const rulebook = path === undefined ? documented : await rulebookAt(subjectAt(path));
      const rows: readonly CatalogueRow[] = [...catalogue, ...rulebook.own.flatMap(({ rules }) => rules)];
      const row = rows.find((candidate) => candidate.id === id);
      if (row === undefined) {
        const ids = rows.map((candidate) => candidate.id);
        throw new UsageError(
          `There is no rule '${id}'.${suggestion(nearest(id, ids))} \`lockproof rules\` lists all ids.`,
        );
      }
      const encoded = rulebook.rule(id);
      const { reason } = { reason: undefined, ...encodingOf(id, rulebook) };
      const variants = await variantsOf(row);
      const explained = { ...row, ...encoded, ...(reason === undefined ? {} : { reason }), variants };
      print(
        format === 'json' ? JSON.stringify(explained, undefined, 2) : explainReport(explained, stdoutPage()),
      );
    });
}
