import type { Outcome } from '../../../../spec/history.ts';
import type { Call, Family, ObjectSpec, Value } from '../../../../spec/program.ts';
import { threadFamilies } from '../../../../spec/program.ts';
import { Loaded } from '../../loaded.ts';
import { asValue } from '../../shown.ts';
import { given } from '../given.ts';
import { createObject, invokeOther, objectOf } from '../objects.ts';
import type { Realm } from '../realm.ts';
import { seen } from '../seen.ts';
import { questions as dummy } from './dummy.ts';
import { questions as local } from './local.ts';
import { questions as lowthread } from './lowthread.ts';
import { questions as mod } from './mod.ts';
import { questions as thread } from './thread.ts';
import { questions as timer } from './timer.ts';
import type { Questions } from './question.ts';

/** What can be asked of the objects of each family beside calling their methods and reading their properties. */
const questions: Partial<Record<Family, Questions>> = { thread, timer, local, mod, lowthread, dummy };

/** Makes a call in this thread. @returns how it ended; whatever the implementation does, this does not throw. */
export function outcomeOf(realm: Realm, call: Call): Outcome {
  return outcomeOfAction(realm, () => answer(realm, call));
}

/** How an action on the implementation ended. */
export function outcomeOfAction(realm: Realm, action: () => unknown): Outcome {
  try {
    return { returns: shown(realm, action()) };
  } catch (thrown) {
    return new Loaded(realm.implementation, realm.program.objects, 'body', silent).errorOutcome(thrown);
  }
}

function answer(realm: Realm, call: Call): unknown {
  const { family } = realm.program.objects[call.object] as ObjectSpec;
  if (call.method === 'create') return createObject(realm, call.object);
  if (!threadFamilies.some((own) => own === family)) return invokeOther(realm, call);
  const object = objectOf(realm, call.object);
  const args = given(realm, call.args, (other) => objectOf(realm, other));
  const question = questions[family]?.[call.method];
  if (question !== undefined) return question(object, args, realm);
  const member = (object as Readonly<Record<string, unknown>>)[call.method];
  if (typeof member !== 'function') return member;
  const wanted = Object.keys(args).length > 0 ? [args] : [];
  return member.apply(object, wanted) as unknown;
}

/** A value as histories have it: what is simple as it is, all else as JSON text. */
function shown(realm: Realm, value: unknown): Value {
  const visible = seen(realm, value);
  if (typeof visible !== 'object' || visible === null) return asValue(visible);
  return { json: JSON.stringify(visible) };
}

const silent = { beforeCallback: () => undefined, callback: () => undefined };
