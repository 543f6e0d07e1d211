import type fc from 'fast-check';
import type { Family, Program } from '../../spec/program.ts';
import { barrierPrograms } from './barrier.ts';
import { bsemPrograms } from './bsem.ts';
import { condPrograms } from './cond.ts';
import { eventPrograms } from './event.ts';
import { lifoPrograms } from './lifo.ts';
import { lockPrograms } from './lock.ts';
import { prioPrograms } from './prio.ts';
import { queuePrograms } from './queue.ts';
import { rlockPrograms } from './rlock.ts';
import { semPrograms } from './sem.ts';
import { simpleqPrograms } from './simpleq.ts';
import { threadPrograms } from './thread.ts';
import { withPrograms } from './with.ts';

const programs: Partial<Record<Family, fc.Arbitrary<Program>>> = {
  lock: lockPrograms,
  rlock: rlockPrograms,
  sem: semPrograms,
  bsem: bsemPrograms,
  event: eventPrograms,
  barrier: barrierPrograms,
  queue: queuePrograms,
  lifo: lifoPrograms,
  prio: prioPrograms,
  simpleq: simpleqPrograms,
  thread: threadPrograms,
};

/**
 * Programs of a family: weighted so that threads contend, time runs out, and every acquire has a release
 * somewhere.
 * @param provided the families that the implementation has.
 */
export function programsFor(family: Family, provided: readonly Family[]): fc.Arbitrary<Program> | undefined {
  if (family === 'cond') return condPrograms(provided);
  return family === 'with' ? withPrograms(provided) : programs[family];
}
