import type { Automaton } from './automaton.ts';
import type { ExampleEvent } from './exampleEvents.ts';
import { programOf } from './checkExample.ts';
import type { ExampleStep, OrderedExample } from './example.ts';
import type { Outcome } from './history.ts';
import { closure, openSteps } from './judge/closure.ts';
import {
  type Automata,
  type CallState,
  type Configuration,
  configurationKey,
  withCall,
  withCallState,
  withoutCallback,
} from './judge/configuration.ts';
import type { Family } from './program.ts';

/** One of the ways that an example can go, as far as it has got. */
interface Run {
  readonly configuration: Configuration;
  /** When each thread's pending call may give up, in seconds. */
  readonly deadlines: readonly (number | undefined)[];
  readonly clock: number;
  readonly events: readonly ExampleEvent[];
}

/**
 * Runs an ordered example on the specification itself: one call at a time, each after all is quiet.
 * @param automatonOf the specification of a family.
 * @returns what every execution that the automata allow shows, as an engine would record it.
 */
export function modelRuns(
  example: OrderedExample,
  automatonOf: (family: Family) => Automaton<unknown>,
): readonly (readonly ExampleEvent[])[] {
  const automata = example.objects.map(({ family }) => automatonOf(family));
  const creations = example.objects.map(({ args }, object) =>
    (automata[object] as Automaton<unknown>).create(args, example.objects),
  );
  const created = creations.map((creation, object): ExampleEvent => {
    const outcome: Outcome = 'raises' in creation ? { raises: creation.raises } : { returns: undefined };
    return { type: 'created', object, outcome, at: 0 };
  });
  const refused = creations.findIndex((creation) => 'raises' in creation);
  if (refused >= 0) return [created.slice(0, refused + 1)];
  const { threads } = programOf(example);
  const objects = creations.map((creation) => ('state' in creation ? creation.state : null));
  const none = threads.map(() => undefined);
  const made = threads.map(() => 0);
  let runs: readonly Run[] = [
    { configuration: { objects, calls: none }, deadlines: none, clock: 0, events: created },
  ];
  for (const [position, step] of example.steps.entries()) {
    runs = distinct(runs.flatMap((run) => afterStep(automata, example, run, position, made)));
    if ('call' in step) made[step.thread] = (made[step.thread] ?? 0) + 1;
  }
  return runs.map(({ events }) => events);
}

function afterStep(
  automata: Automata,
  { objects, steps }: OrderedExample,
  run: Run,
  position: number,
  made: readonly number[],
): readonly Run[] {
  const step = steps[position] as ExampleStep;
  const begun = recorded(run, { type: 'step', step: position, at: run.clock });
  if ('ends' in step) return [begun];
  if ('elapse' in step) return elapsed(automata, begun, begun.clock + step.elapse);
  const { thread, call } = step;
  if (run.configuration.calls[thread] !== undefined) {
    throw new RangeError(`Step ${position}: thread ${thread + 1} still waits for its last call.`);
  }
  const timeout = automata[call.object]?.timeout(call, objects[call.object]?.args ?? {});
  return settled(automata, {
    ...recorded(begun, { type: 'call', thread, call: made[thread] ?? 0, at: run.clock }),
    configuration: withCall(run.configuration, thread, call),
    deadlines: run.deadlines.with(thread, timeout === undefined ? undefined : run.clock + timeout),
  });
}

/** What can have happened when all is quiet again. */
function settled(automata: Automata, run: Run): readonly Run[] {
  return closure(automata, [run.configuration], () => false)
    .filter((configuration) =>
      [...openSteps(automata, configuration)].every(([, step]) => step.due === 'free'),
    )
    .flatMap((configuration) => {
      const after = called({ ...run, configuration });
      return after === undefined ? [returned({ ...run, configuration })] : settled(automata, after);
    });
}

/** What was handed over is called, and the calls go on; undefined if nothing is. */
function called(run: Run): Run | undefined {
  const calling = run.configuration.calls.flatMap((state) => (state?.runs === undefined ? [] : [state]));
  if (calling.length === 0) return undefined;
  return calling.reduce((before, { thread, runs }): Run => {
    const shown = recorded(before, { type: 'callback', thread, outcome: runs as Outcome, at: run.clock });
    return { ...shown, configuration: withoutCallback(shown.configuration, thread) };
  }, run);
}

/** The calls whose outcome is decided return; what is left sleeps. */
function returned(run: Run): Run {
  const calls = run.configuration.calls.filter((state): state is CallState => state !== undefined);
  const after = calls.reduce((before, state) => {
    const { thread, outcome, call } = state;
    if (outcome === undefined) return recorded(before, { type: 'blocked', thread, at: run.clock });
    const enters = call.method === 'with' && 'returns' in outcome;
    return {
      ...recorded(
        before,
        enters
          ? { type: 'enter', thread, value: outcome.returns, at: run.clock }
          : { type: 'end', thread, outcome, at: run.clock },
      ),
      configuration: withCallState(before.configuration, thread, undefined),
      deadlines: before.deadlines.with(thread, undefined),
    };
  }, run);
  return recorded(after, { type: 'quiet', at: run.clock, until: nextDeadline(after) });
}

/** Time passes until this moment; whose time is over on the way gives up first. */
function elapsed(automata: Automata, run: Run, until: number): readonly Run[] {
  const clock = nextDeadline(run);
  if (clock > until) return [{ ...run, clock: until }];
  const thread = run.deadlines.indexOf(clock);
  const state = run.configuration.calls[thread] as CallState;
  const expired: Run = {
    ...run,
    clock,
    configuration: withCallState(run.configuration, thread, { ...state, expired: true }),
    deadlines: run.deadlines.with(thread, undefined),
  };
  return settled(automata, expired).flatMap((next) => elapsed(automata, next, until));
}

function nextDeadline({ deadlines }: Run): number {
  return Math.min(...deadlines.map((deadline) => deadline ?? Infinity));
}

function recorded(run: Run, event: ExampleEvent): Run {
  return { ...run, events: [...run.events, event] };
}

function distinct(runs: readonly Run[]): readonly Run[] {
  return [
    ...new Map(
      runs.map((run) => [`${JSON.stringify(run.events)} ${configurationKey(run.configuration)}`, run]),
    ).values(),
  ];
}
