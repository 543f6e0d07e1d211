import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../properties/usageError.ts';
import { runs } from './arbitraryRuns.ts';
import { formatRecord, parseRecords, runOf } from './runFile.ts';

const textOf = (records: Parameters<typeof formatRecord>[0][]) => records.map(formatRecord).join('');

test('what was written is read again, also what JSON has no word for', () => {
  fc.assert(
    fc.property(runs(), (records) => {
      expect(parseRecords(textOf([...records]), 'run.jsonl')).toStrictEqual(records);
    }),
  );
});

test('a file that was cut anywhere is refused by its name', () => {
  fc.assert(
    fc.property(runs(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (records, part) => {
      const text = textOf([...records]);
      const cut = text.slice(0, Math.floor(part * (text.length - 1)));
      expect(() => parseRecords(cut, 'some/run.jsonl')).toThrow(UsageError);
      expect(() => parseRecords(cut, 'some/run.jsonl')).toThrow(/^some\/run\.jsonl/);
    }),
  );
});

test('a broken line is refused by its number', () => {
  fc.assert(
    fc.property(
      runs(),
      fc.nat(),
      fc.constantFrom('', '{}', 'null', '[', '{"record":"rule"}'),
      (records, at, bad) => {
        const lines = [...records].map(formatRecord);
        const position = at % lines.length;
        lines[position] = `${bad}\n`;
        expect(() => parseRecords(lines.join(''), 'run.jsonl')).toThrow(`run.jsonl, line ${position + 1}: `);
      },
    ),
  );
});

const start =
  '{"record":"run","format":1,"lockproof":"0.1.0","implementation":"x","module":"","seed":1,"budget":"quick","level":"must","families":[],"rules":[],"startedAt":""}\n';
const end = '{"record":"end","verdict":"vacuous","reason":"","executions":0,"seconds":0}\n';

test.each([
  ['nothing', '', 'run.jsonl is empty'],
  ['no end', start, "run.jsonl has no 'end' record after its 1 lines"],
  ['the middle of a line', start + end.slice(0, 30), 'line 2: the file was cut in the middle of this line'],
  [
    'another format',
    start.replace('"format":1', '"format":2') + end,
    'the file is of format 2, this version of Lockproof reads format 1',
  ],
  ['no beginning', end, "a run file begins with its 'run' record, not with 'end'"],
  ['two runs', start + end + start + end, 'run.jsonl, line 3: a second run begins here'],
  ['something after the end', start + end + end, "line 3: nothing may follow the run's 'end' record"],
  ['a wrong field', start.replace('"quick"', '"slow"') + end, "line 1: the field 'budget' is wrong"],
  ['an unknown field', start.replace('"seed"', '"sede":1,"seed"') + end, 'line 1: the field'],
])('%s is refused', (_what, text, message) => {
  expect(() => parseRecords(text, 'run.jsonl')).toThrow(UsageError);
  expect(() => parseRecords(text, 'run.jsonl')).toThrow(message);
});

test('an event of a thread that the program does not have is refused', () => {
  const history = '[{"type":"call","thread":3,"call":0,"at":0}]';
  const counterexample = `{"record":"counterexample","number":1,"rules":[],"engine":"baton","kind":"broken","program":{"objects":[],"threads":[[]]},"history":${history},"event":0,"thread":0,"expected":[],"seen":"","trace":[],"preemptions":0,"minimality":"","foundAfter":1}\n`;
  expect(() => parseRecords(start + counterexample + end, 'run.jsonl')).toThrow(
    'an event is of a thread, call or object that the program does not have',
  );
});

test('a race of one thread with itself is refused', () => {
  const access =
    '{"thread":0,"access":"write","atomic":false,"file":"a.ts","line":1,"column":1,"function":""}';
  const race = `{"record":"race","number":1,"first":${access},"second":${access},"memory":1,"byte":0,"program":{"objects":[],"threads":[[],[]]},"token":""}\n`;
  expect(() => parseRecords(start + race + end, 'run.jsonl')).toThrow('or both are of one');
  const other = race.replace('"thread":0', '"thread":1');
  expect(parseRecords(start + other + end, 'run.jsonl')).toHaveLength(3);
});

test('a run keeps all its records, by kind', () => {
  fc.assert(
    fc.property(runs(), (records) => {
      const run = runOf(records);
      const { counterexamples, races, rules, labels, notices } = run;
      const parts = [run.start, ...counterexamples, ...races, ...rules, ...labels, ...notices, run.end];
      expect(new Set(parts)).toStrictEqual(new Set(records));
    }),
  );
});
