import { isExplored, isOrdered } from '../spec/example.ts';
import type { Example } from '../spec/example.ts';
import type { Call, ObjectSpec } from '../spec/program.ts';
import { type Inspection, isRecord, listed } from './inspection.ts';
import { nearest } from './nearest.ts';

/** What rules and programs of a primitive can speak of. */
export interface Surroundings {
  readonly family: string;
  readonly methods: readonly string[];
}

const levels = ['must', 'should', 'may', 'observed'];
const observations = ['sequential', 'blocking', 'timed', 'race', 'liveness'];

/** Checks the rules of a primitive of somebody's own, and their examples as far as that needs no automaton. */
export function checkRules(inspection: Inspection, rules: unknown, around: Surroundings): void {
  if (!Array.isArray(rules) || rules.length === 0) {
    inspection.report('rules', 'an array of rules, at least one', rules, ruleExample(around));
    return;
  }
  const before = new Set<string>();
  rules.forEach((rule: unknown, position) => {
    const path = `rules[${position}]`;
    if (!isRecord(rule)) {
      inspection.report(path, 'a rule', rule, ruleExample(around));
      return;
    }
    checkId(inspection, `${path}.id`, rule['id'], around, before);
    const known = ['id', 'statement', 'lookAt', 'examples', 'level', 'observe', 'source', 'usedIn'];
    inspection.refuseUnknownKeys(rule, path, known, ruleExample(around));
    for (const part of ['statement', 'lookAt'] as const) {
      if (typeof rule[part] === 'string' && /^[\p{L}\d].*\.$/u.test(rule[part])) continue;
      inspection.report(`${path}.${part}`, 'a sentence', rule[part], ruleExample(around));
    }
    checkOneOf(inspection, `${path}.level`, rule['level'], levels);
    checkOneOf(inspection, `${path}.observe`, rule['observe'], observations);
    checkExamples(inspection, path, rule, around);
  });
}

function checkId(
  inspection: Inspection,
  path: string,
  id: unknown,
  around: Surroundings,
  before: Set<string>,
): void {
  if (typeof id !== 'string' || !id.startsWith(`${around.family}.`) || !/^[\w.-]*\w$/u.test(id)) {
    inspection.report(path, `an id that begins with '${around.family}.'`, id, ruleExample(around));
  } else if (before.has(id)) {
    inspection.report(path, 'an id of its own', `${id} again`, ruleExample(around));
  }
  before.add(String(id));
}

function checkOneOf(inspection: Inspection, path: string, value: unknown, names: readonly string[]): void {
  if (value === undefined || names.includes(value as string)) return;
  inspection.report(path, listed(names), value, `${path.split('.').at(-1)}: '${names[0]}',`);
}

function checkExamples(
  inspection: Inspection,
  rule: string,
  { examples, observe }: Readonly<Record<string, unknown>>,
  around: Surroundings,
): void {
  const path = `${rule}.examples`;
  if (!Array.isArray(examples) || examples.length === 0) {
    inspection.report(path, 'an array of examples, at least one', examples, ruleExample(around));
    return;
  }
  const titles = new Set<unknown>();
  examples.forEach((example: unknown, position) => {
    const own = `${path}[${position}]`;
    if (!isRecord(example) || !Array.isArray(example['objects']) || !isRunnable(example)) {
      inspection.report(own, 'a title, objects, and steps or threads', example, ruleExample(around));
      return;
    }
    if (typeof example['title'] !== 'string' || titles.has(example['title'])) {
      inspection.report(`${own}.title`, 'a title of its own', example['title'], ruleExample(around));
    }
    titles.add(example['title']);
    checkCalls(inspection, own, callsIn(example), example['objects'] as readonly ObjectSpec[], around);
  });
  if (observe !== 'race' && observe !== 'liveness') return;
  if (examples.some((example) => isRecord(example) && isExplored(example as unknown as Example))) return;
  inspection.report(
    path,
    `an example to explore, with threads, for a rule on ${observe === 'race' ? 'races' : 'what must happen at last'}`,
    examples,
    ruleExample(around),
  );
}

function isRunnable(example: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(example['steps']) || Array.isArray(example['threads']);
}

function callsIn(given: Readonly<Record<string, unknown>>): readonly Call[] {
  const example = given as unknown as Example;
  if (isOrdered(example)) return example.steps.flatMap((step) => ('call' in step ? [step.call] : []));
  return isExplored(example) ? example.threads.flat() : [];
}

function checkCalls(
  inspection: Inspection,
  path: string,
  calls: readonly Call[],
  objects: readonly ObjectSpec[],
  { family, methods }: Surroundings,
): void {
  for (const { object, method } of calls) {
    const called = objects[object];
    if (called === undefined) {
      const there = `an object that is there: 0 to ${objects.length - 1}`;
      inspection.report(path, there, object, `objects: [object('${family}'), object('cell')],`);
    } else if (called.family === family && !methods.includes(method)) {
      const near = nearest(method, methods);
      const advice = near === undefined ? undefined : `Did you mean '${near}'?`;
      inspection.report(path, `calls of ${listed(methods)}`, method, `call('${methods[0]}')`, advice);
    }
  }
}

/** Checks what programs are generated from. */
export function checkBlocks(inspection: Inspection, programs: unknown, around: Surroundings): void {
  const shown = `programs: { blocks: [weigh(2, call('${around.methods[0] ?? 'wait'}'))] },`;
  if (!isRecord(programs) || !Array.isArray(programs['blocks']) || programs['blocks'].length === 0) {
    inspection.report('programs.blocks', 'an array of blocks, at least one', programs, shown);
    return;
  }
  inspection.refuseUnknownKeys(programs, 'programs', ['blocks', 'threads'], shown);
  const { threads } = programs;
  if (threads !== undefined && ![2, 3, 4].includes(threads as number)) {
    inspection.report('programs.threads', '2, 3 or 4', threads, 'threads: 3,');
  }
  const objects = [{ family: around.family, args: {} }];
  programs['blocks'].forEach((given: unknown, position) => {
    const path = `programs.blocks[${position}]`;
    const weight = isRecord(given) ? given['weight'] : undefined;
    if (!isRecord(given) || !Array.isArray(given['block']) || !Number.isInteger(weight)) {
      inspection.report(path, 'what weigh() returns, with a whole number', given, shown);
    } else if ((weight as number) < 1) {
      inspection.report(path, 'a weight of 1 or more', weight, shown);
    } else {
      checkCalls(inspection, path, given['block'] as readonly Call[], objects, around);
    }
  });
}

function ruleExample({ family, methods: [method = 'wait'] }: Surroundings): string {
  return `rules: [
  {
    id: '${family}.${method}.blocks',
    statement: 'A ${method} blocks.',
    lookAt: 'Look at the loop around the wait.',
    examples: [
      {
        title: 'one waits',
        objects: [object('${family}')],
        steps: [step(1, call('${method}'), blocks)],
      },
    ],
  },
],`;
}
