import { type CatalogueRow, catalogue } from '../spec/catalogue.ts';
import { ruleById } from '../spec/families.ts';

/** How a row of the catalogue is encoded. */
export type Encoding =
  | { readonly encoded: 'examples'; readonly lookAt: string; readonly examples: readonly string[] }
  | { readonly encoded: 'not applicable'; readonly reason: string };

/** A row of the catalogue with how it is encoded. */
export type EncodedRow = CatalogueRow & Encoding;

/** Every row of the catalogue with how it is encoded, in the order of the catalogue. */
export function encodedCatalogue(): readonly EncodedRow[] {
  return catalogue.map((row) => ({ ...row, ...encodingOf(row.id) }));
}

/** How the row with this id is encoded. */
export function encodingOf(id: string): Encoding {
  const rule = ruleById(id);
  if (rule === undefined) throw new RangeError(`The catalogue has no rule '${id}'.`);
  if ('notApplicable' in rule) return { encoded: 'not applicable', reason: rule.notApplicable };
  return { encoded: 'examples', lookAt: rule.lookAt, examples: rule.examples.map(({ title }) => title) };
}
