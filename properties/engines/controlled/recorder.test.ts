import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome } from '../../../spec/history.ts';
import type { Value } from '../../../spec/program.ts';
import { Control } from './layout.ts';
import { type Recorded, readEvent, Recorder } from './recorder.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(undefined, null, true, false),
  fc.double(),
  text,
  text.map((json) => ({ json })),
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  value.map((returns) => ({ returns })),
  fc.tuple(text, text).map(([raises, message]) => (message === '' ? { raises } : { raises, message })),
  fc.tuple(text, fc.array(text, { minLength: 1, maxLength: 3 })).map(([raises, also]) => ({ raises, also })),
);
const thread = fc.nat(7);
const position = fc.nat(100);
const at = 0;
const event: fc.Arbitrary<Recorded> = fc.oneof(
  fc.record({ type: fc.constant('created'), object: position, outcome, at: fc.constant(at) }),
  fc.record({ type: fc.constant('call'), thread, call: position, at: fc.constant(at) }),
  fc.record({ type: fc.constant('end'), thread, outcome, at: fc.constant(at) }),
  fc.record({ type: fc.constant('enter'), thread, value, at: fc.constant(at) }),
  fc.record({ type: fc.constant('callback'), thread, outcome, at: fc.constant(at) }),
  fc.record({ type: fc.constant('blocked'), thread, at: fc.constant(at) }),
  fc.record({ type: fc.constant('quiet'), at: fc.constant(at), until: fc.constantFrom(0, 0.5, Infinity) }),
  fc.record({ type: fc.constant('step'), step: position, at: fc.constant(at) }),
);

function record(recorder: Recorder, told: Recorded): void {
  switch (told.type) {
    case 'created':
      return recorder.created(told.object, told.outcome);
    case 'call':
      return recorder.call(told.thread, told.call);
    case 'end':
      return recorder.end(told.thread, told.outcome);
    case 'enter':
      return recorder.enter(told.thread, told.value);
    case 'callback':
      return recorder.callback(told.thread, told.outcome);
    case 'blocked':
      return recorder.blocked(told.thread);
    case 'quiet':
      return recorder.quiet(told.until * 1e3);
    case 'step':
      return recorder.step(told.step);
    default:
      throw new Error(`${told.type} is reported by processes, not recorded`);
  }
}

function recorded(events: readonly Recorded[], control: Control): readonly Recorded[] {
  const recorder = new Recorder(control);
  for (const told of events) record(recorder, told);
  return events.map((_, place) => readEvent(control, place));
}

const roomy = { executions: 1, schedules: 0, records: 0 };
const events = fc.array(event, { maxLength: 30 });

test('what is recorded is read as it was told', () => {
  fc.assert(
    fc.property(events, (told) => {
      const control = new Control({ ...roomy, events: told.length + 1, texts: 64 * 1024 });
      expect(recorded(told, control)).toEqual(told);
      expect(control.isFull).toBe(false);
    }),
  );
});

test('a batch is full, or has lost no text', () => {
  const ends = fc
    .array(outcome, { minLength: 1, maxLength: 8 })
    .map((outcomes) => outcomes.map((one): Recorded => ({ type: 'end', thread: 0, outcome: one, at })));
  let full = 0;
  fc.assert(
    fc.property(ends, fc.integer({ min: 2, max: 400 }), (told, texts) => {
      const control = new Control({ ...roomy, events: told.length + 1, texts });
      const read = recorded(told, control);
      if (control.isFull) full++;
      expect(control.isFull ? told : read).toEqual(told);
    }),
    { numRuns: 1000, seed: 1 },
  );
  expect(full).toBeGreaterThan(100);
  expect(full).toBeLessThan(900);
});

test('a text that just fits is kept, and one byte more makes the batch full', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary-ascii', minLength: 1 }), { minLength: 1, maxLength: 5 }),
      (said) => {
        const told = [...new Set(said)].map((returns): Recorded => ({
          type: 'end',
          thread: 0,
          outcome: { returns },
          at,
        }));
        // Offset 0 is the empty text, and each text has its length before it.
        const needed = [...new Set(said)].reduce((bytes, one) => bytes + 2 + one.length, 2);
        const size = { ...roomy, events: told.length + 1 };
        const enough = new Control({ ...size, texts: needed });
        expect(recorded(told, enough)).toEqual(told);
        expect(enough.isFull).toBe(false);
        const short = new Control({ ...size, texts: needed - 1 });
        recorded(told, short);
        expect(short.isFull).toBe(true);
      },
    ),
  );
});
