import { describe, expect, test } from 'vitest';
import {
  apart,
  atLeast,
  barred,
  before,
  captures,
  capturesInOrder,
  complains,
  distinct,
  equal,
  exits,
  inOrder,
  inRange,
  inside,
  integers,
  last,
  never,
  notBefore,
  once,
  only,
  type OutputCheck,
  paired,
  silent,
  tally,
  times,
} from './output/checks.ts';
import { like, numbered } from './output/lines.ts';
import { checkOutput, describeCheck, type OutputLine, type ProgramOutput } from './output.ts';

/** A program that writes these lines, one each tenth of a second, and ends well. */
function output(...texts: readonly string[]): ProgramOutput {
  const lines = texts.map((text, index): OutputLine => ({ stream: 'stdout', text, at: (index + 1) / 10 }));
  return { lines, ended: { code: 0 }, seconds: 1 };
}

function complaining(...complaints: readonly string[]): ProgramOutput {
  const { lines, ...rest } = output('a');
  const errors = complaints.map((text): OutputLine => ({ stream: 'stderr', text, at: 0.5 }));
  return { lines: [...lines, ...errors], ...rest };
}

const enters = like('(.) enters');
const leaves = like('(.) leaves');
const item = numbered('item #');
const up = numbered('up to #');
const down = numbered('down to #');

/** A check, what it accepts, and what it refuses. */
const cases: readonly (readonly [string, OutputCheck, readonly string[][], readonly string[][]])[] = [
  ['times', times('a', 2), [['a', 'b', 'a']], [['a'], ['a', 'a', 'a'], []]],
  ['once', once(like('a+')), [['aa', 'b']], [['ab'], ['a', 'aa']]],
  [
    'at least',
    atLeast('a', 2),
    [
      ['a', 'a'],
      ['a', 'a', 'a'],
    ],
    [['a', 'b']],
  ],
  ['never', never('a'), [[], ['aa']], [['a']]],
  ['only', only('a', item), [['a', 'item 3'], []], [['b'], ['a', 'item']]],
  ['in order', inOrder('a', 'b'), [['a', 'c', 'b']], [['b', 'a'], ['a'], ['a', 'b', 'a'], []]],
  ['before', before('a', 'b'), [['a', 'a', 'b']], [['a', 'b', 'a'], ['a'], ['b'], []]],
  [
    'paired',
    paired(enters, leaves),
    [
      ['x enters', 'y enters', 'y leaves', 'x leaves'],
      ['x enters', 'y enters', 'y leaves'],
    ],
    [
      ['x leaves', 'x enters'],
      ['x enters', 'x leaves', 'x leaves'],
      ['x enters', 'y leaves'],
      ['x enters'],
      [],
    ],
  ],
  [
    'inside',
    inside(enters, leaves, 1),
    [['x enters', 'x leaves', 'y enters', 'y leaves']],
    [['x enters', 'y enters', 'x leaves', 'y leaves'], ['x enters'], ['x enters', 'y leaves'], []],
  ],
  [
    'barred',
    barred('c', 'a', 'b'),
    [
      ['c', 'a', 'b', 'c'],
      ['a', 'd'],
    ],
    [
      ['a', 'c', 'b'],
      ['a', 'b', 'a', 'd', 'c'],
    ],
  ],
  [
    'captures',
    captures(item, integers(0, 2)),
    [['item 2', 'a', 'item 0', 'item 1']],
    [
      ['item 0', 'item 1'],
      ['item 0', 'item 1', 'item 1'],
      ['item 0', 'item 1', 'item 2', 'item 2'],
    ],
  ],
  [
    'captures in order',
    capturesInOrder(item, [0, 1]),
    [['item 0', 'item 1']],
    [['item 1', 'item 0'], ['item 0']],
  ],
  ['distinct', distinct(item), [['item 1', 'item 2']], [['item 1', 'item 2', 'item 1'], []]],
  ['equal', equal(item), [['item 1', 'item 1']], [['item 1', 'item 2'], []]],
  ['in range', inRange(item, 1, 2), [['item 1', 'item 2']], [['item 0'], ['item 3'], []]],
  [
    'apart',
    apart(item, 2),
    [['item 1', 'item 3', 'item 9']],
    [['item 1', 'item 2'], ['item 3', 'item 1'], ['item 1']],
  ],
  [
    'tally',
    tally(up, down),
    [['up to 1', 'up to 2', 'down to 1']],
    [['up to 1', 'up to 1'], ['down to 0'], ['up to 1', 'down to 1'], []],
  ],
  ['not before', notBefore(0.2, 'a'), [['b', 'a']], [['a'], ['b', 'b']]],
  ['last', last('a'), [['b', 'a']], [['a', 'b'], ['a', 'a'], []]],
];

describe('of the lines of a program', () => {
  test.each(cases)('"%s" accepts what it should', (_, check, accepted) => {
    expect(accepted.length).toBeGreaterThan(0);
    for (const texts of accepted) expect(checkOutput(output(...texts), [check])).toBeUndefined();
  });

  test.each(cases)('"%s" refuses what it should, in words', (_, check, _accepted, refused) => {
    expect(refused.length).toBeGreaterThan(0);
    for (const texts of refused) {
      const mismatch = checkOutput(output(...texts), [check]);
      expect(mismatch?.expected).toMatch(/\S/);
      expect(mismatch?.seen).toMatch(/\S/);
    }
  });

  test('every check is among them', () => {
    const kinds = [...cases.map(([, check]) => check), silent, exits(0), complains('a')];
    expect(new Set(kinds.map(({ check }) => check)).size).toBe(18);
  });
});

describe('of the end of a program', () => {
  test('its exit code has to be the one', () => {
    expect(checkOutput({ ...output(), ended: { code: 3 } }, [exits(3)])).toBeUndefined();
    const ends = [{ code: 1 }, { signal: 'SIGSEGV' }, { stopped: 20 }] as const;
    const seen = ends.map((ended) => checkOutput({ ...output(), ended }, [exits(0)])?.seen);
    expect(seen).toEqual([
      'it ended with exit code 1',
      'it was ended by SIGSEGV',
      'it had not ended after 20 s',
    ]);
  });

  test('what it wrote to standard error is no line of its output', () => {
    expect(checkOutput(complaining('b'), [only('a'), never('b')])).toBeUndefined();
    expect(checkOutput(complaining('b'), [silent])?.seen).toBe("'b'");
    expect(checkOutput(complaining(), [silent])).toBeUndefined();
    expect(checkOutput(complaining('b', 'c'), [complains('c')])).toBeUndefined();
    expect(checkOutput(output('c'), [complains('c')])?.seen).toBe('none');
  });

  test('it is told where a line is missing', () => {
    const hung = { ...output('a'), ended: { stopped: 20 } };
    expect(checkOutput(hung, [once('b')])?.seen).toBe('never; it had not ended after 20 s');
    const failed = { ...complaining('    at f', 'TypeError: no', '    at g'), ended: { code: 1 } };
    expect(checkOutput(failed, [once('b')])?.seen).toBe(
      "never; it ended with exit code 1; on standard error: 'TypeError: no'",
    );
  });
});

test('the first check that fails is told', () => {
  expect(checkOutput(output('a'), [once('a'), times('a', 2), never('a')])).toEqual({
    expected: "'a' 2 times",
    seen: 'once',
  });
});

test('a line without its end is no whole line', () => {
  const { lines, ...rest } = output('a');
  const cut = { lines: lines.map((line) => ({ ...line, unfinished: true as const })), ...rest };
  expect(checkOutput(cut, [only('a')])?.seen).toBe("'a' without its end");
  expect(checkOutput(cut, [once('a')])).toBeUndefined();
});

test('a text is taken as it is, with a number in it or without', () => {
  expect(checkOutput(output('(a) 1+1'), [once('(a) 1+1'), once(numbered('(a) 1+#'))])).toBeUndefined();
  expect(checkOutput(output('a 1+1'), [never(numbered('(a) 1+#'))])).toBeUndefined();
});

test('a check says in words what it asks for', () => {
  expect(
    [
      once('a'),
      never('a'),
      times('a', 2),
      silent,
      exits(0),
      only('a'),
      barred('a', 'b', 'c'),
      before('a', 'b'),
    ].map(describeCheck),
  ).toEqual([
    "'a' once",
    "no 'a'",
    "'a' 2 times",
    'nothing on standard error',
    'it ends with exit code 0',
    "no other lines than 'a'",
    "no 'a' after 'b' until 'c'",
    "'a' before 'b'",
  ]);
});
