/** One thing measured, and what the design asks of it. */
export interface Figure {
  readonly what: string;
  /** Median of the rounds. */
  readonly value: number;
  readonly unit: 'executions/s' | 'histories/s' | 'ns' | 'ms' | 'x';
  /** The worst and the best round. */
  readonly range: readonly [least: number, most: number];
  /** `atLeast` or `atMost` this is asked; absent: it is only shown. */
  readonly bound?: { readonly atLeast: number } | { readonly atMost: number };
}

/** A figure from the values of several rounds. */
export function figure(
  what: string,
  unit: Figure['unit'],
  rounds: readonly number[],
  bound?: Figure['bound'],
): Figure {
  const range = [Math.min(...rounds), Math.max(...rounds)] as const;
  return { what, value: median(rounds), unit, range, ...(bound === undefined ? {} : { bound }) };
}

/** The middle one of the values; of the two in the middle, the mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** Whether the figure is what the design asks; undefined: it asks nothing. */
export function isMet({ value, bound }: Figure): boolean | undefined {
  if (bound === undefined) return undefined;
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}
