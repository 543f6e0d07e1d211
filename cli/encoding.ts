import { type CatalogueRow, catalogue } from '../spec/catalogue.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';

/** How a row of the catalogue is encoded. */
export type Encoding =
  | { readonly encoded: 'examples'; readonly lookAt: string; readonly examples: readonly string[] }
  | { readonly encoded: 'not applicable'; readonly reason: string };

/** A row of the catalogue with how it is encoded. */
export type EncodedRow = CatalogueRow & Encoding;

/** Every row of the catalogue, in its order, then every rule of a user's own, with how it is encoded. */
export function encodedRows(rulebook: Rulebook = documented): readonly EncodedRow[] {
  const own = rulebook.own.flatMap(({ rules }) => rules);
  return [...catalogue, ...own].map((row) => ({ ...row, ...encodingOf(row.id, rulebook) }));
}

/** How the row with this id is encoded. */
export function encodingOf(id: string, rulebook: Rulebook = documented): Encoding {
  const rule = rulebook.rule(id);
  if (rule === undefined) throw new RangeError(`The catalogue has no rule '${id}'.`);
  if ('notApplicable' in rule) return { encoded: 'not applicable', reason: rule.notApplicable };
  return { encoded: 'examples', lookAt: rule.lookAt, examples: rule.examples.map(({ title }) => title) };
}
