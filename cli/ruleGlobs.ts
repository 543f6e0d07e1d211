import { catalogue, type CatalogueRow } from '../spec/catalogue.ts';

/** The families of the catalogue, in its order. */
export const catalogueFamilies: readonly string[] = [...new Set(catalogue.map(({ family }) => family))];

/** The rows whose id matches one of the globs, in which `*` stands for any text; all rows if there are no globs. */
export function matching<Row extends Pick<CatalogueRow, 'id'>>(
  globs: readonly string[],
  rows: readonly Row[],
): readonly Row[] {
  if (globs.length === 0) return rows;
  const patterns = globs.map(
    (glob) =>
      new RegExp(
        `^${glob
          .split('*')
          .map((text) => text.replaceAll(/[^\w-]/g, '\\$&'))
          .join('.*')}$`,
        'u',
      ),
  );
  return rows.filter(({ id }) => patterns.some((pattern) => pattern.test(id)));
}
