import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Source } from '../properties/engines/source.ts';
import { UsageError } from '../properties/usageError.ts';

/** The implementation that a command is about. */
export interface Subject {
  readonly source: Source;
  /** What its user calls it. */
  readonly where: string;
  /** What to type to name it again; empty for the reference implementation. */
  readonly argument: string;
}

/**
 * The module at this path; without one, the reference implementation.
 * @throws UsageError if there is no such file.
 */
export function subjectAt(path: string | undefined): Subject {
  if (path === undefined) {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const module = new URL(`../impl/reference.${extension}`, import.meta.url).href;
    return { source: { module }, where: 'lockproof/threading', argument: '' };
  }
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UsageError(
      `There is no file '${path}' (looked in ${process.cwd()}). Give the path of the module that exports the implementation.`,
    );
  }
  if (!stats.isFile()) {
    throw new UsageError(
      `'${path}' is no file. Give the path of the module that exports the implementation, for example ${path.replace(/\/*$/, '')}/index.ts.`,
    );
  }
  return { source: { module: pathToFileURL(resolve(path)).href }, where: path, argument: quoted(path) };
}

/** The path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./@:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
