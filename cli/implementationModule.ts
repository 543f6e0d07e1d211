import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Source } from '../properties/engines/source.ts';
import { cpython } from './cpython.ts';
import type { ForeignSource } from '../properties/foreign/verify.ts';
import { UsageError } from '../properties/usageError.ts';

/** The implementation that a command is about. */
export interface Subject {
  readonly source: Source;
  /** What its user calls it. */
  readonly where: string;
  /** What to type to name it again; empty for the reference implementation. */
  readonly argument: string;
}

/** An implementation in another language. */
export interface ForeignSubject {
  readonly source: ForeignSource;
  /** What to type to name it again. */
  readonly argument: string;
}

/**
 * The foreign implementation that is meant by an argument or by the command of its harness; undefined: it is a module.
 * @throws UsageError if both are given.
 */
export function foreignAt(
  argument: string | undefined,
  harness: string | undefined,
): ForeignSubject | undefined {
  if (harness !== undefined) {
    if (argument !== undefined) {
      throw new UsageError(
        `'${argument}' and --harness both say what is to be judged: leave one of them out.`,
      );
    }
    return { source: { name: `'${harness}'`, command: harness }, argument: `--harness ${quoted(harness)}` };
  }
  const python = /^cpython(?::(.+))?$/u.exec(argument ?? '');
  return python === null ? undefined : { source: cpython(python[1]), argument: quoted(argument ?? '') };
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
  if (/^cpython(?::|$)/u.test(path)) {
    throw new UsageError(
      `'${path}' is judged behind a harness, which only 'lockproof verify' and 'lockproof smoke' do.`,
    );
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
