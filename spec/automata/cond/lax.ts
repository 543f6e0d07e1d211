import type { Step, View } from '../../automaton.ts';
import { type CondState, ownerOf, lockOf, takenBack } from './lock.ts';
import type { Choice } from './notify.ts';
import { isOver, isWait, phaseOf, placeOf, type Waiter, type Waiting, type Woken } from './place.ts';

/**
 * The first of the waiters, as many as are meant: any other that was there may go on in their place, so
 * it makes no difference who is named. One whose time is over may use up a notification.
 */
export const transferable: Choice = (waiters, n) => {
  const fresh = waiters.filter((waiter) => !isOver(waiter));
  const counts = [Math.min(n, fresh.length), Math.min(Math.max(0, n - overAmong(waiters)), fresh.length)];
  return [...new Set(counts)].map((count) => fresh.slice(0, count));
};

function overAmong(waiters: readonly Waiter[]): number {
  return waiters.filter(isOver).length;
}

/** What can happen to a waiter of the lax profile beside what can happen to a strict one. */
export function spontaneous(view: View<CondState>): readonly Step<CondState>[] {
  const place = placeOf(view);
  if (place.at === 'waiting') return [goesOn(view, place)];
  if (place.at === 'woken' && isOver(view)) return leavesItToAnother(view, place);
  return [];
}

/** Returns unasked, in the place of one that was notified, or beside them. */
function goesOn(view: View<CondState>, place: Waiting): Step<CondState> {
  const wasThere = place.spared === 'others';
  const named = wasThere ? othersAt(view, 'woken')[0] : undefined;
  const beside = wasThere ? 'cond.notify.more-than-n-free' : 'cond.wait.spurious-free';
  return {
    name: 'goes on unasked',
    open: ownerOf(lockOf(view)) === null,
    due: 'free',
    rules: named === undefined ? [beside] : [],
    ...takenBack(view, place.depth, {
      regained: { after: 'notification', deep: place.depth > 1 },
    }),
    ...(named && { others: { [named.thread]: spared(named.place) } }),
    then: afterwards(view),
  };
}

function afterwards({ call }: View<CondState>) {
  return call.method === 'wait' ? { returns: true } : phaseOf({ at: 'holding', after: 'notification' });
}

/** Its time is over, and another that was there goes on in its place. */
function leavesItToAnother(view: View<CondState>, place: Woken): readonly Step<CondState>[] {
  return othersAt(view, 'waiting')
    .filter((other) => other.place.spared === 'others')
    .map(({ thread, place: { depth } }) => ({
      name: 'leaves it to another',
      open: true,
      due: 'free',
      rules: [],
      others: { [thread]: phaseOf({ ...place, depth }) },
      then: spared(place),
    }));
}

function spared({ depth }: Woken) {
  return phaseOf({ at: 'waiting', depth, spared: 'others' });
}

function othersAt<At extends 'waiting' | 'woken'>({ others }: View<CondState>, at: At) {
  return others.flatMap(({ thread, call, phase }) => {
    const place = isWait(call) ? placeOf({ phase }) : undefined;
    return place?.at === at ? [{ thread, place: place as Extract<typeof place, { at: At }> }] : [];
  });
}
