import { getEnvironmentData, workerData } from 'node:worker_threads';
import { load } from '../source.ts';
import { natives } from '../controlled/natives.ts';
import { Control } from './control.ts';
import { type Environment, environmentKey } from './realm.ts';

/*
 * A worker that does what every new thread has to do first, and says that it is there: so long it takes on this
 * machine, at this moment, to start one.
 */
const there = new Int32Array(workerData as SharedArrayBuffer);
const { source, control } = getEnvironmentData(environmentKey) as unknown as Environment;

try {
  await load(source);
} finally {
  natives.store(there, 0, 1);
  new Control(control).beat();
}
