// First, before anything looks whether builtins are what they were.
import { watchAliases } from './builtins.ts';
import { cells } from '../../controlled/layout.ts';
import { checkBy } from '../hooks.ts';
import { type Done, playDressed, type PlayTask } from '../worker.ts';
import { Detector } from './detector.ts';
import type { Race } from './race.ts';
import { own, transformChecked } from './transform.ts';
import { watchBeginning, watchBy } from './watch.ts';

watchAliases();
checkBy(transformChecked, Object.values(own));

/** What a batch came to, and the races that it has. */
export type PlayedWithRaces = Done<unknown> & { readonly races: readonly Race[] };

/** Plays a batch, and looks at every access to shared memory meanwhile. */
export default async function play(task: PlayTask): Promise<PlayedWithRaces> {
  const detector = new Detector(task.program.threads.length);
  try {
    const played = await playDressed(task, (cast, control) => ({
      ...cast,
      restore: () => {
        watchBy(undefined);
        cast.restore();
        detector.begin(control.get(cells.execution));
        watchBy(detector);
      },
      begin: (thread) => watchBeginning(thread, () => cast.begin(thread)),
    }));
    return { ...played, races: detector.races };
  } finally {
    watchBy(undefined);
  }
}
