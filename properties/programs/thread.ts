import fc from 'fast-check';
import { call, object, on } from '../../spec/example.ts';
import { body } from '../../spec/lifecycle.ts';
import type { Call, Program } from '../../spec/program.ts';

/** Calls that any thread can make on a Thread, of which joining waits only for those that come later. */
const looks = fc.oneof(
  { weight: 3, arbitrary: fc.constant(call('isAlive')) },
  { weight: 2, arbitrary: fc.constant(call('join', { timeout: 0.0002 })) },
  { weight: 1, arbitrary: fc.constant(call('join', { timeout: 0 })) },
);
const waits = fc.oneof(
  { weight: 3, arbitrary: fc.constant(call('join')) },
  { weight: 1, arbitrary: fc.constant(call('join', { timeout: null })) },
);
const starts = fc.constant(call('start'));

/**
 * Programs in which the main thread starts one to three others, and all look at each other and wait for each
 * other: a thread waits only for those that come after it, so that no two wait for each other.
 */
export const threadPrograms: fc.Arbitrary<Program> = fc.integer({ min: 1, max: 3 }).chain((count) => {
  const others = Array.from({ length: count }, (_, position) => position);
  const bodies = others.map((own) => {
    const calls = fc.array(about(others, own), { maxLength: 3 });
    return calls.map((made) => [on(own, call('begins')), ...made, on(own, call('leaves'))]);
  });
  // In JavaScript a Thread is started by the thread that made it. A second start is refused.
  const once = others.map((position) => [on(position, call('start'))]);
  const again = fc.tuple(fc.constantFrom(...others), starts).map(([position, made]) => on(position, made));
  const rest = fc.array(
    fc.oneof({ weight: 6, arbitrary: about(others, -1) }, { weight: 1, arbitrary: again }),
    { minLength: 1, maxLength: 5 },
  );
  const main = rest
    .chain((made) => fc.shuffledSubarray([...once, ...made.map((one) => [one])], whole(count + made.length)))
    .map((parts) => parts.flat());
  return fc.tuple(main, ...bodies).map((threads) => ({
    objects: others.map((position) => object('thread', { target: body(position + 2) })),
    threads,
  }));
});

function about(others: readonly number[], own: number): fc.Arbitrary<Call> {
  const later = others.filter((other) => other > own);
  const looking = fc.tuple(fc.constantFrom(...others), looks);
  const waiting = later.length === 0 ? looking : fc.tuple(fc.constantFrom(...later), waits);
  return fc.oneof(looking, waiting).map(([position, made]) => on(position, made));
}

function whole(length: number): { minLength: number; maxLength: number } {
  return { minLength: length, maxLength: length };
}
