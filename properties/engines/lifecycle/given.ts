import { type Args, type Argument, bodyIn, listIn, referenceIn } from '../../../spec/program.ts';
import { handedOver } from '../handedOver.ts';
import type { Realm } from './realm.ts';
import { report } from './wire.ts';

/**
 * Arguments as an implementation is given them in this thread: bodies as the functions that act for them.
 * @param objectOf the program's objects as they are open here, by position.
 */
export function given(
  realm: Realm,
  args: Args,
  objectOf: (position: number) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(args).map(([name, argument]) => [name, materialized(realm, argument, objectOf)]),
  );
}

function materialized(realm: Realm, argument: Argument, objectOf: (position: number) => unknown): unknown {
  const body = bodyIn(argument);
  if (body !== undefined) return realm.bodies[body];
  const list = listIn(argument);
  if (list !== undefined) return list.map((one) => materialized(realm, one, objectOf));
  const position = referenceIn(argument);
  if (position !== undefined) return objectOf(position);
  return handedOver({ argument }, [], {
    beforeCallback: () => undefined,
    callback: (outcome) => {
      const thread = realm.actors.at(-1) ?? 0;
      report({ type: 'callback', thread, outcome, at: realm.control.now() });
    },
  })['argument'];
}
