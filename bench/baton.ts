import { BatonEngine } from '../properties/engines/baton/engine.ts';
import { type Execution, historyOf } from '../properties/engines/controlled/execution.ts';
import type { Schedule } from '../properties/engines/controlled/schedule.ts';
import { lockAutomaton } from '../spec/automata/lock.ts';
import { Judge } from '../spec/judge/judge.ts';
import { type Figure, figure } from './figure.ts';
import { lanes } from '../properties/verify.ts';
import { mutexProgram } from './histories.ts';

const executions = 1000;
const rounds = 5;

const reference = new URL('../impl/reference.ts', import.meta.url).href;

/**
 * How many executions of the reference Lock on real workers a second has, judging excluded and included. Two
 * engines run side by side, as in a run: one alone would leave its cores asleep while it hands the baton over.
 */
export async function benchBaton(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const threads of [2, 3]) {
    for (const kind of ['random', 'pct'] as const) figures.push(...(await benchSchedules(threads, kind)));
  }
  return figures;
}

async function benchSchedules(threads: number, kind: 'random' | 'pct'): Promise<readonly Figure[]> {
  const program = mutexProgram(threads, 3);
  const judge = new Judge(program.objects, () => lockAutomaton);
  const engines = Array.from({ length: lanes }, () => new BatonEngine(threads));
  const alone: number[] = [];
  const judged: number[] = [];
  try {
    for (let round = -1; round < rounds; round++) {
      const start = performance.now();
      const results = await Promise.all(
        engines.map((engine, lane) => {
          const schedules = schedulesOf(kind, (round + 1) * lanes + lane);
          return engine.run({ source: { module: reference }, form: 'body', program, schedules });
        }),
      );
      const executed = performance.now();
      for (const { executions: ended, stopped } of results) {
        if (ended.length !== executions) throw new Error(`the engine stopped: ${stopped?.reason}`);
        for (const execution of ended) check(judge, program, execution);
      }
      const end = performance.now();
      if (round < 0) continue;
      alone.push(((lanes * executions) / (executed - start)) * 1000);
      judged.push(((lanes * executions) / (end - start)) * 1000);
    }
  } finally {
    await Promise.all(engines.map((engine) => engine.close()));
  }
  const what = `baton, ${threads} threads x 3 pairs, ${kind}`;
  const atLeast = threads === 2 ? 10_000 : 4000;
  return [
    figure(`${what}, not judged`, 'executions/s', alone),
    figure(`${what}, judged`, 'executions/s', judged, { atLeast }),
  ];
}

function schedulesOf(kind: 'random' | 'pct', batch: number): readonly Schedule[] {
  return Array.from({ length: executions }, (_, position): Schedule => {
    const seed = batch * executions + position;
    return kind === 'pct' ? { kind, seed, depth: 2 } : { kind, seed };
  });
}

function check(judge: Judge, program: ReturnType<typeof mutexProgram>, execution: Execution): void {
  const verdict = judge.judge(program, historyOf(execution));
  if (verdict.kind !== 'allowed')
    throw new Error(`the reference Lock was refused: ${JSON.stringify(verdict)}`);
}
