import { blocks, call, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { empty, explored, full, get, ordered, put, qsize, tryPut } from './calls.ts';

const maxsize = call('maxsize');
const assign = (limit: number) => call('assign', { maxsize: limit });

/** What the documentation says of how full a Queue is. */
export const sizesRules: readonly Rule[] = [
  rule(
    'queue.qsize',
    'Look at what is counted: items, not those who wait for them or for room.',
    ordered(
      'at rest the three answers describe the items',
      2,
      step(1, qsize, returns(0)),
      step(1, empty, returns(true)),
      step(1, full, returns(false)),
      step(1, put('a')),
      step(2, qsize, returns(1)),
      step(2, empty, returns(false)),
      step(2, full, returns(false)),
      step(1, put('b')),
      step(2, qsize, returns(2)),
      step(2, empty, returns(false)),
      step(2, full, returns(true)),
      step(3, put('c'), blocks),
      step(2, qsize, returns(2)),
      step(2, get, returns('a'), thread(3, returns(undefined))),
      step(2, qsize, returns(2)),
      step(2, full, returns(true)),
    ),
    ordered(
      'who waits for an item is not counted',
      undefined,
      step(1, get, blocks),
      step(2, empty, returns(true)),
      step(2, qsize, returns(0)),
    ),
  ),
  rule(
    'queue.qsize.advisory',
    'Nothing has to be changed: who asks while others put and get may be told what was.',
    explored(
      'one asks while others put and get',
      2,
      [qsize, empty, full, qsize],
      [put('a'), get],
      [put('b'), get],
    ),
  ),
  rule(
    'queue.maxsize-mutable',
    'Look at whether each put reads the limit anew.',
    ordered(
      'a limit that is raised lets more in',
      1,
      step(1, put('a')),
      step(1, tryPut('b'), raises('Full')),
      step(1, assign(2)),
      step(2, maxsize, returns(2)),
      step(2, full, returns(false)),
      step(2, tryPut('b'), returns(undefined)),
      step(2, full, returns(true)),
      step(2, tryPut('c'), raises('Full')),
      step(2, assign(0)),
      step(1, tryPut('c'), returns(undefined)),
      step(1, full, returns(false)),
    ),
    ordered(
      'a queue that is longer than its new limit is full',
      undefined,
      step(1, put('a')),
      step(1, put('b')),
      step(1, assign(1)),
      step(2, full, returns(true)),
      step(2, tryPut('c'), raises('Full')),
      step(2, get, returns('a')),
      step(2, full, returns(true)),
      step(2, tryPut('c'), raises('Full')),
      step(2, get, returns('b')),
      step(2, tryPut('c'), returns(undefined)),
    ),
  ),
];
