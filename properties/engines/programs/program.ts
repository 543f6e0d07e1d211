import { fileURLToPath } from 'node:url';
import type { ProgramOutput } from '../../../spec/output.ts';
import type { Source } from '../source.ts';
import { type ProcessOptions, runProcess } from './process.ts';

/** Which program is run, and on what. */
export interface ProgramRun extends ProcessOptions {
  /** Its name. */
  readonly program: string;
  /** Default none: its command line. */
  readonly args?: readonly string[] | undefined;
  /** Default: what the program itself imports. Otherwise `threading` of this implementation takes its place. */
  readonly source?: Source | undefined;
}

/** `.ts` here, `.js` where it was compiled: programs and preload are what this is. */
const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

/** Where the programs are, as a URL that ends with a slash. */
export const programsUrl: string = new URL('../../../fixtures/programs/', import.meta.url).href;

/**
 * Runs a program as a process of its own.
 * @throws what {@link runProcess} does.
 */
export function runProgram({ program, args = [], source, ...options }: ProgramRun): Promise<ProgramOutput> {
  const file = fileURLToPath(new URL(`${program}${extension}`, programsUrl));
  const preloaded = source === undefined ? [] : ['--import', preloadOf(source)];
  return runProcess(process.execPath, [...preloaded, file, ...args], options);
}

/** Workers are given the same options: the query tells each of them what is judged. */
function preloadOf(source: Source): string {
  const url = new URL(`preload${extension}`, import.meta.url);
  url.searchParams.set('source', JSON.stringify(source));
  return url.href;
}
