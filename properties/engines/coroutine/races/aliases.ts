import { replace } from '../../controlled/replace.ts';
import { point, steppedBy } from '../runtime.ts';
import { tie, type Twin, type Twinned } from '../twins.ts';
import * as atomics from './atomics.ts';

const acts = {
  load: atomics.load,
  store: atomics.store,
  add: atomics.add,
  sub: atomics.sub,
  and: atomics.and,
  or: atomics.or,
  xor: atomics.xor,
  exchange: atomics.exchange,
  compareExchange: atomics.compareExchange,
  notify: atomics.notify,
} as const;

/** Operations of `Atomics` under other names tell what they order, too. Done once, after they are replaced for the player. */
export function watchAliases(): void {
  for (const name of Object.keys(acts) as (keyof typeof acts)[]) {
    const act = acts[name] as Twinned;
    const refusing = Atomics[name] as Twinned;
    const atOnce: Twinned = (...given) => (steppedBy() === undefined ? act(...given) : refusing(...given));
    const own: Twin = function* (array, index, ...operands) {
      if (point(name, array, index as number)) yield;
      return act(array, index, ...operands);
    };
    replace(Atomics, name, tie(atOnce, own));
  }
  tie(Atomics.wait, function* (array, index, value, timeout) {
    if (point('wait', array, index as number)) yield;
    if (atomics.sleep(array as never, index as number, value as number, timeout as number)) yield;
    return atomics.slept();
  });
  tie(Atomics.waitAsync, function* (array, index, value, timeout) {
    if (point('waitAsync', array, index as number)) yield;
    return atomics.waitAsync(array as never, index as number, value as number, timeout as number);
  });
}
