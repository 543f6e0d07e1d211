/*
 * Calls what the command line does not reach: the asynchronous twins, from a thread that must not
 * block, and what queues do with items of every kind. A plain program, because coverage is exact for
 * what Node itself loads.
 */
import { checkBarriers } from './asyncTwins/barriers.ts';
import { checkConditions } from './asyncTwins/conditions.ts';
import { checkItems } from './asyncTwins/items.ts';
import { checkLocks } from './asyncTwins/locks.ts';
import { checkPages } from './asyncTwins/pages.ts';
import { checkQueues } from './asyncTwins/queues.ts';

// A pending Atomics.waitAsync does not keep Node running.
const awake = setInterval(() => undefined, 60_000);
await checkLocks();
await checkConditions();
await checkBarriers();
await checkQueues();
await checkItems();
await checkPages();
clearInterval(awake);
