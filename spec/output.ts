import type { OutputCheck } from './output/checks.ts';
import { describeLine, isLike, type Line, type OutputLine, type ProgramOutput } from './output/lines.ts';
import {
  compareApart,
  compareDistinct,
  compareEqual,
  compareRange,
  compareTally,
  compareValues,
} from './output/numbers.ts';
import {
  compareBarred,
  compareBefore,
  compareInside,
  compareOrder,
  comparePairs,
  listed,
  type OutputMismatch,
} from './output/orders.ts';

export type { OutputCheck } from './output/checks.ts';
export type { OutputLine, ProgramOutput } from './output/lines.ts';
export type { OutputMismatch } from './output/orders.ts';

/** A whole program, run as a process of its own, and what its output must show. */
export interface ProgramExample {
  readonly title: string;
  /** Its name among the programs. */
  readonly program: string;
  /** What it is given on the command line; default nothing. */
  readonly args?: readonly string[];
  readonly shows: readonly OutputCheck[];
}

/**
 * Compares what a program showed with what it must show.
 * @returns undefined if all holds; otherwise the first thing that does not, with how the program ended where it did
 *   not end as it should.
 */
export function checkOutput(
  output: ProgramOutput,
  checks: readonly OutputCheck[],
): OutputMismatch | undefined {
  for (const check of checks) {
    const mismatch = compare(output, check);
    if (mismatch === undefined) continue;
    if (check.check === 'exit' || check.check === 'silent') return mismatch;
    return { expected: mismatch.expected, seen: mismatch.seen + circumstances(output) };
  }
  return undefined;
}

function compare(output: ProgramOutput, check: OutputCheck): OutputMismatch | undefined {
  const lines = output.lines.filter(({ stream }) => stream === 'stdout');
  const texts = lines.map(({ text }) => text);
  switch (check.check) {
    case 'times':
      return compareTimes(texts, check.line, check.least, check.most);
    case 'only':
      return compareOnly(lines, check.lines);
    case 'order':
      return compareOrder(texts, check.lines);
    case 'before':
      return compareBefore(texts, check.first, check.then);
    case 'pairs':
      return comparePairs(texts, check.first, check.then);
    case 'inside':
      return compareInside(texts, check.enter, check.leave, check.most);
    case 'barred':
      return compareBarred(texts, check.line, check.after, check.until);
    case 'values':
      return compareValues(texts, check.line, check.values, check.ordered);
    case 'distinct':
      return compareDistinct(texts, check.line);
    case 'equal':
      return compareEqual(texts, check.line);
    case 'range':
      return compareRange(texts, check.line, check.least, check.most);
    case 'apart':
      return compareApart(texts, check.line, check.by);
    case 'tally':
      return compareTally(texts, check.up, check.down);
    case 'notBefore':
      return compareNotBefore(lines, check.line, check.seconds);
    case 'last':
      return compareLast(texts, check.line);
    case 'exit':
      return compareExit(output, check.code);
    case 'silent':
      return compareSilent(output);
    case 'complains':
      return compareComplaint(output, check.line);
  }
}

function compareTimes(
  texts: readonly string[],
  line: Line,
  least: number,
  most = Infinity,
): OutputMismatch | undefined {
  const count = texts.filter((text) => isLike(line, text)).length;
  if (count >= least && count <= most) return undefined;
  const often = `${describeLine(line)} ${amount(least)}`;
  return { expected: most === Infinity ? `${often} or more` : often, seen: amount(count) };
}

function compareOnly(lines: readonly OutputLine[], wanted: readonly Line[]): OutputMismatch | undefined {
  const strange = lines.find(
    ({ text, unfinished }) => unfinished === true || !wanted.some((line) => isLike(line, text)),
  );
  if (strange === undefined) return undefined;
  const seen = strange.unfinished === true ? `'${strange.text}' without its end` : `'${strange.text}'`;
  const kinds = wanted.slice(0, 3).map(describeLine);
  if (wanted.length > kinds.length) kinds.push(`one of ${wanted.length - kinds.length} other kinds`);
  return { expected: `only whole lines, each ${kinds.join(' or ')}`, seen };
}

function compareNotBefore(
  lines: readonly OutputLine[],
  line: Line,
  seconds: number,
): OutputMismatch | undefined {
  const expected = `${describeLine(line)} not before ${seconds} s`;
  const first = lines.find(({ text }) => isLike(line, text));
  if (first === undefined) return { expected, seen: 'no such line' };
  return first.at >= seconds
    ? undefined
    : { expected, seen: `'${first.text}' after ${first.at.toFixed(3)} s` };
}

function compareLast(texts: readonly string[], line: Line): OutputMismatch | undefined {
  const expected = `${describeLine(line)} at the end, and nowhere else`;
  const text = texts.at(-1);
  if (text === undefined) return { expected, seen: 'no line at all' };
  if (!isLike(line, text)) return { expected, seen: `'${text}'` };
  const count = texts.filter((text) => isLike(line, text)).length;
  return count === 1 ? undefined : { expected, seen: amount(count) };
}

function compareExit({ ended }: ProgramOutput, code: number): OutputMismatch | undefined {
  if ('code' in ended && ended.code === code) return undefined;
  return { expected: `it ends with exit code ${code}`, seen: describeEnd(ended) };
}

function compareSilent(output: ProgramOutput): OutputMismatch | undefined {
  const complaints = complaintsOf(output);
  if (complaints.length === 0) return undefined;
  return { expected: 'nothing on standard error', seen: listed(complaints) };
}

function compareComplaint(output: ProgramOutput, line: Line): OutputMismatch | undefined {
  const complaints = complaintsOf(output);
  if (complaints.some((text) => isLike(line, text))) return undefined;
  return { expected: `${describeLine(line)} on standard error`, seen: listed(complaints) };
}

/** What else a reader wants to know of a program that went wrong. */
function circumstances(output: ProgramOutput): string {
  const complaints = complaintsOf(output).filter((text) => text.trim() !== '');
  const well = 'code' in output.ended && output.ended.code === 0;
  return [
    ...(well ? [] : [`; ${describeEnd(output.ended)}`]),
    ...(complaints.length > 0 ? [`; on standard error: ${listed(mainly(complaints))}`] : []),
  ].join('');
}

/** Of what Node or Python print of an error, the line that names it. */
function mainly(complaints: readonly string[]): readonly string[] {
  const named = complaints.filter((text) => /^\w*(?:Error|Exception)\b/u.test(text));
  return (named.length > 0 ? named : complaints).slice(0, 3);
}

function complaintsOf({ lines }: ProgramOutput): readonly string[] {
  return lines.filter(({ stream }) => stream === 'stderr').map(({ text }) => text);
}

function describeEnd(ended: ProgramOutput['ended']): string {
  if ('code' in ended) return `it ended with exit code ${ended.code}`;
  if ('signal' in ended) return `it was ended by ${ended.signal}`;
  return `it had not ended after ${ended.stopped} s`;
}

function amount(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;
}

/** What a check asks for, in words. */
export function describeCheck(check: OutputCheck): string {
  switch (check.check) {
    case 'silent':
      return 'nothing on standard error';
    case 'only':
      return `no other lines than ${check.lines.map(describeLine).join(', ')}`;
    case 'barred':
      return `no ${describeLine(check.line)} after ${describeLine(check.after)} until ${describeLine(check.until)}`;
    default:
      return compare(nothing, check)?.expected ?? absence(check);
  }
}

/** A program that has shown nothing: what it lacks is what is asked for. */
const nothing: ProgramOutput = { lines: [], ended: { signal: 'none' }, seconds: 0 };

function absence(check: OutputCheck): string {
  return 'line' in check ? `no ${describeLine(check.line)}` : check.check;
}
