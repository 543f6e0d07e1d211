import type { Automaton, Profile } from './automaton.ts';
import { barrierAutomaton } from './automata/barrier.ts';
import { bsemAutomaton } from './automata/bsem.ts';
import { cellAutomaton } from './automata/cell.ts';
import { condAutomaton, laxCondAutomaton } from './automata/cond.ts';
import { eventAutomaton } from './automata/event.ts';
import { lifoAutomaton } from './automata/lifo.ts';
import { lockAutomaton } from './automata/lock.ts';
import { prioAutomaton } from './automata/prio.ts';
import { queueAutomaton } from './automata/queue.ts';
import { rlockAutomaton } from './automata/rlock.ts';
import { semAutomaton } from './automata/sem.ts';
import { simpleqAutomaton } from './automata/simpleq.ts';
import { withStatement } from './automata/with.ts';
import { threadAutomaton } from './automata/thread.ts';
import { timerAutomaton } from './automata/timer.ts';
import type { Family } from './program.ts';
import type { NotApplicable, Rule } from './rule.ts';
import { rules as barrier } from './rules/barrier.ts';
import { rules as bsem } from './rules/bsem.ts';
import { rules as cond } from './rules/cond.ts';
import { rules as dummy } from './rules/dummy.ts';
import { rules as event } from './rules/event.ts';
import { rules as iter } from './rules/iter.ts';
import { rules as lifo } from './rules/lifo.ts';
import { rules as local } from './rules/local.ts';
import { rules as lock } from './rules/lock.ts';
import { rules as lowthread } from './rules/lowthread.ts';
import { rules as mod } from './rules/mod.ts';
import { rules as model } from './rules/model.ts';
import { rules as prio } from './rules/prio.ts';
import { rules as prog } from './rules/prog.ts';
import { rules as queue } from './rules/queue.ts';
import { rules as rlock } from './rules/rlock.ts';
import { rules as sem } from './rules/sem.ts';
import { rules as simpleq } from './rules/simpleq.ts';
import { rules as thread } from './rules/thread.ts';
import { rules as timer } from './rules/timer.ts';
import { rules as withRules } from './rules/with.ts';

/**
 * The rules of every family, in the order of the catalogue. What holds of all primitives
 * comes last: where a primitive's own rule is broken, that one says more.
 */
export const rulesOf: ReadonlyMap<Family, readonly (Rule | NotApplicable)[]> = new Map<
  Family,
  readonly (Rule | NotApplicable)[]
>([
  ['lock', lock],
  ['rlock', rlock],
  ['cond', cond],
  ['sem', sem],
  ['bsem', bsem],
  ['event', event],
  ['barrier', barrier],
  ['with', withRules],
  ['queue', queue],
  ['lifo', lifo],
  ['prio', prio],
  ['simpleq', simpleq],
  ['mod', mod],
  ['lowthread', lowthread],
  ['local', local],
  ['thread', thread],
  ['timer', timer],
  ['dummy', dummy],
  ['iter', iter],
  ['prog', prog],
  ['model', model],
]);

const byId = new Map([...rulesOf.values()].flat().map((rule) => [rule.id, rule]));

/** The rule with this id; undefined if there is none. */
export function ruleById(id: string): Rule | NotApplicable | undefined {
  return byId.get(id);
}

const automata = byFamily([
  lockAutomaton,
  rlockAutomaton,
  condAutomaton,
  semAutomaton,
  bsemAutomaton,
  eventAutomaton,
  barrierAutomaton,
  queueAutomaton,
  lifoAutomaton,
  prioAutomaton,
  simpleqAutomaton,
  cellAutomaton,
  threadAutomaton,
  timerAutomaton,
]);

/** What the lax profile is held to instead. */
const laxAutomata = byFamily([laxCondAutomaton]);

/** @param list automata, whatever their states are. */
function byFamily(
  list: readonly Pick<Automaton<unknown>, 'family'>[],
): ReadonlyMap<Family, Automaton<unknown>> {
  return new Map(list.map((automaton) => [automaton.family, automaton as Automaton<unknown>]));
}

/**
 * The specification of the objects of a family, outside of with-statements.
 * @throws RangeError if the family has no objects of its own.
 */
export function plainAutomatonOf(family: Family, profile: Profile = 'strict'): Automaton<unknown> {
  const automaton = (profile === 'lax' ? laxAutomata.get(family) : undefined) ?? automata.get(family);
  if (automaton === undefined) throw new RangeError(`No object belongs to the family '${family}'.`);
  return automaton;
}

/** True for the families whose objects have an executable specification. */
export function hasAutomaton(family: Family): boolean {
  return automata.has(family);
}

const extended = new Map<Automaton<unknown>, Automaton<unknown>>();

/**
 * The specification of the objects of a family, in with-statements and outside.
 * @throws RangeError if the family has no objects of its own.
 */
export function automatonOf(family: Family, profile: Profile = 'strict'): Automaton<unknown> {
  const plain = plainAutomatonOf(family, profile);
  let automaton = extended.get(plain);
  if (automaton === undefined) {
    automaton = withStatement(plain);
    extended.set(plain, automaton);
  }
  return automaton;
}
