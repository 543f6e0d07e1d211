import { clearLine, cursorTo } from 'node:readline';
import type { Progress } from '../properties/verify.ts';
import { printable, width } from '../reports/text.ts';

/** Where progress is shown: one line that is rewritten on a terminal, now and then a line elsewhere. */
export interface ProgressView {
  show(progress: Progress): void;
  /** Nothing of it may remain where a report is to begin. */
  clear(): void;
}

/**
 * Progress on this stream.
 * @param interactive whether a line can be rewritten; default: it is a terminal, and not that of a CI.
 */
export function progressOn(
  stream: NodeJS.WriteStream,
  interactive = stream.isTTY && !process.env.CI,
): ProgressView {
  return interactive ? new RewrittenLine(stream) : new PlainLines(stream);
}

class RewrittenLine implements ProgressView {
  readonly #stream: NodeJS.WriteStream;
  #shown = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(progress: Progress): void {
    const now = performance.now();
    if (this.#shown > 0 && now - this.#shown < 80) return;
    this.#shown = now;
    const text = describe(progress);
    const room = (this.#stream.columns || 80) - 1;
    cursorTo(this.#stream, 0);
    this.#stream.write(width(text) > room ? `${text.slice(0, room - 1)}…` : text);
    clearLine(this.#stream, 1);
  }

  clear(): void {
    if (this.#shown === 0) return;
    cursorTo(this.#stream, 0);
    clearLine(this.#stream, 0);
    this.#shown = 0;
  }
}

/** A line for every tenth of the work, but not more than one in two seconds. */
class PlainLines implements ProgressView {
  readonly #stream: NodeJS.WriteStream;
  #tenth = 0;
  #shown = performance.now();

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(progress: Progress): void {
    const tenth = Math.floor((10 * progress.done) / Math.max(1, progress.total));
    const now = performance.now();
    if (tenth <= this.#tenth || now - this.#shown < 2000) return;
    this.#tenth = tenth;
    this.#shown = now;
    this.#stream.write(`${describe(progress)}\n`);
  }

  clear(): void {}
}

function describe({ done, total, doing }: Progress): string {
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  return printable(`${String(percent).padStart(3)} %  ${done} of ${total}  ${doing}`);
}
