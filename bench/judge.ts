import { lockAutomaton } from '../spec/automata/lock.ts';
import { Judge } from '../spec/judge/judge.ts';
import { type Figure, figure } from './figure.ts';
import { generator, mutexHistory, mutexProgram } from './histories.ts';

const histories = 40_000;
const rounds = 7;

/** How many histories of 12 calls by 3 threads are judged in a second, hardly any of them twice. */
export function benchJudge(): readonly Figure[] {
  const program = mutexProgram(3, 2);
  const judge = new Judge(program.objects, () => lockAutomaton);
  const draw = generator(20_261_121);
  const perSecond: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const batch = Array.from({ length: histories }, () => mutexHistory(program, draw));
    const start = performance.now();
    const allowed = batch.filter((history) => judge.judge(program, history).kind === 'allowed').length;
    const seconds = (performance.now() - start) / 1000;
    if (allowed !== histories)
      throw new Error(`${histories - allowed} histories of a correct lock were refused`);
    if (round >= 0) perSecond.push(histories / seconds);
  }
  return [figure('judge, 3 threads, 12 calls', 'histories/s', perSecond, { atLeast: 100_000 })];
}
