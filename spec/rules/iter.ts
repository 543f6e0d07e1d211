import { type NotApplicable, notApplicable } from '../rule.ts';

const unshared =
  'JavaScript threads share memory and nothing else: an iterator and what it iterates over belong to one thread, which no other can advance.';

/** The rows on iterators that threads share, as Python has them from 3.15 on. */
export const rules: readonly NotApplicable[] = [
  'iter.serialize.each-once',
  'iter.serialize.exclusive',
  'iter.serialize.no-buffering',
  'iter.synchronized.wraps',
  'iter.tee.all-see-all',
  'iter.tee.n',
  'iter.tee.single-consumer',
].map((id) => notApplicable(id, unshared));
