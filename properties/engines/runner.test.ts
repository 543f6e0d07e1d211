import { describe, expect, test } from 'vitest';
import { defineImplementation } from '../../impl/defineImplementation.ts';
import { describeOutcome, describeValue, type Outcome } from '../../spec/history.ts';
import { object } from '../../spec/example.ts';
import { bodyValue, type Call, type Exit, type Value } from '../../spec/program.ts';
import { Loaded } from './loaded.ts';
import { runCalls, type Stage } from './runner.ts';

const over = { over: true };

/** A stage that writes down what it is told, and ends the execution before the boundary of this number. */
class Recording implements Stage {
  readonly told: string[] = [];
  unwinding = false;
  #boundaries: number;

  constructor(boundaries = Infinity) {
    this.#boundaries = boundaries;
  }

  boundary(): void {
    if (this.#boundaries-- > 0) return;
    this.unwinding = true;
    throw over;
  }

  call(position: number): void {
    this.told.push(`call ${position}`);
  }

  enter(value: Value): void {
    this.told.push(`enter ${describeValue(value)}`);
  }

  end(outcome: Outcome): void {
    this.told.push(
      'raises' in outcome ? `raises ${outcome.raises}` : `returns ${JSON.stringify(outcome.returns)}`,
    );
  }

  beforeCallback(): void {
    this.told.push('calls back');
  }

  callback(outcome: Outcome): void {
    this.told.push(`which ${describeOutcome(outcome)}`);
  }

  async drained(): Promise<void> {
    this.told.push('drained');
  }

  isUnwind(thrown: unknown): boolean {
    return thrown === over;
  }
}

const acquire: Call = { object: 0, method: 'acquire', args: {} };
const release: Call = { object: 0, method: 'release', args: {} };

function statement(by: Exit, ...body: readonly Call[]): readonly Call[] {
  return [{ object: 0, method: 'with', args: {} }, ...body, { object: 0, method: 'leave', args: { by } }];
}

interface Behaviour {
  readonly acquire?: () => unknown;
  readonly body?: (object: unknown, body: (value: unknown) => unknown) => unknown;
  readonly guard?: () => Disposable | PromiseLike<Disposable>;
  readonly stage?: Recording;
}

/** What the stage is told of these calls. */
function shown(calls: readonly Call[], behaviour: Behaviour = {}): readonly string[] {
  const { stage, pending } = begun(calls, behaviour);
  expect(pending).toBeUndefined();
  return stage.told;
}

/** The same where a call returns a promise: all that the stage is told to the end. */
async function shownLater(calls: readonly Call[], behaviour: Behaviour): Promise<readonly string[]> {
  const { stage, pending } = begun(calls, behaviour);
  expect(pending).toBeInstanceOf(Promise);
  await pending;
  return stage.told;
}

function begun(
  calls: readonly Call[],
  behaviour: Behaviour,
): { readonly stage: Recording; readonly pending: Promise<void> | undefined } {
  const { acquire: acquires = () => true, stage = new Recording(), body, guard } = behaviour;
  const implementation = defineImplementation({
    name: 'mine',
    lock: { create: () => null, open: () => null, acquire: acquires, release: () => undefined },
    with: { ...(body && { body }), ...(guard && { guard }) },
  });
  const loaded = new Loaded(implementation, [object('lock')], body === undefined ? 'guard' : 'body', stage);
  return { stage, pending: runCalls(stage, loaded, calls, [null]) };
}

describe('calls', () => {
  test('are made in order, and what they return or throw is told', () => {
    expect(shown([acquire, release])).toEqual(['call 0', 'returns true', 'call 1', 'returns undefined']);
    const throwing = () => {
      throw new RangeError('no');
    };
    expect(shown([acquire, release], { acquire: throwing })).toEqual([
      'call 0',
      'raises RangeError',
      'call 1',
      'returns undefined',
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'throws nothing that has a name',
      () => {
        throw undefined;
      },
      'raises a thrown undefined',
    ],
    ['returns a function', () => () => true, 'returns {"json":"a function"}'],
    ['returns a big integer', () => 1n, 'returns {"json":"1n"}'],
    [
      'returns what cannot be looked at',
      () => Proxy.revocable({}, {}),
      'returns {"json":"{\\"proxy\\":{}}"}',
    ],
  ])('a call that %s is told too', (_, behaviour, expected) => {
    expect(shown([acquire, release], { acquire: behaviour })).toEqual([
      'call 0',
      expected,
      'call 1',
      'returns undefined',
    ]);
  });

  test('end when the execution does', () => {
    const stage = new Recording(1);
    expect(() => shown([acquire, release], { stage })).toThrow(expect.objectContaining(over));
    expect(stage.told).toEqual(['call 0', 'returns true']);
  });

  test('end although what ends them is swallowed', () => {
    const stage = new Recording();
    const swallowing = () => {
      stage.unwinding = true;
      return true;
    };
    expect(shown([acquire, release], { stage, acquire: swallowing })).toEqual(['call 0']);
  });
});

describe('a with-statement', () => {
  const body = (_: unknown, run: (value: unknown) => unknown) => run('entered');
  const disposed: string[] = [];
  const guard = () => ({ [Symbol.dispose]: () => void disposed.push('disposed') });

  test.each<[Exit, string]>([
    ['end', 'returns undefined'],
    ['return', `returns "${bodyValue}"`],
    ['throw', 'raises BodyError'],
  ])('with a body that leaves by %s', (by, outcome) => {
    const told = [
      'call 0',
      "enter 'entered'",
      'call 1',
      'returns undefined',
      'call 2',
      outcome,
      'call 3',
      'returns true',
    ];
    expect(shown([...statement(by, release), acquire], { body })).toEqual(told);
  });

  test.each<[Exit, string]>([
    ['end', 'returns undefined'],
    ['return', `returns "${bodyValue}"`],
    ['break', 'returns undefined'],
    ['continue', 'returns undefined'],
    ['throw', 'raises BodyError'],
  ])('with a guard that is left by %s disposes of it once', (by, outcome) => {
    disposed.length = 0;
    expect(shown(statement(by), { guard })).toEqual(['call 0', 'enter true', 'call 1', outcome]);
    expect(disposed).toEqual(['disposed']);
  });

  test('inside another one', () => {
    expect(shown(statement('end', ...statement('return')), { body })).toEqual([
      'call 0',
      "enter 'entered'",
      'call 1',
      "enter 'entered'",
      'call 2',
      `returns "${bodyValue}"`,
      'call 3',
      'returns undefined',
    ]);
  });

  test('that does not run its body goes on behind it', () => {
    expect(shown([...statement('end', release), acquire], { body: () => 'skipped' })).toEqual([
      'call 0',
      'returns "skipped"',
      'call 3',
      'returns true',
    ]);
  });

  test('without a guard to dispose of raises', () => {
    const none = () => undefined as unknown as Disposable;
    expect(shown(statement('end'), { guard: none })).toEqual([
      'call 0',
      'enter true',
      'call 1',
      'raises TypeError',
    ]);
  });
});

describe('calls that return promises', () => {
  const later = async () => {
    await Promise.resolve();
    return true;
  };

  test('end when those are settled, and what is left to do is done before the next one', async () => {
    expect(await shownLater([acquire, release, acquire], { acquire: later })).toEqual([
      'call 0',
      'returns true',
      'drained',
      'call 1',
      'returns undefined',
      'drained',
      'call 2',
      'returns true',
      'drained',
    ]);
  });

  test('raise what those are rejected with', async () => {
    const told = await shownLater([acquire], { acquire: () => Promise.reject(new RangeError('no')) });
    expect(told).toEqual(['call 0', 'raises RangeError', 'drained']);
  });

  test('may return what does as promises do', async () => {
    // oxlint-disable-next-line promise/prefer-await-to-then -- what this is about
    const thenable = { then: (resolve: (value: string) => void) => resolve('at last') };
    expect(await shownLater([acquire], { acquire: () => thenable })).toEqual([
      'call 0',
      'returns "at last"',
      'drained',
    ]);
  });

  test('end when the execution does', async () => {
    const stage = new Recording(1);
    await expect(shownLater([acquire, release], { stage, acquire: later })).rejects.toBe(over);
    expect(stage.told).toEqual(['call 0', 'returns true', 'drained']);
  });

  test.each<[Exit, string]>([
    ['end', 'returns undefined'],
    ['return', `returns "${bodyValue}"`],
    ['break', 'returns undefined'],
    ['continue', 'returns undefined'],
    ['throw', 'raises BodyError'],
  ])('keep a guard that is left by %s until its body ends', async (by, outcome) => {
    const stage = new Recording();
    const dispose = () => void stage.told.push('disposed');
    const guard = async () => ({ [Symbol.dispose]: dispose });
    expect(await shownLater(statement(by, acquire), { stage, guard, acquire: later })).toEqual([
      'call 0',
      'enter true',
      'call 1',
      'returns true',
      'drained',
      'call 2',
      'disposed',
      outcome,
      'drained',
    ]);
  });

  test('run the body of a with-statement as part of it', async () => {
    const body = async (_: unknown, run: (value: unknown) => unknown) => await run('entered');
    expect(await shownLater(statement('return', acquire), { body, acquire: later })).toEqual([
      'call 0',
      "enter 'entered'",
      'call 1',
      'returns true',
      'drained',
      'call 2',
      `returns "${bodyValue}"`,
      'drained',
    ]);
  });
});
