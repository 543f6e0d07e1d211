/** What a generator of an implementation gives, among the places where it stops for other threads. */
export class Given {
  readonly value: unknown;
  /** What the generator is told to return with, once it is. */
  returned: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Marks what a generator gives to whoever asked it. */
export function give(value: unknown): Given {
  return new Given(value);
}
