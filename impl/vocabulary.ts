import { catalogue, type CatalogueRow } from '../spec/catalogue.ts';
import { omissibleOf, type Specification } from '../spec/specification.ts';
import { methods, omissible } from './methods.ts';

/** The names that an implementation may use of what it provides and leaves out. */
export interface Vocabulary {
  readonly families: readonly string[];
  /** What can be left out of this family, with its name; nothing, if it is none. */
  readonly namesOf: (family: string) => readonly string[];
  readonly isMethod: (family: string, method: string | undefined) => boolean;
  readonly rules: readonly Pick<CatalogueRow, 'id' | 'level'>[];
}

/** @param own primitives of the implementation's own. */
export function vocabularyOf(own: readonly Specification[]): Vocabulary {
  const parts: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
    ...Object.entries(omissible),
    ...own.map((specification) => [specification.family, omissibleOf(specification)] as const),
  ]);
  const called: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
    ...Object.entries(methods),
    ...own.map(({ family, methods: names }) => [family, Object.keys(names)] as const),
  ]);
  return {
    families: [...parts.keys()],
    namesOf: (family) => (parts.get(family) ?? []).map((part) => `${family}.${part}`),
    isMethod: (family, method) => called.get(family)?.some((name) => name === method) === true,
    rules: own.length === 0 ? catalogue : [...catalogue, ...own.flatMap(({ rules }) => rules)],
  };
}
