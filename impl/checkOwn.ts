import type { Specification } from '../spec/specification.ts';
import { checkAdapter } from './checkAdapter.ts';
import { type Inspection, isRecord } from './inspection.ts';

/**
 * Checks the primitives of an implementation's own.
 * @returns their specifications, as far as they are any.
 */
export function checkOwn(
  inspection: Inspection,
  value: Readonly<Record<string, unknown>>,
): readonly Specification[] {
  const own = inspection.read(value, 'own', 'own', ownExample);
  if (own === undefined) return [];
  if (!Array.isArray(own)) {
    inspection.report('own', 'an array of what provide() returns', own, ownExample);
    return [];
  }
  const found: Specification[] = [];
  own.forEach((provided: unknown, position) => {
    const path = `own[${position}]`;
    const specification = isRecord(provided) ? provided['specification'] : undefined;
    if (!isRecord(provided) || !isSpecification(specification)) {
      const advice = 'The first argument of provide() is what defineSpecification() returned.';
      inspection.report(path, 'what provide() returns', provided, ownExample, advice);
      return;
    }
    const { family } = specification;
    if (found.some((other) => other.family === family)) {
      inspection.report(path, 'one implementation of a primitive', `'${family}' again`, ownExample);
    }
    found.push(specification);
    checkAdapter(
      inspection,
      { path, methods: Object.keys(specification.methods), name: family, example: ownExample },
      provided['adapter'],
    );
  });
  return found;
}

/** True for what `defineSpecification` returns, of whichever copy of this package. */
export function isSpecification(value: unknown): value is Specification {
  return (
    isRecord(value) &&
    typeof value['family'] === 'string' &&
    typeof value['module'] === 'string' &&
    Array.isArray(value['rules']) &&
    isRecord(value['automaton']) &&
    isRecord(value['methods']) &&
    isRecord(value['programs'])
  );
}

const ownExample = `own: [
  provide(latch, {
    create: ({ count }) => MyLatch.allocate(count),
    open: (memory) => new MyLatch(memory),
  }),
],`;
