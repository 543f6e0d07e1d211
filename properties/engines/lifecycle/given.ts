import { type Args, type Argument, bodyIn, listIn, referenceIn } from '../../../spec/program.ts';
import { handedOver } from '../handedOver.ts';
import { objectOf } from './objects.ts';
import type { Realm } from './realm.ts';
import { report } from './wire.ts';

/** Arguments as an implementation is given them in this thread: bodies as the functions that act for them. */
export function given(realm: Realm, args: Args): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(args).map(([name, argument]) => [name, materialized(realm, argument)]),
  );
}

function materialized(realm: Realm, argument: Argument): unknown {
  const body = bodyIn(argument);
  if (body !== undefined) return realm.bodies[body];
  const list = listIn(argument);
  if (list !== undefined) return list.map((one) => materialized(realm, one));
  const position = referenceIn(argument);
  if (position !== undefined) return objectOf(realm, position);
  return handedOver({ argument }, [], {
    beforeCallback: () => undefined,
    callback: (outcome) => {
      const thread = realm.actors.at(-1) ?? 0;
      report({ type: 'callback', thread, outcome, at: realm.control.now() });
    },
  })['argument'];
}
