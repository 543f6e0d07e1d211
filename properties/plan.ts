import {
  type Example,
  type ExploredExample,
  isExplored,
  isOrdered,
  type OrderedExample,
} from '../spec/example.ts';
import { programIn } from '../spec/checkExample.ts';
import type { ProgramExample } from '../spec/output.ts';
import {
  type Call,
  type Family,
  type ObjectSpec,
  type Program,
  startsThreads,
  threadFamilies,
} from '../spec/program.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';
import type { NotApplicable, Rule } from '../spec/rule.ts';
import type { Surface } from './engines/baton/thread.ts';
import type { WithForm } from './engines/loaded.ts';

/** One part of a run. Parts do not depend on each other. */
export type Unit =
  | {
      readonly kind: 'ordered';
      readonly rule: Rule;
      readonly position: number;
      readonly example: OrderedExample;
      readonly form: WithForm;
    }
  | ExampleUnit<'explored'>
  | ExampleUnit<'free'>
  | ProcessUnit
  | { readonly kind: 'programs'; readonly family: Family; readonly form: WithForm };

/** An explored example of a rule, under a scheduler or without one. */
export interface ExampleUnit<Kind> {
  readonly kind: Kind;
  readonly rule: Rule;
  readonly position: number;
  readonly example: ExploredExample;
  readonly form: WithForm;
}

/** What is run in processes: the threads are the implementation's, or the programs are whole ones. */
export type ProcessUnit =
  | ProcessExampleUnit
  /** Programs whose threads the implementation starts, and which nobody orders. */
  | ExampleUnit<'concurrent'>
  | { readonly kind: 'thread programs'; readonly family: Family; readonly form: 'body' };

/** An example that is run once, in a process. */
export type ProcessExampleUnit = { readonly rule: Rule; readonly position: number; readonly form: 'body' } & (
  | { readonly kind: 'lifecycle'; readonly example: OrderedExample }
  | { readonly kind: 'program'; readonly example: ProgramExample }
);

/** True for what needs no engine of threads, but a process. */
export function isProcessUnit(unit: Unit): unit is ProcessUnit {
  return engineOf[unit.kind] === 'process';
}

/** True for what is one example that is run once, in a process. */
export function isProcessExample(unit: Unit): unit is ProcessExampleUnit {
  return unit.kind === 'lifecycle' || unit.kind === 'program';
}

/**
 * Which engines are wanted. `process` is that of the families of threads and of whole programs; `coroutine` runs what
 * `baton` does, in its place.
 */
export type EngineName = 'lockstep' | 'baton' | 'coroutine' | 'free' | 'process';

/**
 * The parts of a run over these rules.
 * @param rulebook what is judged by; default the documentation's rules.
 */
export function planOf(
  rules: readonly (Rule | NotApplicable)[],
  families: readonly Family[],
  surface: Surface,
  engines: readonly EngineName[],
  rulebook: Pick<Rulebook, 'hasAutomaton'> = documented,
): readonly Unit[] {
  const units: Unit[] = [];
  for (const rule of rules) {
    if (!('examples' in rule) || isLeftOpen(rule, surface)) continue;
    for (const [position, example] of rule.examples.entries()) {
      const program = programIn(example);
      if (!canRun(program, surface)) continue;
      for (const form of formsFor(program, surface)) {
        units.push(...unitsOf(rule, position, example, form).filter(({ kind }) => isWanted(kind, engines)));
      }
    }
  }
  for (const family of families) {
    const provided =
      family === 'with'
        ? surface.forms.length > 0
        : rulebook.hasAutomaton(family) && surface.families.some((own) => own === family);
    if (!provided) continue;
    const kind = threadFamilies.some((own) => own === family) ? 'thread programs' : 'programs';
    if (!isWanted(kind, engines)) continue;
    if (kind === 'thread programs') {
      units.push({ kind, family, form: 'body' });
      continue;
    }
    for (const form of family === 'with' ? surface.forms : (['body'] as const)) {
      units.push({ kind: 'programs', family, form });
    }
  }
  return units;
}

function isWanted(kind: Unit['kind'], engines: readonly EngineName[]): boolean {
  const own = engineOf[kind];
  return engines.includes(own) || (own === 'baton' && engines.includes('coroutine'));
}

/** The engine that runs a part. */
const engineOf = {
  ordered: 'lockstep',
  explored: 'baton',
  programs: 'baton',
  free: 'free',
  lifecycle: 'process',
  program: 'process',
  concurrent: 'process',
  'thread programs': 'process',
} as const satisfies Record<Unit['kind'], EngineName>;

/** The parts of a run that an example is. */
export function unitsOf(rule: Rule, position: number, example: Example, form: WithForm): readonly Unit[] {
  if (isOrdered(example)) {
    if (startsThreads(example.objects)) return [{ kind: 'lifecycle', rule, position, example, form: 'body' }];
    return [{ kind: 'ordered', rule, position, example, form }];
  }
  if (!isExplored(example)) return [{ kind: 'program', rule, position, example, form: 'body' }];
  if (startsThreads(example.objects)) return [{ kind: 'concurrent', rule, position, example, form }];
  return [
    { kind: 'explored', rule, position, example, form },
    { kind: 'free', rule, position, example, form },
  ];
}

/** The documentation leaves open what the rule asks, and the implementation says that it makes use of it. */
export function isLeftOpen(rule: Rule, { profile }: Surface): boolean {
  return rule.strictOnly === true && profile === 'lax';
}

/** A text that is the same for the same part of any run. */
export function nameOf(unit: Unit): string {
  if (!('rule' in unit)) return `${unit.kind} ${unit.family} ${unit.form}`;
  return `${unit.kind} ${unit.rule.id} ${unit.position} ${unit.form}`;
}

/** A part of a run, for somebody who watches. */
export function describeUnit(unit: Unit): string {
  if (!('rule' in unit)) return `generated programs of ${unit.family}`;
  const example = `${unit.rule.id}, example ${unit.position + 1}`;
  return unit.kind === 'free' || unit.kind === 'concurrent' ? `${example}, on free threads` : example;
}

/** The family that a part belongs to. */
export function familyOf(unit: Unit): string {
  return 'rule' in unit ? unit.rule.family : unit.family;
}

/** Whether the implementation provides all that a program uses. */
function canRun(program: Program, surface: Surface): boolean {
  return lackingIn(program, surface).length === 0;
}

/** Families, methods and arguments that a program uses and the implementation does not provide. */
export function lackingIn({ objects, threads }: Program, surface: Surface): readonly string[] {
  const lacking = new Set<string>();
  for (const { family, args } of objects) {
    if (family !== 'cell' && !surface.families.some((own) => own === family)) lacking.add(family);
    for (const arg of Object.keys(args)) {
      const name = constructorArgument(family, arg);
      if (isMissing(name, surface)) lacking.add(name);
    }
  }
  for (const call of threads.flat()) {
    for (const name of namesOf(call, objects)) if (isMissing(name, surface)) lacking.add(name);
  }
  return [...lacking];
}

/** A call's method and arguments as `notProvided` names them. */
function namesOf({ object, method, args }: Call, objects: readonly ObjectSpec[]): readonly string[] {
  if (method === 'with' || method === 'leave') return ['with'];
  const name = `${objects[object]?.family}.${method}`;
  return [name, ...Object.keys(args).map((arg) => `${name}.${arg}`)];
}

/** An argument of a constructor as `notProvided` names it. */
function constructorArgument(family: Family, arg: string): string {
  return `${family}.create.${arg}`;
}

function isMissing(name: string, { missing, forms }: Surface): boolean {
  return name === 'with' ? forms.length === 0 : missing.includes(name);
}

/** The program without the calls and arguments, of constructors too, that the implementation does not provide. */
export function fitted(program: Program, surface: Surface): Program {
  const objects = program.objects.map(({ family, args }): ObjectSpec => {
    const provided = Object.entries(args).filter(
      ([name]) => !isMissing(constructorArgument(family, name), surface),
    );
    return { family, args: Object.fromEntries(provided) };
  });
  const fit = (call: Call): readonly Call[] => {
    const [method = '', ...args] = namesOf(call, objects);
    if (isMissing(method, surface)) return [];
    if (!args.some((name) => isMissing(name, surface))) return [call];
    const provided = Object.entries(call.args).filter(([name]) => !isMissing(`${method}.${name}`, surface));
    return [{ ...call, args: Object.fromEntries(provided) }];
  };
  return { objects, threads: program.threads.map((calls) => calls.flatMap(fit)) };
}

/** In how many ways a program is run: where an implementation offers several for its statements. */
export function formsFor(program: Program, surface: Surface): readonly WithForm[] {
  const uses = program.threads.some((calls) => calls.some(({ method }) => method === 'with'));
  return uses ? surface.forms : ['body'];
}
