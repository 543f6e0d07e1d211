/** Lines that are kept for whoever has to find out what went wrong, and characters of each. */
const most = 12;
const longest = 300;

/** The last lines that went to and fro between Lockproof and a harness. */
export class Exchange {
  readonly #lines: string[] = [];

  /** @param mark `>` for what was asked, `<` for what was answered, `!` for what went to standard error. */
  add(mark: '>' | '<' | '!', line: string): void {
    const shown = line.length > longest ? `${line.slice(0, longest)}… (${line.length} characters)` : line;
    this.#lines.push(`${mark} ${shown}`);
    if (this.#lines.length > most) this.#lines.shift();
  }

  get last(): readonly string[] {
    return [...this.#lines];
  }
}
