import { expect, test } from 'vitest';
import { WaitingStory } from '../../../fixtures/histories/waiting.ts';
import { call, object } from '../../example.ts';

const put = call('put', { item: 'a' });
const qsize = call('qsize');

test('a size that the queue had at no moment of the call makes use of a freedom, any other does not', () => {
  const asked = () => new WaitingStory(object('queue')).call(1, qsize).does(0, put);
  expect(asked().returns(1, 2).shown()).toContain('queue.qsize.advisory');
  for (const size of [0, 1]) {
    expect(asked().returns(1, size).shown()).not.toContain('queue.qsize.advisory');
  }
});
