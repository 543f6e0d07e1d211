import { catalogue } from '../spec/catalogue.ts';
import { ContractError } from './contractError.ts';
import { checkBlocks, checkRules, type Surroundings } from './checkRules.ts';
import { Inspection, isRecord, listed } from './inspection.ts';

type Unchecked = Readonly<Record<string, unknown>>;

const taken: readonly string[] = [...new Set(catalogue.map(({ family }) => family)), 'cell'];

/** Methods that programs have of every object, and what adapters have beside methods. */
const reserved = ['with', 'leave', 'begins', 'leaves', 'create', 'open'];

/** Names that every object has. */
function isEverybodys(name: string): boolean {
  return name in Object.prototype;
}

/**
 * Refuses what is no definition of a primitive, with all that is wrong with it.
 * @param meta of the module that has it. @param definition whatever was given.
 * @throws ContractError that names each part that does not fit, and shows how it would be right.
 */
export function checkDefinition(meta: unknown, definition: unknown): void {
  const inspection = new Inspection();
  const url = isRecord(meta) ? meta['url'] : undefined;
  if (typeof url !== 'string' || !URL.canParse(url)) {
    inspection.report('import.meta', "the module's import.meta", meta, example, 'It is the first argument.');
  }
  let name = 'The specification';
  if (isRecord(definition)) {
    if (typeof definition['family'] === 'string') name += ` of '${definition['family']}'`;
    check(inspection, definition);
  } else {
    inspection.report('', 'a specification', definition, example);
  }
  if (inspection.problems.length === 0) return;
  const where = typeof url === 'string' ? `${name} in ${url}` : name;
  throw new ContractError(where, inspection.problems, 'cannot be used');
}

function check(inspection: Inspection, definition: Unchecked): void {
  const parts = ['family', 'methods', 'constructors', 'automaton', 'rules', 'programs'];
  inspection.refuseUnknownKeys(definition, '', parts, example);
  const { family } = definition;
  checkFamily(inspection, family);
  const methods = checkMethods(inspection, definition['methods']);
  checkConstructors(inspection, definition['constructors']);
  checkAutomaton(inspection, definition['automaton'], methods);
  const around: Surroundings = { family: String(family), methods };
  checkRules(inspection, definition['rules'], around);
  checkBlocks(inspection, definition['programs'], around);
}

function checkFamily(inspection: Inspection, family: unknown): void {
  if (typeof family !== 'string' || !/^[a-z][A-Za-z0-9]*$/u.test(family)) {
    inspection.report('family', 'a name in camelCase', family, "family: 'latch',");
  } else if (taken.includes(family) || isEverybodys(family)) {
    const advice = `The documentation's families are ${listed(taken)}.`;
    inspection.report('family', 'a name of its own', family, "family: 'latch',", advice);
  }
}

function checkMethods(inspection: Inspection, methods: unknown): readonly string[] {
  const shown = 'methods: { countDown: method(), count: attribute() },';
  if (!isRecord(methods) || Object.keys(methods).length === 0) {
    inspection.report('methods', 'an object with a method for each name', methods, shown);
    return [];
  }
  for (const [name, method] of Object.entries(methods)) {
    const path = `methods.${name}`;
    if (!/^[A-Za-z]\w*$/u.test(name) || reserved.includes(name) || isEverybodys(name)) {
      inspection.report(path, `a name that is none of ${listed(reserved)}`, name, shown);
    }
    if (!isRecord(method) || !['method', 'attribute'].includes(String(method['kind']))) {
      inspection.report(path, 'what method() or attribute() returns', method, shown);
    }
  }
  return Object.keys(methods);
}

function checkConstructors(inspection: Inspection, constructors: unknown): void {
  if (constructors === undefined) return;
  const right = Array.isArray(constructors) && constructors.length > 0 && constructors.every(isRecord);
  if (right) return;
  const shown = 'constructors: [{ count: 1 }, { count: 2 }],';
  const advice = 'Leave it out if the constructor takes no arguments.';
  inspection.report('constructors', 'an array of arguments by name', constructors, shown, advice);
}

function checkAutomaton(inspection: Inspection, automaton: unknown, methods: readonly string[]): void {
  if (!isRecord(automaton)) {
    inspection.report('automaton', 'an object with create and steps', automaton, example);
    return;
  }
  inspection.refuseUnknownKeys(automaton, 'automaton', ['create', 'steps', 'timeout', 'labels'], example);
  const { create, steps, timeout, labels } = automaton;
  if (typeof create !== 'function') {
    inspection.report('automaton.create', 'a function that gives the first state', create, example);
  }
  if (timeout !== undefined && typeof timeout !== 'function') {
    inspection.report('automaton.timeout', 'a function that gives seconds', timeout, example);
  }
  if (labels !== undefined && !isTexts(labels)) {
    inspection.report('automaton.labels', 'an array of texts, each once', labels, example);
  }
  if (!isRecord(steps)) {
    inspection.report('automaton.steps', 'an object with a function for each method', steps, example);
    return;
  }
  inspection.refuseUnknownKeys(steps, 'automaton.steps', methods, example);
  for (const method of methods) {
    const own = steps[method];
    if (typeof own === 'function') continue;
    inspection.report(`automaton.steps.${method}`, 'a function that lists its steps', own, example);
  }
}

function isTexts(labels: unknown): boolean {
  return (
    Array.isArray(labels) &&
    labels.every((label) => typeof label === 'string') &&
    new Set(labels).size === labels.length
  );
}

const example = `export const latch = defineSpecification(import.meta, {
  family: 'latch',
  methods: { countDown: method(), wait: method<{ readonly timeout?: number }>() },
  automaton: {
    create: () => ({ state: { left: 1 }, rules: [] }),
    steps: { countDown: (view) => [...], wait: (view, { timeout }) => [...] },
  },
  rules: [...],
  programs: { blocks: [weigh(2, call('wait')), weigh(1, call('countDown'))] },
});`;
