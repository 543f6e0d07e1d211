import type fc from 'fast-check';
import type { DocumentedFamily, Family, Program } from '../../spec/program.ts';
import { documented, type Rulebook } from '../../spec/rulebook.ts';
import { barrierPrograms } from './barrier.ts';
import { bsemPrograms } from './bsem.ts';
import { condPrograms } from './cond.ts';
import { eventPrograms } from './event.ts';
import { lifoPrograms } from './lifo.ts';
import { lockPrograms } from './lock.ts';
import { ownPrograms } from './own.ts';
import { prioPrograms } from './prio.ts';
import { queuePrograms } from './queue.ts';
import { rlockPrograms } from './rlock.ts';
import { semPrograms } from './sem.ts';
import { simpleqPrograms } from './simpleq.ts';
import { threadPrograms } from './thread.ts';
import { withPrograms } from './with.ts';

const programs: Partial<Record<DocumentedFamily, fc.Arbitrary<Program>>> = {
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
 * @param rulebook has those that are its user's own.
 */
export function programsFor(
  family: Family,
  provided: readonly Family[],
  rulebook: Rulebook = documented,
): fc.Arbitrary<Program> | undefined {
  const own = rulebook.specification(family);
  if (own !== undefined) return ownPrograms(own);
  if (family === 'cond') return condPrograms(provided);
  return family === 'with' ? withPrograms(provided) : programs[family as DocumentedFamily];
}
