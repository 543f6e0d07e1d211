import type { History } from '../../history.ts';
import type { Program } from '../../program.ts';

/** True if a thread was asked what the system calls it, and that is not how its name begins. */
export function isNamelessInSystem(history: History, program: Program): boolean {
  const name = program.objects[0]?.args['name'];
  const asking = program.threads.findIndex((calls) => calls.some(({ method }) => method === 'nameInSystem'));
  const answer = history.find((event) => event.type === 'end' && event.thread === asking);
  if (typeof name !== 'string' || answer?.type !== 'end' || !('returns' in answer.outcome)) return false;
  const { returns } = answer.outcome;
  return typeof returns !== 'string' || returns === '' || !name.startsWith(returns);
}
