import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Detector } from './detector.ts';

/* The detector against the definition: races are what no path through the order of an execution joins. */
const threads = 3;
const bytes = 4;
const names = ['read', 'write', 'load', 'store', 'update', 'list'] as const;

interface Operation {
  readonly thread: number;
  readonly does: (typeof names)[number];
  readonly byte: number;
}
type Step = Operation | 'begin';

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      thread: fc.nat(threads - 1),
      does: fc.constantFrom(...names),
      byte: fc.nat(bytes - 1),
    }),
  },
  { weight: 1, arbitrary: fc.constant('begin' as const) },
);
const traces = fc.array(step, { maxLength: 40 });

const isPlain = ({ does }: Operation) => does === 'read' || does === 'write';
const isAccess = ({ does }: Operation) => does !== 'list';
const reads = ({ does }: Operation) => does === 'read' || does === 'load' || does === 'update';
const writes = ({ does }: Operation) => does === 'write' || does === 'store' || does === 'update';

/** For each step, those that happen before it: by its thread, by what it reads, by the list that it is in. */
function pasts(trace: readonly Step[]): readonly ReadonlySet<number>[] {
  const before: Set<number>[] = [];
  const add = (past: Set<number>, earlier: number) => {
    past.add(earlier);
    for (const more of before[earlier] ?? []) past.add(more);
  };
  for (const [position, now] of trace.entries()) {
    const past = new Set<number>();
    const last = (fits: (other: Operation) => boolean) =>
      trace.findLastIndex((other, at) => at < position && other !== 'begin' && fits(other));
    const begun = trace.findLastIndex((other, at) => at < position && other === 'begin');
    if (now === 'begin') {
      for (let earlier = 0; earlier < position; earlier++) past.add(earlier);
    } else {
      const edges = [begun, last(({ thread }) => thread === now.thread)];
      if (now.does === 'list') edges.push(last(({ does, byte }) => does === 'list' && byte === now.byte));
      if (!isPlain(now) && isAccess(now) && reads(now)) {
        edges.push(last((other) => other.byte === now.byte && !isPlain(other) && writes(other)));
      }
      for (const edge of edges) if (edge >= 0) add(past, edge);
    }
    before.push(past);
  }
  return before;
}

function racesByDefinition(trace: readonly Step[]): ReadonlySet<string> {
  const before = pasts(trace);
  const races = new Set<string>();
  for (const [position, now] of trace.entries()) {
    for (let earlier = 0; earlier < position; earlier++) {
      const other = trace[earlier] as Step;
      if (now === 'begin' || other === 'begin' || before[position]?.has(earlier) === true) continue;
      if (now.thread === other.thread || now.byte !== other.byte || !isAccess(now) || !isAccess(other))
        continue;
      if ((isPlain(now) || isPlain(other)) && (writes(now) || writes(other))) races.add(`byte ${now.byte}`);
    }
  }
  return races;
}

function racesFound(trace: readonly Step[]): ReadonlySet<string> {
  const detector = new Detector(threads);
  let executions = 0;
  for (const now of trace) {
    if (now === 'begin') {
      detector.begin(++executions);
      continue;
    }
    const { thread, does, byte } = now;
    const range = { memory: 1, byte, size: 1 };
    // One for each way to touch a byte: the same one comes again.
    const place = 1 + (thread * names.length + names.indexOf(does)) * bytes + byte;
    if (does === 'list') detector.inList(thread, range);
    else if (does === 'read' || does === 'write') detector.plain(thread, does, range, place);
    else detector.atomic(thread, { reads: reads(now), writes: writes(now) }, range, place);
  }
  return new Set(detector.races.map(({ byte }) => `byte ${byte}`));
}

test('a byte has races exactly if it has some by definition', () => {
  let racing = 0;
  let runs = 0;
  fc.assert(
    fc.property(traces, (trace) => {
      const expected = racesByDefinition(trace);
      runs++;
      if (expected.size > 0) racing++;
      expect(racesFound(trace)).toEqual(expected);
    }),
    { numRuns: 2000, endOnFailure: true },
  );
  // With races alone, or with none, nothing would have been shown.
  expect(racing).toBeGreaterThan(runs / 10);
  expect(racing).toBeLessThan(runs);
});

test('what begins is after all that was', () => {
  const write = (thread: number): Step => ({ thread, does: 'write', byte: 0 });
  expect(racesFound([write(0), write(1)]).size).toBe(1);
  expect(racesFound([write(0), 'begin', write(1)]).size).toBe(0);
});

test('accesses of different sizes race where they overlap', () => {
  for (const [byte, size, races] of [
    [0, 4, 1],
    [3, 1, 1],
    [4, 4, 0],
    [2, 8, 1],
  ] as const) {
    const detector = new Detector(threads);
    detector.plain(0, 'write', { memory: 1, byte: 0, size: 4 }, 1);
    detector.plain(1, 'read', { memory: 1, byte, size }, 2);
    detector.plain(2, 'read', { memory: 2, byte, size }, 3);
    expect(detector.races).toMatchObject(races > 0 ? [{ memory: 1, byte }] : []);
  }
});
