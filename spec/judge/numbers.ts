/**
 * Numbers that stand for texts: shorter to keep, and to put together into other texts. Equal numbers mean
 * equal texts, always; equal texts have equal numbers as long as both were asked for in the same stretch of
 * `most` texts, which is enough for whoever uses them to recognise what is already known.
 */
export class Numbers {
  readonly #most: number;
  readonly #numbers = new Map<string, number>();
  #next = 0;

  /** @param most how many texts are kept in mind: then all are forgotten, and their numbers never used again. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The number of this text. */
  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#numbers.size >= this.#most) this.#numbers.clear();
    const number = this.#next++;
    this.#numbers.set(text, number);
    return number;
  }
}
