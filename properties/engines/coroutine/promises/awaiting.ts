/** What an asynchronous function waits for, among the places where it stops for other threads. */
export class Awaiting {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Marks what an asynchronous function waits for. */
export function awaits(value: unknown): object {
  return new Awaiting(value);
}
