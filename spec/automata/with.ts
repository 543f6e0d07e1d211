import type { Automaton, Pending, Step, View } from '../automaton.ts';
import type { Outcome } from '../history.ts';
import { bodyError, bodyValue, type Call, type Exit, type Family } from '../program.ts';

/** An object, and the with-statements on it. */
export interface WithState<State> {
  readonly object: State;
  /** The threads whose bodies run, one entry a with-statement, the last begun last. */
  readonly inside: readonly number[];
  /** How the last body ended, until somebody acquires or releases the object again. */
  readonly left: Exit | null;
}

const supported: readonly Family[] = ['lock', 'rlock', 'cond', 'sem', 'bsem'];

/** Whether objects of the family can be used in a with-statement: they have `acquire` and `release`. */
export function supportsWith(family: Family): boolean {
  return supported.includes(family);
}

const exitRules: Readonly<Record<Exit, string>> = {
  end: 'with.releases',
  return: 'with.releases-on-early-exit',
  break: 'with.releases-on-early-exit',
  continue: 'with.releases-on-early-exit',
  throw: 'with.releases-on-throw',
};

/**
 * The automaton of a family whose objects are used in with-statements too.
 *
 * `with` does what `acquire()` does, and its response is the beginning of the body; `leave` does
 * what `release()` does, and its response is how the statement ends. Whether a body was left
 * properly shows in what the object does next: there the rules on leaving are cited.
 */
export function withStatement<State>(base: Automaton<State>): Automaton<WithState<State>> {
  return {
    family: base.family,
    labels: base.labels,
    create(args, objects) {
      const creation = base.create(args, objects);
      return 'raises' in creation
        ? creation
        : { state: { object: creation.state, inside: [], left: null }, rules: creation.rules };
    },
    timeout(call, args) {
      return base.timeout(plainCall(call), args);
    },
    steps(view) {
      if (isStatement(view.call) && !supportsWith(base.family)) return [unsupported()];
      return base.steps(plainView(view)).map((step) => statementStep(view, step));
    },
  };
}

function isStatement({ method }: Call): boolean {
  return method === 'with' || method === 'leave';
}

const plainCalls = new WeakMap<Call, Call>();

/** The call that a part of a with-statement stands for; other calls are what they are. */
function plainCall(call: Call): Call {
  if (!isStatement(call)) return call;
  let plain = plainCalls.get(call);
  if (plain === undefined) {
    plain = { object: call.object, method: call.method === 'with' ? 'acquire' : 'release', args: {} };
    plainCalls.set(call, plain);
  }
  return plain;
}

function plainView<State>(view: View<WithState<State>>): View<State> {
  const plain = (other: Pending): Pending => ({ ...other, call: plainCall(other.call) });
  return {
    ...view,
    state: view.state.object,
    call: plainCall(view.call),
    others: view.others.map(plain),
    elsewhere: view.elsewhere.map(plain),
    objects: view.objects.map((state) => (state as WithState<unknown>).object),
  };
}

function unsupported<State>(): Step<State> {
  const rules = ['with.unsupported', 'with.no-release-if-acquire-fails'];
  return { name: 'refused', open: true, due: 'now', rules, shape: rules, then: { raises: 'TypeError' } };
}

function statementStep<State>(view: View<WithState<State>>, step: Step<State>): Step<WithState<State>> {
  switch (view.call.method) {
    case 'with':
      return enter(view, step);
    case 'leave':
      return leave(view, step);
    default:
      return between(view, step);
  }
}

/** A step of the object, as one of the object with its statements. */
function lift<State>(
  { state, objects }: View<WithState<State>>,
  { state: object, objects: changed, ...step }: Step<State>,
  change: Partial<WithState<State>> = {},
): Step<WithState<State>> {
  return {
    ...step,
    ...(object !== undefined && { state: { ...state, left: null, object, ...change } }),
    ...(changed !== undefined && { objects: liftOthers(objects, changed) }),
  };
}

/** What a step makes of other objects; they too are objects with their statements. */
function liftOthers(
  objects: readonly unknown[],
  changed: Readonly<Record<number, unknown>>,
): Readonly<Record<number, unknown>> {
  return Object.fromEntries(
    Object.entries(changed).map(([position, object]) => {
      const before = objects[Number(position)] as WithState<unknown>;
      return [position, { ...before, left: null, object }];
    }),
  );
}

function enter<State>(view: View<WithState<State>>, step: Step<State>): Step<WithState<State>> {
  const nested = view.state.inside.includes(view.thread) ? ['with.nesting'] : [];
  const { inside } = view.state;
  if ('phase' in step.then) {
    return { ...lift(view, step), rules: [...nested, 'with.acquires', ...step.rules] };
  }
  return {
    ...lift(view, step, { inside: [...inside, view.thread] }),
    rules: [...shownByLeaving(view.state), ...nested, 'with.acquires', 'with.supported', ...step.rules],
    forbidden: [...nested, 'with.acquires', ...(step.forbidden ?? [])],
    shape: ['with.value', 'with.supported'],
  };
}

function leave<State>(view: View<WithState<State>>, step: Step<State>): Step<WithState<State>> {
  if ('phase' in step.then) return lift(view, step);
  const by = view.call.args.by as Exit;
  const { inside } = view.state;
  const last = inside.lastIndexOf(view.thread);
  const released = !('raises' in step.then);
  const how = by === 'throw' ? 'with.propagates' : exitRules[by];
  return {
    ...lift(view, step, { left: by, inside: inside.filter((_, position) => position !== last) }),
    rules: released
      ? [...(by === 'throw' ? [how] : []), ...step.rules]
      : ['with.released-inside', ...step.rules],
    // That it cannot be released shows that it was not acquired; that it was not refused, that it was not released.
    forbidden: released ? ['with.released-inside'] : ['with.acquires', ...(step.forbidden ?? [])],
    shape: [released ? how : 'with.released-inside'],
    then: 'raises' in step.then ? step.then : outcomeOf(by),
  };
}

function outcomeOf(by: Exit): Outcome {
  if (by === 'throw') return { raises: bodyError };
  return { returns: by === 'return' ? bodyValue : undefined };
}

/** A step of a call outside of with-statements: it may show how they did. */
function between<State>(view: View<WithState<State>>, step: Step<State>): Step<WithState<State>> {
  const { inside, left } = view.state;
  const shown = 'phase' in step.then ? [] : shownByLeaving(view.state);
  const wrong = [
    ...(inside.length > 0 ? [left === null ? 'with.acquires' : 'with.nesting'] : []),
    ...(left === null ? [] : [exitRules[left]]),
  ];
  return {
    ...lift(view, step),
    rules: [...shown, ...step.rules],
    forbidden: [...wrong, ...(step.forbidden ?? step.rules)],
  };
}

/** What it shows that the object can be had again after the last with-statement, or not yet. */
function shownByLeaving<State>({ inside, left }: WithState<State>): readonly string[] {
  if (left === null) return [];
  return [inside.length > 0 ? 'with.nesting' : exitRules[left]];
}
