import type { Automaton } from './automaton.ts';
import { checkExample, programOf, type RuleOf } from './checkExample.ts';
import { type Example, type ExploredExample, isExplored, isOrdered, type OrderedExample } from './example.ts';
import { type ExampleEvent, historyIn } from './exampleEvents.ts';
import { Judge } from './judge/judge.ts';
import { modelRuns } from './modelRun.ts';
import { type Family, startsThreads } from './program.ts';
import { canStall } from './stalls.ts';

type AutomatonOf = (family: Family) => Automaton<unknown>;

/**
 * What is wrong with an example, as its own specification sees it: a sentence each. Of examples whose threads the
 * implementation starts, and of whole programs, nothing can be said.
 * @param automatonOf the specification of a family.
 * @param ruleOf what is known of a rule; default what the catalogue has.
 */
export function unsoundIn(example: Example, automatonOf: AutomatonOf, ruleOf?: RuleOf): readonly string[] {
  try {
    if (isExplored(example)) return unsoundExplored(example, automatonOf);
    if (!isOrdered(example) || startsThreads(example.objects)) return [];
    return [...unsoundOrdered(example, automatonOf, ruleOf)];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [error.message];
  }
}

function unsoundExplored(example: ExploredExample, automatonOf: AutomatonOf): readonly string[] {
  if (example.threads.length < 2) return ['An example to explore has at least two threads.'];
  if (startsThreads(example.objects) || !canStall(example, automatonOf)) return [];
  return ['A correct implementation can come to a standstill in it: some thread waits, and nobody is left.'];
}

function* unsoundOrdered(
  example: OrderedExample,
  automatonOf: AutomatonOf,
  ruleOf: RuleOf | undefined,
): Generator<string> {
  if (example.creation === undefined && example.steps.every(({ shows }) => shows.length === 0)) {
    yield 'No step says what it has to show: every implementation would pass it.';
  }
  const results = modelRuns(example, automatonOf).map((events) => resultOf(example, events));
  const wrong = results.find(({ kind }) => kind !== 'shown');
  if (wrong?.kind === 'refuted') {
    const { step, thread, expected, seen } = wrong;
    const where = step < 0 ? 'The constructor' : `After step ${step + 1} thread ${thread + 1}`;
    yield `${where} has to show '${expected}', and the automaton says '${seen}'.`;
  } else if (wrong?.kind === 'masked') {
    yield `The automaton refuses what it does itself: ${wrong.reason}.`;
  } else if (results.length === 0) {
    yield 'The automaton has no way to go through it.';
  } else {
    for (const [step, contradiction] of contradictions(example)) {
      const kinds = modelRuns(contradiction, automatonOf).map((run) => resultOf(contradiction, run).kind);
      if (kinds.every((kind) => kind === 'refuted')) continue;
      yield `What step ${step + 1} has to show is not looked at: the automaton passes the opposite, too.`;
    }
  }

  function resultOf(shown: OrderedExample, events: readonly ExampleEvent[]) {
    const verdict = new Judge(shown.objects, automatonOf).judge(programOf(shown), historyIn(events));
    return checkExample(shown, events, verdict, ruleOf);
  }
}

/** The example with one expectation turned into one that no implementation can meet. */
function* contradictions(example: OrderedExample): Generator<readonly [step: number, OrderedExample]> {
  for (const [position, step] of example.steps.entries()) {
    for (const [place, expectation] of step.shows.entries()) {
      const outcome = { raises: 'NoSuchError' };
      const wrong =
        'callbacks' in expectation
          ? { callbacks: -1, orMore: false }
          : 'oneOf' in expectation
            ? { ...expectation, outcome }
            : { ...about(expectation), outcome };
      const steps = example.steps.with(position, { ...step, shows: step.shows.with(place, wrong) });
      yield [position, { ...example, steps }];
    }
  }
}

function about(expectation: object): { readonly thread?: number } {
  return 'thread' in expectation ? { thread: expectation.thread as number } : {};
}
