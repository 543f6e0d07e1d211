import { catalogue } from '../spec/catalogue.ts';
import { checkAdapter, type ShownFamily } from './checkAdapter.ts';
import { checkDescription } from './checkDescription.ts';
import { checkOwn } from './checkOwn.ts';
import { ContractError } from './contractError.ts';
import type { Implementation, ProvidedFamily } from './implementation.ts';
import { methods } from './methods.ts';
import { Inspection, isRecord, listed } from './inspection.ts';
import { mandatoryMember, threadFamiliesIn, type ThreadNamespace } from './threadNamespace.ts';

/** The families that an implementation can provide. */
const families = Object.keys(methods) as ProvidedFamily[];

const descriptionKeys = [
  'name',
  'errors',
  'notProvided',
  'deviations',
  'benignRaces',
  'pollingInterval',
  'profile',
  'threading',
  'dummyThreading',
  'own',
] as const;

/** What users call a family: the documentation's name, and the field's. */
const aliases: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    catalogue
      .filter(({ family }) => family in methods)
      .map(({ title, family }) => [title.toLowerCase(), family]),
  ),
  mutex: 'lock',
  reentrantLock: 'rlock',
};

/**
 * Refuses what is not an implementation, with all that is wrong with it.
 * @param value what the module exports.
 * @param where the module, as its user knows it; the message begins with it.
 * @param moment when the deviations are looked at, default now.
 * @returns the value.
 * @throws ContractError that names each property that does not fit, what was expected, what was
 *   found, and shows how it would be right.
 */
export function checkImplementation(value: unknown, where: string, moment = new Date()): Implementation {
  const inspection = new Inspection();
  if (isRecord(value)) {
    const own = checkOwn(inspection, value);
    checkFamilies(inspection, value, own.length);
    checkWith(inspection, value);
    checkDescription(inspection, value, moment, own);
  } else {
    inspection.report('', 'an implementation', value, wholeExample, adviceOn(value));
  }
  if (inspection.problems.length > 0) throw new ContractError(where, inspection.problems);
  return value as Implementation;
}

function adviceOn(value: unknown): string {
  return value === undefined
    ? 'The module has to export what defineImplementation returns, by default.'
    : 'The export has to be what defineImplementation returns.';
}

/** @param own how many primitives of its own it has. */
function checkFamilies(inspection: Inspection, value: Readonly<Record<string, unknown>>, own: number): void {
  const known = [...families, 'with', ...descriptionKeys];
  inspection.refuseUnknownKeys(value, '', known, wholeExample, aliases);
  const provided = families.filter((family) => {
    const adapter = inspection.read(value, family, family, wholeExample);
    if (adapter === undefined) return false;
    checkAdapter(inspection, shownOf(family), adapter);
    return true;
  });
  const namespaces = checkNamespaces(inspection, value);
  const misnamed = inspection.problems.length > 0;
  if (provided.length + namespaces + own > 0 || misnamed) return;
  inspection.report('', `at least one of ${listed([...families, 'threading'])}`, value, wholeExample);
}

/** @returns how many there are. */
function checkNamespaces(inspection: Inspection, value: Readonly<Record<string, unknown>>): number {
  const given = (['threading', 'dummyThreading'] as const).map((key) => {
    const example = `${key}: await import('./${key}.js'),`;
    const namespace = inspection.read(value, key, key, example);
    if (namespace === undefined) return undefined;
    if (!isRecord(namespace)) inspection.report(key, 'the namespace of a module', namespace, example);
    else if (familiesOf(key, namespace).length === 0) {
      inspection.report(key, `at least one of ${listed(Object.values(mandatoryMember))}`, namespace, example);
    }
    return namespace;
  });
  return given.filter((namespace) => namespace !== undefined).length;
}

function familiesOf(key: 'threading' | 'dummyThreading', namespace: ThreadNamespace): readonly string[] {
  return key === 'threading'
    ? threadFamiliesIn(namespace, undefined)
    : threadFamiliesIn(undefined, namespace);
}

function shownOf(family: ProvidedFamily): ShownFamily {
  const { name } = shown[family];
  return { path: family, methods: methods[family], name, example: adapterExample(family) };
}

function checkWith(inspection: Inspection, value: Readonly<Record<string, unknown>>): void {
  const adapter = inspection.read(value, 'with', 'with', withExample);
  if (adapter === undefined) return;
  if (!isRecord(adapter)) {
    inspection.report('with', 'an object with body, guard or both', adapter, withExample);
    return;
  }
  inspection.refuseUnknownKeys(adapter, 'with', ['body', 'guard'], withExample);
  const given = (['body', 'guard'] as const).filter((key) => {
    const part = inspection.read(adapter, key, `with.${key}`, withExample);
    if (part !== undefined && typeof part !== 'function') {
      inspection.report(`with.${key}`, 'a function', part, withExample);
    }
    return part !== undefined;
  });
  if (given.length > 0 || Object.keys(adapter).length > 0) return;
  inspection.report('with', 'body, guard or both', adapter, withExample, 'Leave it out if there is neither.');
}

/** How examples call the objects and the classes of a family, and the arguments that they take. */
const shown: Readonly<
  Record<ProvidedFamily, { readonly name: string; readonly className: string; readonly args?: string }>
> = {
  lock: { name: 'mutex', className: 'MyMutex' },
  rlock: { name: 'rlock', className: 'MyReentrantMutex' },
  sem: { name: 'semaphore', className: 'MySemaphore', args: 'value = 1' },
  bsem: { name: 'semaphore', className: 'MyBoundedSemaphore', args: 'value = 1' },
  event: { name: 'event', className: 'MyEvent' },
  cond: { name: 'condition', className: 'MyCondition', args: 'lock' },
  barrier: { name: 'barrier', className: 'MyBarrier', args: 'parties, timeout' },
  queue: { name: 'queue', className: 'MyQueue', args: 'maxsize = 0' },
  lifo: { name: 'stack', className: 'MyLifoQueue', args: 'maxsize = 0' },
  prio: { name: 'heap', className: 'MyPriorityQueue', args: 'maxsize = 0' },
  simpleq: { name: 'queue', className: 'MySimpleQueue' },
};

function adapterExample(family: ProvidedFamily): string {
  const { className, args } = shown[family];
  const given = args?.replaceAll(/ = \w+/g, '');
  const create =
    args === undefined
      ? '() => new SharedArrayBuffer(4)'
      : `({ ${args} }) => ${className}.allocate(${given})`;
  return `${family}: {\n  create: ${create},\n  open: (memory) => new ${className}(memory),\n},`;
}

const withExample = `with: {
  body: (mutex, body) => mutex.runExclusive(() => body(true)),
  guard: (mutex) => mutex.guard(),
},`;

const wholeExample = `import { defineImplementation } from 'lockproof';

export default defineImplementation({
  name: 'my-mutex',
${adapterExample('lock').replaceAll(/^(?=.)/gm, '  ')}
});`;
