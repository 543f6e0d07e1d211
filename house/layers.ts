import type { Import } from './imports.ts';

/** Files of one kind, and what they may import. */
export interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Paths of ours, and specifiers of packages and of Node's. */
  readonly mayImport: readonly RegExp[];
  readonly because: string;
}

const spec = /^spec\//;
const threading = /^impl\/threading\//;
/** All but the reference implementation's own adapter, which knows that implementation. */
const contract = /^impl\/(?!reference\.ts)[^/]+\.ts$/;
const entries = /^(cli|index|vitest)\.ts$|^cli\//;
const tests = /\.test\.ts$/;
/** Paths in the project's own folders; everything else that has no extension is a package. */
export const ours = /^(spec|impl|properties|fixtures|reports|cli|house|bench)\//;
const packages = new RegExp(`^(?!${ours.source.slice(1)})(node:|@?[a-z][\\w/-]*$)`);
const anything = /^/;

/** From the outside in; the first layer whose pattern fits is the file's. */
export const layers: readonly Layer[] = [
  { name: 'tests', files: tests, mayImport: [anything], because: 'tests look at everything' },
  { name: 'entries', files: entries, mayImport: [anything], because: 'they put the parts together' },
  {
    name: 'spec',
    files: spec,
    mayImport: [spec],
    because: 'the specification is pure: it knows no implementation, no package and nothing of Node',
  },
  {
    name: 'impl/threading',
    files: threading,
    mayImport: [threading],
    because: 'the reference implementation stands alone, and does not know that it is verified',
  },
  {
    name: 'impl',
    files: /^impl\//,
    mayImport: [/^impl\//, spec, packages],
    because: 'it speaks of rules and families',
  },
  {
    name: 'properties',
    files: /^properties\//,
    mayImport: [/^properties\//, contract, spec, packages],
    because: 'whoever judges knows the contract, and no implementation',
  },
  {
    name: 'the kill matrix',
    files: /^fixtures\/[^/]+\.ts$/,
    mayImport: [/^fixtures\//, /^properties\//, /^impl\//, spec, packages],
    because: 'it lets the judge loose on the mutants',
  },
  {
    name: 'fixtures',
    files: /^fixtures\//,
    mayImport: [/^fixtures\//, /^impl\//, spec, packages],
    because: 'a mutant is an implementation',
  },
  {
    name: 'reports',
    files: /^reports\//,
    mayImport: [/^reports\//, /^properties\//, contract, spec, packages],
    because: 'a report is a function of what a run recorded',
  },
  {
    name: 'the house',
    files: /^house\/|^[^/]+\.config\.ts$/,
    mayImport: [
      /^house\//,
      /^impl\/protocol\.ts$/,
      /^fixtures\/mutants\/smallest\.json$/,
      threading,
      packages,
    ],
    because: 'it looks at files, and is no part of the package',
  },
  { name: 'bench', files: /^bench\//, mayImport: [anything], because: 'it measures everything' },
];

/** The layer of a file of ours; undefined if none has a place for it. */
export function layerOf(file: string): Layer | undefined {
  return layers.find(({ files }) => files.test(file));
}

/** A sentence for every import that runs the wrong way. */
export function violations(imports: readonly Import[]): readonly string[] {
  return imports.flatMap(({ from, to }) => {
    const layer = layerOf(from);
    if (layer === undefined) return [`${from} has no place: give its folder a layer in house/layers.ts`];
    if (!layer.mayImport.some((allowed) => allowed.test(to))) {
      return [`${from} imports ${to}; ${layer.name} must not: ${layer.because}`];
    }
    if (tests.test(to) || (entries.test(to) && !['tests', 'entries', 'bench'].includes(layer.name))) {
      return [`${from} imports ${to}; nothing may but what stands outside`];
    }
    return [];
  });
}
