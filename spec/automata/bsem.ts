import type { Automaton, View } from '../automaton.ts';
import { counterAutomaton, type CounterState, type Release, releaseLabels } from './counter.ts';

/** Phase of a release that had another one take effect while it was pending. */
const overtaken = 'overtaken';

/** Releases that compete with the caller's: each that takes effect first leaves less room for the rest. */
function competitors({ others }: View<CounterState>) {
  return others.filter(({ call }) => call.method === 'release');
}

/** BoundedSemaphore: never more units than it began with. */
const release: Release = (view, units) => {
  const { count, initial } = view.state;
  const rivals = competitors(view);
  const raced = view.phase === overtaken || rivals.length > 0;
  const race = raced ? ['bsem.release.race'] : [];
  const beyond = units > 1 && count < initial ? 'bsem.release.n-all-or-nothing' : 'bsem.release.over-raises';
  return [
    {
      name: 'released',
      open: count + units <= initial,
      due: 'now',
      rules: ['bsem.release.bound-is-initial', ...race],
      forbidden: raced ? race : [beyond],
      shape: ['bsem.is-semaphore'],
      labels: releaseLabels(view, units),
      state: { count: count + units, initial, origin: 'released' },
      others: Object.fromEntries(rivals.map(({ thread }) => [thread, { phase: overtaken }])),
      then: { returns: undefined },
    },
    {
      name: 'refused',
      open: count + units > initial,
      due: 'now',
      rules: [beyond, ...(view.phase === overtaken ? race : [])],
      forbidden: ['bsem.release.bound-is-initial', ...race],
      shape: [beyond],
      labels: view.phase === overtaken ? ['refused because another release came first'] : [],
      then: { raises: 'ValueError' },
    },
  ];
};

const semaphore = 'bsem.is-semaphore';

/** BoundedSemaphore: a semaphore that refuses to be released more often than acquired. */
export const bsemAutomaton: Automaton<CounterState> = counterAutomaton(
  'bsem',
  {
    byDefault: semaphore,
    value: semaphore,
    zero: semaphore,
    negative: semaphore,
    positive: semaphore,
    blocks: semaphore,
    returnsTrue: semaphore,
    tryFails: semaphore,
    polls: semaphore,
    expires: semaphore,
    inTime: semaphore,
    unlimited: semaphore,
    nonblockingTimeout: semaphore,
    neverMore: 'bsem.limits-holders',
    wakes: semaphore,
    invalidRelease: semaphore,
  },
  release,
  ['refused because another release came first'],
);
