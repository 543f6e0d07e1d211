import { writeSync } from 'node:fs';
import { reuseWorkers, Thread, threadFunction } from '../../dist/impl/threading/index.js';

/*
 * Measures what it takes to start a thread that does nothing, and to join it: the first one of a process, which starts
 * the broker as well; later ones, each in a worker of its own; and in workers that are kept. JavaScript, as the
 * published package is: types that have to be erased first would be measured too.
 */
const nothing = threadFunction(import.meta, function nothing() {});

function startAndJoin() {
  const begun = performance.now();
  const thread = new Thread({ target: nothing });
  thread.start();
  thread.join();
  return performance.now() - begun;
}

if (import.meta.main) {
  const [colds, kept] = process.argv.slice(2).map(Number);
  const first = startAndJoin();
  const cold = Array.from({ length: colds }, startAndJoin);
  reuseWorkers(2);
  startAndJoin();
  const idle = Array.from({ length: kept }, startAndJoin);
  writeSync(1, JSON.stringify({ first, cold, idle }));
}
