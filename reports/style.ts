import { styleText } from 'node:util';

/** What a piece of text means; how that looks is the terminal's matter. */
export type Tone = 'good' | 'bad' | 'doubtful' | 'faint' | 'strong';

/** Gives a piece of text the look of its tone, without a change of its width. */
export type Paint = (tone: Tone, text: string) => string;

/** For files, pipes and tests: text as it is. */
export const plain: Paint = (_tone, text) => text;

/** For terminals. */
export const coloured: Paint = (tone, text) =>
  text === '' ? '' : styleText(formats[tone], text, { validateStream: false });

const formats = {
  good: 'green',
  bad: 'red',
  doubtful: 'yellow',
  faint: 'dim',
  strong: 'bold',
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>;

/** Where a report is written: how wide it is and whether it has colours. */
export interface Page {
  /** In characters. */
  readonly columns: number;
  readonly paint: Paint;
}

/** The page that a stream is. Colours as NO_COLOR, FORCE_COLOR and the terminal want it; 80 columns where nothing says. */
export function pageOf(stream: NodeJS.WriteStream): Page {
  const probe = styleText('bold', 'x', { stream });
  const columns = stream.isTTY ? stream.columns : 80;
  return { columns: Math.max(40, Math.min(columns || 80, 120)), paint: probe === 'x' ? plain : coloured };
}
