import { relative } from 'node:path';
import fc from 'fast-check';
import type { BenignRace } from '../impl/implementation.ts';
import type { Program } from '../spec/program.ts';
import type { Surface } from './engines/baton/thread.ts';
import type { Batch, Stopped } from './engines/controlled/batch.ts';
import type { RaceEngine } from './engines/coroutine/races/engine.ts';
import type { Access } from './engines/coroutine/races/race.ts';
import type { Schedule } from './engines/controlled/schedule.ts';
import { keyOf } from './interleavings.ts';
import { fitted, nameOf, type Unit } from './plan.ts';
import { programsFor } from './programs/index.ts';
import type { Notice, RaceResult } from './run.ts';
import { type Context, describeStop, type UnitResult } from './runUnit.ts';
import { schedulesFor, seedFor } from './seeds.ts';
import { encodeToken } from './token.ts';

/** A part of a run in which races are looked for. */
type RaceUnit = Extract<Unit, { kind: 'explored' | 'programs' }>;

/** Each costs a second or more: after so many there is no more looking. */
const mostStops = 3;

/**
 * Looks for races of plain accesses: runs the programs of a run a few times more, with every access checked. Not all
 * schedules are needed: whether two accesses are ordered hangs on who did what before whom, not on who came first.
 */
export class RaceSearch {
  readonly #context: Context;
  readonly #engine: RaceEngine;
  readonly #found = new Map<string, Found>();
  readonly #programs = new Set<string>();
  #stops = 0;
  #unlooked: string | undefined;

  constructor(context: Context, engine: RaceEngine) {
    this.#context = context;
    this.#engine = engine;
  }

  /** The parts of a run that are worth looking at. */
  unitsIn(plan: readonly Unit[], results: readonly UnitResult[]): readonly RaceUnit[] {
    const ended = new Set(
      results.flatMap(({ unit, stopped, inconclusive }) => ((stopped ?? inconclusive) ? [] : [unit])),
    );
    return plan.filter(
      (unit): unit is RaceUnit => (unit.kind === 'explored' || unit.kind === 'programs') && ended.has(unit),
    );
  }

  /** Looks for races in a part of a run. */
  async look(unit: RaceUnit): Promise<void> {
    for (const { program, schedules } of this.#runsOf(unit)) {
      if (this.#unlooked !== undefined || this.#context.signal.aborted) return;
      const key = `${unit.form} ${keyOf(program)}`;
      // Examples of different rules may be the same program.
      if (this.#programs.has(key)) continue;
      this.#programs.add(key);
      const { source, surface } = this.#context;
      const batch = { source, form: unit.form, program, schedules };
      const { races, stopped } = await racesOf(this.#engine, batch, surface);
      for (const race of races) this.#add(race);
      this.#unlooked = stopped && this.#gaveUp(stopped);
    }
  }

  /** The races that were found, in the smallest of the programs in which they were. */
  get races(): readonly RaceResult[] {
    return [...this.#found.values()].map((race, position) => ({ ...race, number: position + 1 }));
  }

  /**
   * What a reader has to know of the search.
   * @param whole nothing was left out: what was declared could have been seen.
   */
  *notices(whole: boolean): Generator<Notice> {
    if (this.#unlooked !== undefined) {
      const how = this.#programs.size > 1 ? 'not looked for everywhere' : 'not looked for';
      yield { record: 'notice', text: `Races of plain accesses were ${how}: ${this.#unlooked}.` };
    } else if (whole) {
      for (const declared of this.#context.surface.benignRaces) {
        if (this.races.some((race) => isDeclared(declared, race))) continue;
        const where = declared.function === undefined ? '' : ` (${declared.function})`;
        yield {
          record: 'notice',
          text: `No race was seen in ${declared.file}${where}, which benignRaces declares: it may be gone.`,
        };
      }
    }
  }

  #runsOf(unit: RaceUnit): readonly { readonly program: Program; readonly schedules: readonly Schedule[] }[] {
    const { effort, seed, surface, judges } = this.#context;
    const own = seedFor(seed, `races in ${nameOf(unit)}`);
    const schedules = schedulesFor(own, Math.ceil(effort.races / 2), Math.floor(effort.races / 2));
    if (unit.kind === 'explored') {
      const { objects, threads } = unit.example;
      return [{ program: { objects, threads }, schedules }];
    }
    const arbitrary = programsFor(unit.family, surface.families, judges.rulebook);
    if (arbitrary === undefined) return [];
    return fc
      .sample(arbitrary, { seed: own, numRuns: effort.racePrograms })
      .map((program) => fitted(program, surface))
      .filter(({ threads }) => threads.some((calls) => calls.length > 0))
      .map((program) => ({ program, schedules }));
  }

  #add(race: Found): void {
    const key = [race.first, race.second].map(placeOf).sort().join();
    const known = this.#found.get(key);
    if (known === undefined || sizeOf(race) < sizeOf(known)) this.#found.set(key, race);
  }

  /** Why there is no more looking; undefined: there is. */
  #gaveUp(stopped: Stopped): string | undefined {
    if (stopped.kind === 'unusable') return stopped.reason;
    return ++this.#stops < mostStops ? undefined : describeStop(stopped);
  }
}

/** A race that is not numbered yet. */
type Found = Omit<RaceResult, 'number'>;

/** The races of a program under some schedules, one for each pair of places, and what stopped the engine. */
export async function racesOf(
  engine: RaceEngine,
  batch: Batch,
  { benignRaces }: Pick<Surface, 'benignRaces'>,
): Promise<{ readonly races: readonly Found[]; readonly stopped?: Stopped }> {
  const { races, stopped } = await engine.races(batch);
  const { program, form, schedules } = batch;
  const found = races.map(({ execution, first, second, memory, byte }): Found => {
    const token = encodeToken({ program, schedule: schedules[execution] as Schedule, form });
    const declared = benignRaces.find((one) => isDeclared(one, { first, second }))?.reason;
    return {
      record: 'race',
      first: shown(first),
      second: shown(second),
      memory,
      byte,
      program,
      token,
      ...(declared !== undefined && { declared }),
    };
  });
  return { races: found, ...(stopped && { stopped }) };
}

function sizeOf({ program }: Found): number {
  return program.threads.flat().length;
}

function placeOf({ file, line, column }: Access): string {
  return `${file}:${line}:${column}`;
}

/** With its file as it is seen from where the run was begun, if it is below. */
function shown(access: Access): Access {
  const short = relative(process.cwd(), access.file).replaceAll('\\', '/');
  return short.startsWith('..') || access.file === '' ? access : { ...access, file: short };
}

/** Whether one of the accesses of a race is one that the implementation says may race. */
function isDeclared(
  { file, function: name }: BenignRace,
  { first, second }: Pick<Found, 'first' | 'second'>,
): boolean {
  return [first, second].some((access) => {
    const isThere = `/${access.file.replaceAll('\\', '/')}`.endsWith(`/${file.replace(/^\.?\//u, '')}`);
    const method = access.function.slice(access.function.lastIndexOf('.') + 1);
    return isThere && (name === undefined || name === access.function || name === method);
  });
}
