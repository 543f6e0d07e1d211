import type { Program } from '../../spec/program.ts';
import type { Surface } from '../engines/baton/thread.ts';

/** What a program has in it if a deviation from this rule spoils more than the rule: whatever comes after is refused, too. */
const spoiling: Readonly<Record<string, (program: Program) => boolean>> = {
  // An item that was refused, and stays, is in the way of the order, of the limit and of all who wait for tasks.
  'prio.incomparable': ({ objects, threads }) =>
    threads
      .flat()
      .some(({ object, args: { item } }) => objects[object]?.family === 'prio' && typeof item === 'string'),
};

/** Whether a program can show nothing but what the implementation declares that it does wrongly, and what follows from that. */
export function isSpoiled(program: Program, { deviations }: Pick<Surface, 'deviations'>): boolean {
  return deviations.some(({ rule }) => spoiling[rule]?.(program) === true);
}
