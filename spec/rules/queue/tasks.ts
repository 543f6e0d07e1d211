import { blocks, raises, returns, step, thread } from '../../example.ts';
import { type Rule, rule } from '../../rule.ts';
import { explored, get, join, ordered, put, taskDone } from './calls.ts';

const done = returns(undefined);

/** What the documentation says of the tasks that a Queue counts. */
export const tasksRules: readonly Rule[] = [
  rule(
    'queue.task.put-counts',
    'Look at what raises the count and what lowers it: puts and taskDone, not gets.',
    ordered(
      'a task is begun by a put, and not ended by a get',
      undefined,
      step(1, put('a')),
      step(1, put('b')),
      step(1, get),
      step(1, get),
      step(1, taskDone, done),
      step(1, taskDone, done),
      step(1, taskDone, raises('ValueError')),
    ),
  ),
  rule(
    'queue.task.done-lowers',
    'Look at how taskDone lowers the count: by one.',
    ordered(
      'two tasks need two taskDone',
      undefined,
      step(1, put('a')),
      step(1, put('b')),
      step(1, taskDone, done),
      step(2, join, blocks),
      step(1, taskDone, done, thread(2, done)),
      step(1, taskDone, raises('ValueError')),
    ),
    explored(
      'two threads do tasks at once',
      undefined,
      [put('a'), taskDone, put('c'), taskDone, join],
      [put('b'), taskDone, put('d'), taskDone, join],
    ),
  ),
  rule(
    'queue.task.too-many-raises',
    'Look at a taskDone when nothing is unfinished: it must be refused before it counts.',
    ordered(
      'a taskDone too much is refused and counts nothing',
      undefined,
      step(1, taskDone, raises('ValueError')),
      step(1, put('a')),
      step(2, join, blocks),
      step(1, taskDone, done, thread(2, done)),
      step(1, taskDone, raises('ValueError')),
      step(1, join, done),
    ),
    explored('two are done with one task', undefined, [put('a'), taskDone], [taskDone, join]),
  ),
  rule(
    'queue.task.not-tied-to-get',
    'Look for a count of gets: taskDone needs none.',
    ordered(
      'a task can be done before its item is taken out',
      undefined,
      step(1, put('a')),
      step(1, taskDone, done),
      step(1, join, done),
      step(1, get, returns('a')),
      step(1, taskDone, raises('ValueError')),
    ),
  ),
  rule(
    'queue.join.blocks',
    'Look at what join waits for: tasks, not items.',
    ordered(
      'a join waits for tasks although the queue is empty',
      undefined,
      step(1, put('a')),
      step(2, join, blocks),
      step(1, get, returns('a'), thread(2, blocks)),
      step(3, join, blocks),
      step(1, taskDone, thread(2, done), thread(3, done)),
    ),
  ),
  rule(
    'queue.join.zero',
    'Look at a join when nothing is unfinished: there is nobody who would wake it.',
    ordered(
      'a join without tasks returns at once, as often as it is made',
      undefined,
      step(1, join, done),
      step(1, join, done),
      step(1, put('a')),
      step(1, get),
      step(1, taskDone),
      step(1, join, done),
      step(2, join, done),
    ),
  ),
  rule(
    'queue.join.wakes-all',
    'Look at how many joiners the last taskDone wakes.',
    ordered(
      'three wait for one task',
      undefined,
      step(1, put('a')),
      step(2, join),
      step(3, join),
      step(4, join),
      step(1, taskDone, thread(2, done), thread(3, done), thread(4, done)),
    ),
    explored('two wait for one task', undefined, [put('a'), taskDone], [join], [join]),
  ),
];
