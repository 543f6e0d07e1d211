import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { methods, omissible } from '../impl/methods.ts';
import { call, giving, object, on, reference, withBody } from '../spec/example.ts';
import type { Family, Program } from '../spec/program.ts';
import type { Surface } from './engines/baton/thread.ts';
import { fitted, lackingIn } from './plan.ts';
import { programsFor } from './programs/index.ts';

const families = Object.keys(methods) as (keyof typeof methods)[];

function without(missing: readonly string[], forms: Surface['forms'] = ['body']): Surface {
  return {
    name: 'partial',
    families,
    missing,
    forms,
    deviations: [],
    benignRaces: [],
    pollingInterval: 0,
    profile: 'strict',
  };
}

/** As little as an implementation of all families can provide. */
const least = without(
  families.flatMap((family) => omissible[family].map((name) => `${family}.${name}`)),
  [],
);

describe('a program is fitted to what is provided', () => {
  const program: Program = {
    objects: [
      object('barrier', { parties: 2, timeout: 1, action: giving(false) }),
      object('cond', { lock: reference(2) }),
      object('lock'),
      object('queue', { maxsize: 1 }),
    ],
    threads: [
      [call('wait', { timeout: 1 }), call('abort')],
      [on(1, call('acquire', { timeout: 1 })), on(3, call('put', { item: 'a', timeout: 1 }))],
      withBody([call('nWaiting')], 'end', 1),
    ],
  };

  test('as it is, if nothing is missing', () => {
    expect(fitted(program, without([]))).toEqual(program);
  });

  test('without arguments of constructors; those without which there is no object stay', () => {
    const missing = ['barrier.create.timeout', 'barrier.create.action', 'queue.create.maxsize'];
    expect(fitted(program, without(missing)).objects).toEqual([
      object('barrier', { parties: 2 }),
      object('cond', { lock: reference(2) }),
      object('lock'),
      object('queue'),
    ]);
    expect(fitted(program, without(['cond.create.lock'])).objects[1]).toEqual(object('cond'));
  });

  test('without calls, their arguments and with-statements, whose bodies stay', () => {
    const missing = ['barrier.abort', 'barrier.wait.timeout', 'cond.acquire.timeout', 'queue.put.timeout'];
    expect(fitted(program, without(missing, [])).threads).toEqual([
      [call('wait')],
      [on(1, call('acquire')), on(3, call('put', { item: 'a' }))],
      [call('nWaiting')],
    ]);
  });

  test.each([...families, 'with'] as const)('whatever is generated for %s', (family: Family) => {
    const arbitrary = programsFor(family, families) as fc.Arbitrary<Program>;
    let lacked = 0;
    fc.assert(
      fc.property(arbitrary, (generated) => {
        lacked += lackingIn(generated, least).length;
        const fit = fitted(generated, least);
        expect(lackingIn(fit, least)).toEqual([]);
        expect(fit.objects.map((made) => made.family)).toEqual(generated.objects.map((made) => made.family));
      }),
      { seed: 1 },
    );
    expect(lacked).toBeGreaterThan(0);
  });
});
