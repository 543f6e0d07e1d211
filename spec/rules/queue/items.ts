import { call, object, raises, returns, step } from '../../example.ts';
import type { Value } from '../../program.ts';
import { type Rule, rule } from '../../rule.ts';
import {
  comparesAnything,
  empty,
  explored,
  full,
  get,
  ordered,
  put,
  qsize,
  tryGet,
  tryPut,
} from './calls.ts';

/** An item that code which takes items for granted, or false ones for none, may get wrong. */
function unusual(title: string, item: Value) {
  return ordered(
    title,
    1,
    step(1, put(item)),
    step(2, empty, returns(false)),
    step(2, get, returns(item)),
    step(2, empty, returns(true)),
  );
}

/** What the documentation says of what a Queue holds, how much of it, and in which order. */
export const itemsRules: readonly Rule[] = [
  rule(
    'queue.new.maxsize',
    'Look at the comparison of the number of items with the limit, and at what the constructor makes of it.',
    ordered(
      'a queue for two items takes two',
      2,
      step(1, call('maxsize'), returns(2)),
      step(1, put('a'), returns(undefined)),
      step(1, full, returns(false)),
      step(1, put('b'), returns(undefined)),
      step(1, full, returns(true)),
      step(1, tryPut('c'), raises('Full')),
      step(2, qsize, returns(2)),
    ),
    {
      title: 'a limit that is no whole number is refused',
      javaScript: comparesAnything,
      objects: [object('queue', { maxsize: 1.5 })],
      creation: { raises: 'TypeError' },
      steps: [],
    },
    {
      title: 'a limit that is no number is refused',
      javaScript: comparesAnything,
      objects: [object('queue', { maxsize: 'two' })],
      creation: { raises: 'TypeError' },
      steps: [],
    },
  ),
  rule(
    'queue.new.unbounded',
    'Look at how a limit of 0 is read, and one below: they are none.',
    ordered(
      'a queue without a limit takes whatever comes',
      undefined,
      step(1, put('a'), returns(undefined)),
      step(1, full, returns(false)),
      step(2, put('b'), returns(undefined)),
      step(2, tryPut('c'), returns(undefined)),
      step(2, full, returns(false)),
    ),
    ordered(
      'a limit of 0 is none',
      0,
      step(1, call('maxsize'), returns(0)),
      step(1, full, returns(false)),
      step(1, put('a'), returns(undefined)),
      step(1, put('b'), returns(undefined)),
      step(1, full, returns(false)),
    ),
    ordered(
      'a limit below 0 is none',
      -1,
      step(1, full, returns(false)),
      step(1, put('a'), returns(undefined)),
      step(1, put('b'), returns(undefined)),
      step(1, full, returns(false)),
    ),
  ),
  rule(
    'queue.fifo',
    'Look where a put writes and a get reads, and whether the two positions can change order under contention.',
    ordered(
      'items come out as they went in',
      undefined,
      step(1, put('a')),
      step(2, put('b')),
      step(1, put('c')),
      step(2, get, returns('a')),
      step(1, put('d')),
      step(1, get, returns('b')),
      step(1, get, returns('c')),
      step(2, get, returns('d')),
    ),
    explored('two producers, one consumer', undefined, [put('a1'), put('a2')], [put('b')], [get, get, get]),
    explored(
      'two producers with little room, one consumer',
      1,
      [put('a1'), put('a2')],
      [put('b1'), put('b2')],
      [get, get, get, get],
    ),
  ),
  rule(
    'queue.exactly-once',
    'Look for two gets that read the same place, and for two puts that write to it.',
    explored('little room, and two consumers', 1, [put('a'), put('b')], [get, get], [put('c'), get]),
    explored(
      'everybody puts, and takes out again',
      undefined,
      [put('a'), tryGet],
      [put('b'), tryGet],
      [put('c'), tryGet],
    ),
  ),
  rule(
    'queue.any-item',
    'Look how an empty place is told from an item that counts as false, and how items are copied.',
    unusual('undefined', undefined),
    unusual('null', null),
    unusual('false', false),
    unusual('the number 0', 0),
    unusual('an empty string', ''),
    unusual('an empty array', { json: '[]' }),
    unusual('a structure', { json: '{"name":[1,null]}' }),
  ),
];
