import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { call, Story } from '../../fixtures/histories/story.ts';
import type { History } from '../history.ts';
import { Judge } from '../judge/judge.ts';
import { object } from '../example.ts';
import { cellAutomaton } from './cell.ts';

const read = call('read');
const increment = call('increment');

function allows({ program, history }: { readonly program: Story['program']; readonly history: History }) {
  return new Judge([object('cell')], () => cellAutomaton).judge(program, history).kind === 'allowed';
}

describe('a cell', () => {
  test('counts every increment of threads that come one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }), fc.integer(), (threads, wrong) => {
        const story = new Story();
        threads.forEach((thread, before) => story.call(thread, increment).returns(thread, before + 1));
        const last = threads.at(-1) as number;
        fc.pre(wrong !== threads.length);
        expect(allows(story.call(last, read).returns(last, threads.length))).toBe(true);
        expect(allows(story.call(last, read).returns(last, wrong))).toBe(false);
      }),
    );
  });

  test('may lose one of two that overlap, or count both', () => {
    for (const [first, second, left] of [
      [1, 1, 1],
      [1, 2, 2],
      [2, 1, 2],
    ] as const) {
      const story = new Story().call(0, increment).call(1, increment).returns(0, first).returns(1, second);
      expect(allows(story.call(0, read).returns(0, left))).toBe(true);
    }
  });

  test('does not lose both, nor count what nobody added', () => {
    for (const [first, second, left] of [
      [1, 1, 0],
      [1, 1, 2],
      [2, 2, 2],
      [1, 3, 3],
    ] as const) {
      const story = new Story().call(0, increment).call(1, increment).returns(0, first).returns(1, second);
      expect(allows(story.call(0, read).returns(0, left))).toBe(false);
    }
  });
});
