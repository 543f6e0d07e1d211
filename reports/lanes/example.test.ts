import { expect, test } from 'vitest';
import {
  blocks,
  call,
  elapse,
  ends,
  enters,
  object,
  oneOf,
  raises,
  returns,
  step,
  thread,
  withBody,
} from '../../spec/example.ts';
import { plain } from '../style.ts';
import { drawLanes } from './draw.ts';
import { exampleLanes } from './example.ts';

const draw = (example: Parameters<typeof exampleLanes>[0]) =>
  `\n${drawLanes(exampleLanes(example), { columns: 80, paint: plain }).join('\n')}\n`;

test('an example shows what is asked for and nothing else', () => {
  const acquire = call('acquire');
  const drawn = draw({
    title: 'waiters',
    objects: [object('lock')],
    steps: [
      step(1, acquire),
      step(2, acquire, blocks),
      step(3, call('acquire', { timeout: 0.5 }), blocks),
      elapse(0.5, thread(3, returns(false))),
      step(3, acquire, blocks),
      step(1, call('release'), returns(undefined), oneOf([2, 3], true)),
      ends(1),
      step(4, call('acquire', { timeout: Number.NaN }), raises('ValueError')),
    ],
  });
  expect(drawn).toMatchInlineSnapshot(`
    "
         thread 1             thread 2     thread 3             thread 4
      1  acquire()
      2                       ┌ acquire()
      3                       ┆ blocks
      4                       ┆            ┌ acquire(timeout:
                              ┆            │ 0.5)
      5                       ┆            ┆ blocks
         ·· 0.5 seconds later ··
      6                       ┆            └ false
      7                       ┆            ┌ acquire()
      8                       ┆            ┆ blocks
      9  ┌ release()          ┆            ┆
     10  └ undefined          ┆            ┆
         ·· one of thread 2 or 3 returns true, the others stay blocked ··
     11  (the thread ends)    ┆            ┆
     12                       ┆            ┆                    ┌ acquire(timeout:
                              ┆            ┆                    │ NaN)
     13                       ┆            ┆                    └ raises ValueError
    "
  `);
});

test('a with-statement shows its body', () => {
  const [begin, leave] = withBody([], 'throw');
  const drawn = draw({
    title: 'with',
    objects: [object('lock')],
    steps: [
      step(1, begin as NonNullable<typeof begin>, enters(true)),
      step(2, call('locked'), returns(true)),
      step(1, leave as NonNullable<typeof leave>, raises('BodyError')),
    ],
  });
  expect(drawn).toMatchInlineSnapshot(`
    "
         thread 1              thread 2
      1  ┌ with lock
      2  │ enters with true
      3  │                     ─ locked() → true
      4  │ leaves by throw
      5  └ raises BodyError
    "
  `);
});
