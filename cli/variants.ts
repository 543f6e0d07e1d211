import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Freedom, Mutant } from '../fixtures/mutants/mutant.ts';
import type { Variant } from '../reports/terminal/explain.ts';
import type { CatalogueRow } from '../spec/catalogue.ts';

/** The mutants that a rule has to kill, and the variants whose freedom it grants. */
export async function variantsOf({ id, family }: CatalogueRow): Promise<readonly Variant[]> {
  const extension = extname(fileURLToPath(import.meta.url));
  const module = new URL(`../fixtures/mutants/${family}${extension}`, import.meta.url);
  // A family of which nothing applies has none.
  if (!existsSync(module)) return [];
  const { mutants, freedoms } = (await import(module.href)) as {
    readonly mutants: Readonly<Record<string, Mutant>>;
    readonly freedoms: Readonly<Record<string, Freedom>>;
  };
  return [
    ...Object.entries(mutants)
      .filter(([, { breaks }]) => breaks === id)
      .map(([name, { fault }]) => ({ name, kind: 'mutant', difference: fault }) as const),
    ...Object.entries(freedoms)
      .filter(([, { uses }]) => uses === id)
      .map(([name, { difference }]) => ({ name, kind: 'freedom', difference }) as const),
  ];
}
