import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WaitingStory } from '../../../fixtures/histories/waiting.ts';
import { call, object } from '../../example.ts';

const wait = call('wait');

describe('as many threads as parties, round after round', () => {
  /** What happens next: the choices decide who comes, who leaves, and with which number. */
  const choices = fc.array(fc.nat(), { minLength: 200, maxLength: 200 });
  const sizes = fc.record({
    parties: fc.integer({ min: 1, max: 4 }),
    rounds: fc.integer({ min: 1, max: 3 }),
  });

  /** A history of a barrier that does what it should, but for the last party to leave: what becomes of it is up to `last`. */
  function rounds(
    { parties, rounds: all }: { parties: number; rounds: number },
    picks: readonly number[],
    last: (story: WaitingStory, thread: number, given: readonly number[]) => void = () => {},
  ): WaitingStory {
    const story = new WaitingStory(object('barrier', { parties }));
    const came = Array.from({ length: parties }, () => 0);
    const left = Array.from({ length: parties }, () => 0);
    const numbers = Array.from({ length: all }, () => came.map((_, number) => number));
    const given = numbers.map((): number[] => []);
    for (let turn = 0; ; turn += 2) {
      const able = came.flatMap((own, thread) => {
        const inside = own > (left[thread] as number);
        return (inside ? came.every((other) => other >= own) : own < all) ? [thread] : [];
      });
      if (able.length === 0) return story;
      const thread = able[(picks[turn] as number) % able.length] as number;
      const round = left[thread] as number;
      if (came[thread] === round) {
        story.call(thread, wait);
        came[thread] = round + 1;
        continue;
      }
      const free = numbers[round] as number[];
      if (round === all - 1 && free.length === 1) {
        last(story, thread, given[round] as number[]);
        return story;
      }
      const [number] = free.splice((picks[turn + 1] as number) % free.length, 1) as [number];
      given[round]?.push(number);
      story.returns(thread, number);
      left[thread] = round + 1;
    }
  }

  test('may come, leave and be numbered in any order', () => {
    const property = fc.property(sizes, choices, (size, picks) => {
      const story = rounds(size, picks, (before, thread, given) => {
        const number = Array.from({ length: size.parties }, (_, own) => own).find(
          (own) => !given.includes(own),
        );
        before.returns(thread, number);
      });
      expect(story.quiet().judged().verdict.kind).toBe('allowed');
    });
    fc.assert(property, { numRuns: 200 });
  });

  test('may not have a number twice, fail, or sleep on', () => {
    const endings: readonly ((story: WaitingStory, thread: number, given: readonly number[]) => void)[] = [
      (story, thread, given) => story.returns(thread, given[0] ?? 1),
      (story, thread) => story.raises(thread, 'BrokenBarrierError'),
      (story) => story.quiet(),
    ];
    const property = fc.property(sizes, choices, fc.constantFrom(...endings), (size, picks, ending) => {
      const { verdict } = rounds(size, picks, ending).judged();
      expect(verdict.kind).not.toBe('allowed');
      expect(verdict).toHaveProperty('rules', expect.arrayContaining([expect.stringMatching(/^barrier\./u)]));
    });
    fc.assert(property, { numRuns: 200 });
  });
});
