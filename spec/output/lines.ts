/** A line that a program wrote. */
export interface OutputLine {
  readonly stream: 'stdout' | 'stderr';
  /** Without its end. */
  readonly text: string;
  /** Seconds from the start of the process until it was read: never earlier than it was written. */
  readonly at: number;
  /** The program ended, or was ended, before the line did. */
  readonly unfinished?: true;
}

/** What a program showed that was run as a process of its own. */
export interface ProgramOutput {
  /** Those of one stream in their order; how lines of the two streams follow each other is not known. */
  readonly lines: readonly OutputLine[];
  /** How the process ended; `stopped`: it did not, and was ended from outside after so many seconds. */
  readonly ended: { readonly code: number } | { readonly signal: string } | { readonly stopped: number };
  /** Seconds from the start of the process to its end. */
  readonly seconds: number;
}

/**
 * What a line has to be: this text, or a text that the pattern matches as a whole. What the pattern's first
 * group matches is what the line captures.
 */
export type Line = string | { readonly like: string };

/** Lines that a pattern matches as a whole, a regular expression's source. */
export function like(pattern: string): Line {
  return { like: pattern };
}

/** A text with this part captured: the text as it is, and digits where it says `#`. */
export function numbered(text: string): Line {
  return like(text.replace(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`).replace('#', '([0-9]+)'));
}

/** Whether the line is like this. */
export function isLike(line: Line, text: string): boolean {
  return matchOf(line, text) !== undefined;
}

/** What a text that is like this captures, empty if it captures nothing; undefined if it is not like this. */
export function captureOf(line: Line, text: string): string | undefined {
  const match = matchOf(line, text);
  return match === undefined ? undefined : (match[1] ?? '');
}

/** A line as it is shown to readers. */
export function describeLine(line: Line): string {
  return typeof line === 'string' ? `'${line}'` : `a line like /${line.like}/`;
}

function matchOf(line: Line, text: string): readonly (string | undefined)[] | undefined {
  if (typeof line === 'string') return line === text ? [text] : undefined;
  return new RegExp(`^(?:${line.like})$`, 'u').exec(text) ?? undefined;
}
