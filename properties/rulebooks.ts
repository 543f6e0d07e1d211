import { isSpecification } from '../impl/checkOwn.ts';
import { checkSpecification } from '../impl/checkSpecification.ts';
import { UsageError } from '../impl/usageError.ts';
import { documented, Rulebook } from '../spec/rulebook.ts';
import type { Specification, SpecificationAddress } from '../spec/specification.ts';

/**
 * What an implementation is held to: the documentation's rules, and its user's own. Specifications are functions,
 * which cannot be posted: whoever judges, in whichever thread, loads them from where they are. A worker has loaded
 * them before, with the implementation, so that what hangs or ends the process has shown already.
 * @param addresses where the implementation's own specifications are; see `Surface`.
 * @param others specifications that are known besides; where both have a family, the first ones count.
 * @throws UsageError if one is not where it should be, or contradicts itself.
 */
export async function rulebookOf(
  addresses: readonly SpecificationAddress[] = [],
  others: readonly Specification[] = [],
): Promise<Rulebook> {
  const rulebook = await loadRulebook(addresses, others);
  for (const specification of rulebook.own) checkSpecification(specification);
  return rulebook;
}

/** The same, of specifications that somebody has looked at: for workers that judge. */
export async function loadRulebook(
  addresses: readonly SpecificationAddress[],
  others: readonly Specification[] = [],
): Promise<Rulebook> {
  const own = await Promise.all(addresses.map(specificationAt));
  const more = others.filter(({ family }) => !own.some((specification) => specification.family === family));
  return own.length + more.length === 0 ? documented : new Rulebook([...own, ...more]);
}

async function specificationAt({ module, family }: SpecificationAddress): Promise<Specification> {
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = (await import(module)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new UsageError(`The specification of '${family}' in ${module} cannot be loaded: ${reason}`, {
      cause,
    });
  }
  const found = Object.values(exports).find((value) => isSpecification(value) && value.family === family);
  if (found !== undefined) return found as Specification;
  throw new UsageError(
    `${module} does not export the specification of '${family}', so that it cannot be found there: export const ${family} = defineSpecification(import.meta, { ... });`,
  );
}
