/** A number for everything that can happen to a thread: quicker to look up than its text. */
export class Symbols {
  readonly #numbers = new Map<string, number>();

  /** The number of this event; `text` says all of it but the thread. */
  of(thread: number, text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(text, number);
    }
    return number * maximalThreads + thread;
  }
}

const maximalThreads = 64;
