import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { call, object } from '../../../spec/example.ts';
import { BatonEngine } from './engine.ts';

const engine = new BatonEngine(1, { execution: 60_000, loading: 60_000 });
afterAll(() => engine.close());

const source = { module: new URL('../../../impl/reference.ts', import.meta.url).href };
const program = {
  objects: [object('lock')],
  threads: [[call('acquire'), call('locked')]],
};

test('a script lets as much time pass as it says: a moment or decades', async () => {
  const seconds = fc.oneof(
    fc.double({ min: 1e-3, max: 2000, noNaN: true }),
    fc.integer({ min: 2000, max: 2_000_000_000 }),
  );
  await fc.assert(
    fc.asyncProperty(seconds, async (elapse) => {
      const script = [{ thread: 0 }, { elapse }, { thread: 0 }];
      const { executions } = await engine.run({
        source,
        form: 'body',
        program,
        schedules: [{ kind: 'script', script }],
      });
      expect(executions[0]?.events.at(-1)).toMatchObject({
        type: 'end',
        at: expect.closeTo(elapse, 5) as number,
      });
    }),
    { numRuns: 30 },
  );
});
