import { describe, expect, test } from 'vitest';
import { call, told } from '../../../fixtures/histories/story.ts';
import type { Value } from '../../program.ts';
import { equalsOutOfOrder } from './uses.ts';

const get = call('get');
const put = (item: Value) => call('put', { item });

/** One thread puts these items, one after the other, and gets those. */
function moving(items: readonly Value[], got: readonly Value[]): boolean {
  const story = told();
  for (const item of items) story.call(0, put(item)).returns(0);
  for (const item of got) story.call(0, get).returns(0, item);
  return equalsOutOfOrder(story.history, story.program);
}

describe('equal items come out in another order than they were put', () => {
  test('if of two zeros the later one comes first', () => {
    expect(moving([1, 0, -0], [-0, 0, 1])).toBe(true);
    expect(moving([-0, 1, 0], [0, -0, 1])).toBe(true);
  });

  test('not if the earlier one comes first, or they are the same', () => {
    expect(moving([1, 0, -0], [0, -0, 1])).toBe(false);
    expect(moving([-0, 0], [-0, 0])).toBe(false);
    expect(moving([0, 0], [0, 0])).toBe(false);
  });

  test('not if items are not equal', () => {
    expect(moving([2, 1], [1, 2])).toBe(false);
    expect(moving(['b', 'a', null], ['a', null, 'b'])).toBe(false);
  });

  test('not where nobody knows which was first', () => {
    const puts = told().call(0, put(0)).call(1, put(-0)).returns(0).returns(1);
    puts.call(0, get).returns(0, -0).call(0, get).returns(0, 0);
    expect(equalsOutOfOrder(puts.history, puts.program)).toBe(false);
    const gets = told().call(0, put(0)).returns(0).call(0, put(-0)).returns(0);
    gets.call(0, get).call(1, get).returns(0, -0).returns(1, 0);
    expect(equalsOutOfOrder(gets.history, gets.program)).toBe(false);
  });

  test('not if one of them was not put, or did not come out', () => {
    const story = told().call(0, put(0)).raises(0, 'Full').call(0, put(-0)).returns(0);
    story.call(0, get).returns(0, -0).call(0, get).raises(0, 'Empty');
    expect(equalsOutOfOrder(story.history, story.program)).toBe(false);
  });
});
