import type { History } from '../../history.ts';

/** What the process has written to stdout, line by line. */
function linesOf(history: History): readonly string[] {
  return history.flatMap((event) => (event.type === 'prints' && event.to === 'stdout' ? [event.text] : []));
}

/** Two threads of the unlocked globals said the same value: an increment was lost, or seen late. */
export function repeatsValues(history: History): boolean {
  const values = linesOf(history).flatMap((line) => /^Thread-[0-9]: ([0-9]+)$/u.exec(line)?.[1] ?? []);
  return new Set(values).size < values.length;
}

/** Two threads took noticeably more or less time than one for the same work. */
export function takesOtherTime(history: History): boolean {
  const ratios = linesOf(history).flatMap((line) => /^ratio ([0-9.]+)$/u.exec(line)?.[1] ?? []);
  return ratios.some((ratio) => Math.abs(Number(ratio) - 1) > 0.1);
}
