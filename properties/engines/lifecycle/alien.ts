import { extname } from 'node:path';
import { workerData } from 'node:worker_threads';
import { thisRealm } from './realm.ts';

/*
 * A worker that no implementation has started, and in which the functions of one are called: it runs the body of one
 * of the program's threads.
 */
const realm = await thisRealm();
await import(`./bodies${extname(new URL(import.meta.url).pathname)}`);
realm.bodies[workerData as number]?.();
