import { Lock } from '../impl/threading/lock.ts';
import { type Figure, figure, median } from './figure.ts';

const pairs = 1_000_000;
const rounds = 15;

/** What an uncontended acquire and release of the reference Lock costs beside the two operations that it needs. */
export function benchLock(): readonly Figure[] {
  const lock = new Lock();
  const words = new Int32Array(new SharedArrayBuffer(4));
  const ofLock: number[] = [];
  const ofPair: number[] = [];
  for (let round = -2; round < rounds; round++) {
    // Turn and turn about, so that whatever else the machine does hits both.
    const bare = nanoseconds(() => barePairs(words));
    const own = nanoseconds(() => lockPairs(lock));
    if (round < 0) continue;
    ofPair.push(bare);
    ofLock.push(own);
  }
  const peer = median(ofPair);
  return [
    figure('bare compareExchange + exchange', 'ns', ofPair),
    figure('Lock, uncontended acquire + release', 'ns', ofLock),
    figure(
      'Lock against the bare pair',
      'x',
      ofLock.map((own) => own / peer),
      { atMost: 1.5 },
    ),
  ];
}

/** @param measured returns how many pairs it made, so that none can be left out by the compiler. */
function nanoseconds(measured: () => number): number {
  const start = performance.now();
  const made = measured();
  const milliseconds = performance.now() - start;
  if (made !== pairs) throw new Error(`${made} instead of ${pairs} pairs were made`);
  return (milliseconds * 1e6) / pairs;
}

function barePairs(words: Int32Array<SharedArrayBuffer>): number {
  let made = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const taken = Atomics.compareExchange(words, 0, 0, 1) === 0;
    if (Atomics.exchange(words, 0, 0) === 1 && taken) made++;
  }
  return made;
}

function lockPairs(lock: Lock): number {
  let made = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (lock.acquire()) made++;
    lock.release();
  }
  return made;
}
