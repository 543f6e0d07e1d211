import type { Automaton, Creation, Profile, View } from '../automaton.ts';
import { type Args, type Call, type ObjectSpec, referenceIn } from '../program.ts';
import { waitArguments } from './cond/arguments.ts';
import { spontaneous, transferable } from './cond/lax.ts';
import { type CondState, delegated } from './cond/lock.ts';
import { exactly, notify } from './cond/notify.ts';
import { isWait } from './cond/place.ts';
import { wait } from './cond/wait.ts';
import { waitFor } from './cond/waitFor.ts';
import { rlockAutomaton } from './rlock.ts';

/** Condition: wakes exactly as many waiters as it is asked to, and none unasked. */
export const condAutomaton: Automaton<CondState> = automatonFor('strict');

/** Condition as the documentation leaves it open: it may wake more, and a wait may return unasked. */
export const laxCondAutomaton: Automaton<CondState> = automatonFor('lax');

function automatonFor(profile: Profile): Automaton<CondState> {
  return {
    family: 'cond',
    labels: [
      'granted after sleeping on the lock',
      'waited with more than one level',
      'more waiters than were meant',
      'several waiters at notifyAll',
      'waiters on two conditions of one lock',
      'notified while the predicate was false',
      'notified when time was over',
      'expired while another had the lock',
      'expired',
      'waitFor gave up',
    ],
    create,
    timeout,
    steps(view) {
      switch (view.call.method) {
        case 'acquire':
        case 'release':
        case 'locked':
          return delegated(view);
        case 'wait':
          return [...wait(view), ...unasked(view, profile)];
        case 'waitFor':
          return [...waitFor(view), ...unasked(view, profile)];
        case 'notify':
        case 'notifyAll':
          return notify(view, profile === 'lax' ? transferable : exactly);
        default:
          throw new RangeError(`A condition has no method '${view.call.method}'.`);
      }
    },
  };
}

function unasked(view: View<CondState>, profile: Profile) {
  return profile === 'lax' ? spontaneous(view) : [];
}

function create({ lock, ...others }: Args, objects: readonly ObjectSpec[]): Creation<CondState> {
  const state = { regained: null, departed: null, unheard: null };
  const own = lock === undefined || lock === null;
  if (own && Object.keys(others).length === 0) {
    const free = { owner: null, level: 0, highest: 0 };
    return { state: { lock: free, ...state }, rules: ['cond.new.default-rlock'] };
  }
  const position = referenceIn(lock);
  const family = position === undefined ? undefined : objects[position]?.family;
  const fits = (family === 'lock' || family === 'rlock') && Object.keys(others).length === 0;
  return fits && position !== undefined
    ? { state: { lock: position, ...state }, rules: ['cond.new.given-lock'] }
    : { raises: 'TypeError', rules: ['cond.new.lock-type'] };
}

function timeout(call: Call): number | undefined {
  if (isWait(call)) {
    const meaning = waitArguments(call);
    return meaning.kind === 'wait' ? meaning.timeout : undefined;
  }
  // What a time-out of an acquire means does not depend on the lock.
  return call.method === 'acquire' ? rlockAutomaton.timeout(call, {}) : undefined;
}
