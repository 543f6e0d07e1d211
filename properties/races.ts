import { relative } from 'node:path';
import fc from 'fast-check';
import type { BenignRace } from '../impl/implementation.ts';
import type { Program } from '../spec/program.ts';
import type { Stopped } from './engines/controlled/batch.ts';
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
  readonly #found = new Map<string, Omit<RaceResult, 'number'>>();
  readonly #used = new Set<BenignRace>();
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
      const { races, stopped } = await this.#engine.races({
        source: this.#context.source,
        form: unit.form,
        program,
        schedules,
      });
      for (const { first, second, memory, byte, execution } of races) {
        const schedule = schedules[execution] as Schedule;
        const token = encodeToken({ program, schedule, form: unit.form });
        this.#add({ record: 'race', first, second, memory, byte, program, token });
      }
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
        if (this.#used.has(declared)) continue;
        const where = declared.function === undefined ? '' : ` (${declared.function})`;
        yield {
          record: 'notice',
          text: `No race was seen in ${declared.file}${where}, which benignRaces declares: it may be gone.`,
        };
      }
    }
  }

  #runsOf(unit: RaceUnit): readonly { readonly program: Program; readonly schedules: readonly Schedule[] }[] {
    const { effort, seed, surface } = this.#context;
    const own = seedFor(seed, `races in ${nameOf(unit)}`);
    const schedules = schedulesFor(own, Math.ceil(effort.races / 2), Math.floor(effort.races / 2));
    if (unit.kind === 'explored') {
      const { objects, threads } = unit.example;
      return [{ program: { objects, threads }, schedules }];
    }
    const arbitrary = programsFor(unit.family, surface.families);
    if (arbitrary === undefined) return [];
    return fc
      .sample(arbitrary, { seed: own, numRuns: effort.racePrograms })
      .map((program) => fitted(program, surface))
      .filter(({ threads }) => threads.some((calls) => calls.length > 0))
      .map((program) => ({ program, schedules }));
  }

  #add(race: Omit<RaceResult, 'number'>): void {
    const declared = this.#context.surface.benignRaces.find(
      (one) => isDeclared(one, race.first) || isDeclared(one, race.second),
    );
    if (declared !== undefined) this.#used.add(declared);
    const key = [race.first, race.second].map(placeOf).sort().join();
    const known = this.#found.get(key);
    if (known !== undefined && sizeOf(known) <= sizeOf(race)) return;
    this.#found.set(key, {
      ...race,
      first: shown(race.first),
      second: shown(race.second),
      ...(declared && { declared: declared.reason }),
    });
  }

  /** Why there is no more looking; undefined: there is. */
  #gaveUp(stopped: Stopped): string | undefined {
    if (stopped.kind === 'unusable') return stopped.reason;
    return ++this.#stops < mostStops ? undefined : describeStop(stopped);
  }
}

function sizeOf({ program }: Pick<RaceResult, 'program'>): number {
  return program.threads.flat().length;
}

function placeOf({ file, line, column }: Access): string {
  return `${shownPath(file)}:${line}:${column}`;
}

function shown(access: Access): Access {
  return { ...access, file: shownPath(access.file) };
}

/** From where the run was begun, if the file is below. */
function shownPath(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') || file === '' ? file : short.replaceAll('\\', '/');
}

/** Whether an access is one that the implementation says may race. */
export function isDeclared(declared: BenignRace, access: Pick<Access, 'file' | 'function'>): boolean {
  const path = `/${access.file.replaceAll('\\', '/')}`;
  if (!path.endsWith(`/${declared.file.replace(/^\.?\//, '')}`)) return false;
  if (declared.function === undefined) return true;
  return [access.function, access.function.slice(access.function.lastIndexOf('.') + 1)].includes(
    declared.function,
  );
}
