import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** One module's mention of another. */
export interface Import {
  /** Path of the file that imports, from the root. */
  readonly from: string;
  /** Path of the imported file, from the root; or the specifier of a package or of Node's. */
  readonly to: string;
  /** `url`: loaded in a worker through its URL, by a path that may lack the extension. */
  readonly by: 'import' | 'url';
}

const workerUrl = /new URL\(\s*(['"`])(?<specifier>\.{1,2}\/[^'"`$]*[^'"`$/])\1,\s*import\.meta\.url/g;

/**
 * What the module imports and re-exports (types too), loads with `import('...')`, and names as
 * `new URL('...', import.meta.url)`.
 * @throws SyntaxError if the text is no TypeScript.
 */
export function importsOf(from: string, text: string): readonly Import[] {
  const { module, errors } = parseSync(from, text);
  if (errors[0] !== undefined) throw new SyntaxError(`${from}: ${errors[0].message}`);
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.map(({ moduleRequest }) => moduleRequest?.value),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      literal(text.slice(moduleRequest.start, moduleRequest.end)),
    ),
  ].filter((specifier) => specifier !== undefined);
  const urls = [...text.matchAll(workerUrl)].map(({ groups }) => groups?.['specifier'] ?? '');
  return [
    ...[...new Set(specifiers)].map((specifier) => ({
      from,
      to: resolve(from, specifier),
      by: 'import' as const,
    })),
    ...[...new Set(urls)].map((specifier) => ({ from, to: resolve(from, specifier), by: 'url' as const })),
  ];
}

/** The specifier that an `import(...)` is given, if it is spelt out. */
function literal(argument: string): string | undefined {
  return /^(['"`])([^'"`$]*)\1$/.exec(argument)?.[2];
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier;
}
