import type { Automaton } from '../automaton.ts';
import { counterAutomaton, type CounterState, type Release, releaseLabels } from './counter.ts';

/** Semaphore: whoever likes may release it, as often as it likes. */
const release: Release = (view, units) => {
  const { count, initial } = view.state;
  const adds = units > 1 ? 'sem.release.n' : 'sem.release.increments';
  const above = count + units > initial;
  return [
    {
      name: 'released',
      open: true,
      due: 'now',
      rules: [adds, ...(above ? ['sem.release.above-initial'] : [])],
      shape: [adds],
      labels: releaseLabels(view, units),
      state: { count: count + units, initial, origin: 'released' },
      then: { returns: undefined },
    },
    {
      name: 'refused for its bound',
      open: false,
      due: 'free',
      rules: [above ? 'sem.release.above-initial' : adds],
      then: { raises: 'ValueError' },
    },
    {
      name: 'refused for its caller',
      open: false,
      due: 'free',
      rules: ['sem.release.any-thread'],
      then: { raises: 'RuntimeError' },
    },
  ];
};

/** Semaphore: a counter of units, without an upper bound and without owners. */
export const semAutomaton: Automaton<CounterState> = counterAutomaton(
  'sem',
  {
    byDefault: 'sem.new.default-one',
    value: 'sem.new.value',
    zero: 'sem.new.zero-blocks-first',
    negative: 'sem.new.negative-raises',
    positive: 'sem.acquire.positive',
    blocks: 'sem.acquire.zero-blocks',
    returnsTrue: 'sem.acquire.returns-true',
    tryFails: 'sem.acquire.nonblocking-fails',
    polls: 'sem.acquire.nonpositive-timeout',
    expires: 'sem.acquire.timeout-expires',
    inTime: 'sem.acquire.timeout-succeeds',
    unlimited: 'sem.acquire.timeout-none',
    nonblockingTimeout: 'sem.acquire.nonblocking-timeout-raises',
    neverMore: 'sem.counter.never-negative',
    wakes: 'sem.no-lost-wakeup',
    exactly: 'sem.release.lets-exactly-n',
    invalidRelease: 'sem.release.n-invalid',
  },
  release,
  [],
);
