import { historyOf } from '../properties/engines/controlled/execution.ts';
import type { Schedule } from '../properties/engines/controlled/schedule.ts';
import { CoroutineEngine } from '../properties/engines/coroutine/engine.ts';
import { lockAutomaton } from '../spec/automata/lock.ts';
import { Judge } from '../spec/judge/judge.ts';
import { type Figure, figure } from './figure.ts';
import { mutexProgram } from './histories.ts';

const executions = 10_000;
const rounds = 5;

const reference = new URL('../dist/impl/reference.js', import.meta.url).href;

/** How many executions of the reference Lock one core has in a second, where one thread plays all; judging excluded and included. */
export async function benchCoroutine(): Promise<readonly Figure[]> {
  const program = mutexProgram(2, 3);
  const judge = new Judge(program.objects, () => lockAutomaton);
  const engine = new CoroutineEngine();
  const alone: number[] = [];
  const judged: number[] = [];
  try {
    for (let round = -1; round < rounds; round++) {
      const schedules = Array.from({ length: executions }, (_, position): Schedule => ({
        kind: 'random',
        seed: (round + 1) * executions + position,
      }));
      const start = performance.now();
      const result = await engine.run({ source: { module: reference }, form: 'body', program, schedules });
      const executed = performance.now();
      for (const execution of result.executions) {
        const verdict = judge.judge(program, historyOf(execution));
        if (verdict.kind !== 'allowed') throw new Error(`refused: ${JSON.stringify(verdict)}`);
      }
      const end = performance.now();
      if (result.executions.length !== executions) throw new Error(`stopped: ${result.stopped?.reason}`);
      if (round < 0) continue;
      alone.push((executions / (executed - start)) * 1000);
      judged.push((executions / (end - start)) * 1000);
    }
  } finally {
    await engine.close();
  }
  const what = 'coroutine, 2 threads x 3 pairs, random';
  return [
    figure(`${what}, not judged`, 'executions/s', alone),
    figure(`${what}, judged`, 'executions/s', judged, { atLeast: 100_000 }),
  ];
}
