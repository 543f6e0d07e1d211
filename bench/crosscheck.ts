import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { cpython } from '../cli/cpython.ts';
import { CoroutineEngine } from '../properties/engines/coroutine/engine.ts';
import { ForeignEngine } from '../properties/foreign/engine.ts';
import { explore } from '../properties/foreign/runFreely.ts';
import { isSpoiled } from '../properties/foreign/spoiled.ts';
import { surfaceOf } from '../properties/foreign/surface.ts';
import { Judges } from '../properties/judges.ts';
import { fitted } from '../properties/plan.ts';
import { programsFor } from '../properties/programs/index.ts';
import { sequentialFamilies, sequentialPrograms } from '../properties/programs/sequential.ts';
import { scaledProgram } from '../properties/realTime.ts';
import { seedFor } from '../properties/seeds.ts';
import { Tally } from '../properties/tally.ts';
import type { Family, Program } from '../spec/program.ts';
import { differenceOf } from './sameResults.ts';

/*
 * Checks the specification against CPython, and CPython against the reference: `npm run crosscheck`. Random programs run
 * freely on CPython, and the automata have to allow what it does; programs of one thread run on both, and the results have
 * to be the same.
 */

const { values } = parseArgs({
  options: {
    programs: { type: 'string', default: '100000' },
    sequential: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    python: { type: 'string', default: 'python3' },
    family: { type: 'string', multiple: true },
  },
});
const [seed, programs, sequential] = [values.seed, values.programs, values.sequential].map((text) => {
  if (/^\d+$/u.test(text)) return Number(text);
  throw new TypeError(`--seed, --programs and --sequential are whole numbers, not '${text}'`);
}) as [number, number, number];
const lanes = 4;
const batch = 250;
const source = cpython(values.python);
const engines = Array.from({ length: lanes }, () => new ForeignEngine(source));
const surface = surfaceOf(await (engines[0] as ForeignEngine).describe(), false);
console.log(`${surface.name}, seed ${seed}`);

/** Real clocks: a second of a program's is this many here. */
const timeScale = 0.004;

/** Seconds: of so many programs most that come to a standstill may. */
const waits = { standstill: 0.004, patience: 1.5 } as const;

const signal = new AbortController().signal;
const wrong: string[] = [];

/** Deals so many programs out in batches, to all engines. */
async function deal(
  families: readonly Family[],
  count: number,
  work: (engine: ForeignEngine, family: Family, count: number, seed: number) => Promise<void>,
): Promise<void> {
  const each = families.length === 0 ? 0 : Math.ceil(count / families.length);
  const jobs = families.flatMap((family) =>
    Array.from({ length: Math.ceil(each / batch) }, (_, position) => ({
      family,
      count: Math.min(batch, each - position * batch),
      seed: seedFor(seed, `${family} ${position}`),
    })),
  );
  await Promise.all(
    engines.map(async (engine) => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
        await work(engine, job.family, job.count, job.seed);
      }
    }),
  );
}

const chosen = (families: readonly Family[]) =>
  families.filter((family) => values.family?.includes(family) ?? true);

let executions = 0;
const refused = new Map<string, number>();
const deviating = new Map<string, number>();
const seen = new Set<string>();
const concurrent = chosen([
  ...surface.families.filter((family) => programsFor(family, surface.families)),
  'with',
]);
const begun = performance.now();
await deal(concurrent, programs, async (engine, family, count, own) => {
  const arbitrary = programsFor(family, surface.families);
  if (arbitrary === undefined) return;
  const judges = new Judges(surface);
  for (const [position, generated] of fc.sample(arbitrary, { seed: own, numRuns: count }).entries()) {
    const program = fitted(generated, surface);
    if (isSpoiled(program, surface)) continue;
    const scaled = family === 'thread' ? program : scaledProgram(program, timeScale);
    executions++;
    const { failure, deviation } = await explore(
      { judges, signal, surface, deviating: seen },
      engine,
      scaled,
      1,
      own + position,
      new Tally(),
      undefined,
      waits,
    );
    const told = failure ?? deviation;
    if (told === undefined) continue;
    const rules = told.verdict.rules.join(', ');
    const counts = failure === undefined ? deviating : refused;
    counts.set(rules, (counts.get(rules) ?? 0) + 1);
    if (failure === undefined) continue;
    const events = failure.execution.events.map((event) => JSON.stringify(event));
    wrong.push(`refused (${rules}): ${JSON.stringify(scaled)}\n${events.join('\n')}`);
  }
});
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.log(`${executions} programs of ${concurrent.join(', ')} ran freely in ${seconds} s`);
for (const [rules, count] of deviating) console.log(`  ${count} deviated, as it is declared, from ${rules}`);
for (const [rules, count] of refused) console.log(`  ${count} are refused, by ${rules}`);

const coroutines = new CoroutineEngine();
const reference = { module: new URL('../impl/reference.ts', import.meta.url).href };
let compared = 0;
let different = 0;
const before = performance.now();
await deal(chosen(sequentialFamilies), sequential, async (engine, family, count, own) => {
  const arbitrary = sequentialPrograms(family as never);
  for (const [position, generated] of fc.sample(arbitrary, { seed: own, numRuns: count }).entries()) {
    const program: Program = fitted(generated, surface);
    const { executions: runs } = await coroutines.run({
      source: reference,
      form: 'body',
      program,
      schedules: [{ kind: 'directed', directions: [] }],
    });
    const { histories, standstill } = await engine.run(program, 1, waits.standstill, own + position);
    compared++;
    const shown = runs[0]?.events ?? [];
    let difference = differenceOf(program, shown, histories[0] ?? []);
    if (standstill && difference !== undefined) {
      const later = await engine.wait(program, histories[0] ?? [], waits.patience);
      difference = differenceOf(program, shown, [...(histories[0] ?? []), ...later.events]);
    } else if (standstill) await engine.leaveBehind(program);
    if (difference === undefined) continue;
    different++;
    wrong.push(`${difference}: ${JSON.stringify(program)}`);
  }
});
console.log(
  `${compared} programs of one thread ran on both in ${((performance.now() - before) / 1000).toFixed(0)} s: ${different} differ`,
);
await coroutines.close();
await Promise.all(engines.map((engine) => engine.kill()));
for (const text of wrong.slice(0, 20)) console.log(text);
// What ran nothing has shown nothing.
const lacking = (programs > 0 && executions === 0) || (sequential > 0 && compared === 0);
if (lacking) console.log('There are no such programs: nothing was checked.');
process.exitCode = wrong.length === 0 && !lacking ? 0 : 1;
