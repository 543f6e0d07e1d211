import { availableParallelism } from 'node:os';
import type { Schedule } from '../properties/engines/controlled/schedule.ts';
import { CoroutineEngine } from '../properties/engines/coroutine/engine.ts';
import { call, object } from '../spec/example.ts';
import type { Program } from '../spec/program.ts';
import { type Figure, figure } from './figure.ts';
import { mutexProgram } from './histories.ts';

const executions = 20_000;
const rounds = 5;

const reference = new URL('../dist/impl/reference.js', import.meta.url).href;

/** One semaphore of two units, and threads that make two pairs of calls each. */
const semaphoreProgram: Program = {
  objects: [object('sem', { value: 2 })],
  threads: Array.from({ length: 3 }, () => [
    call('acquire'),
    call('release'),
    call('acquire', { timeout: 1 }),
    call('release'),
  ]),
};

/** How many judged executions of the reference there are in a second, where one thread plays all of a program's. */
export async function benchCoroutine(): Promise<readonly Figure[]> {
  const figures = [
    figure(
      'coroutine, Lock, 2 threads x 3 pairs, judged, a core',
      'executions/s',
      await perSecond(mutexProgram(2, 3), 1),
      {
        atLeast: 100_000,
      },
    ),
    figure(
      'coroutine, Semaphore, 3 threads x 4 calls, judged, a core',
      'executions/s',
      await perSecond(semaphoreProgram, 1),
      {
        atLeast: 30_000,
      },
    ),
  ];
  const cores = availableParallelism();
  const together = await perSecond(mutexProgram(2, 3), cores);
  return [
    ...figures,
    figure(`the same Lock program, ${cores} engines side by side`, 'executions/s', together),
  ];
}

async function perSecond(program: Program, side: number): Promise<readonly number[]> {
  const engines = Array.from({ length: side }, () => new CoroutineEngine());
  const seconds: number[] = [];
  try {
    for (let round = -1; round < rounds; round++) {
      const start = performance.now();
      await Promise.all(
        engines.map((engine, position) => judge(engine, program, (round + 1) * side + position)),
      );
      if (round >= 0) seconds.push((performance.now() - start) / 1000);
    }
  } finally {
    await Promise.all(engines.map((engine) => engine.close()));
  }
  return seconds.map((value) => (side * executions) / value);
}

async function judge(engine: CoroutineEngine, program: Program, round: number): Promise<void> {
  const schedules = Array.from({ length: executions }, (_, position): Schedule => ({
    kind: 'random',
    seed: round * executions + position,
  }));
  const batch = { source: { module: reference }, form: 'body' as const, program, schedules };
  const judged = await engine.judge(batch, { pollingInterval: 0, profile: 'strict', specifications: [] });
  if (judged?.length !== executions || judged.some(({ refused }) => refused)) {
    throw new Error('an execution of the reference was refused, or the engine stopped');
  }
}
