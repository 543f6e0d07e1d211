import { matchesGlob } from 'node:path';
import { catalogue, type CatalogueRow } from '../spec/catalogue.ts';

/** The families of the catalogue, in its order. */
export const catalogueFamilies: readonly string[] = [...new Set(catalogue.map(({ family }) => family))];

/** The rows whose id matches one of the globs; all rows if there are no globs. */
export function matching<Row extends Pick<CatalogueRow, 'id'>>(
  globs: readonly string[],
  rows: readonly Row[],
): readonly Row[] {
  if (globs.length === 0) return rows;
  return rows.filter(({ id }) => globs.some((glob) => matchesGlob(id, glob)));
}
