import type { Page } from '../style.ts';
import { table } from '../table.ts';
import { count, hang, list, thousands, width } from '../text.ts';

/** What came of a mutant. */
export interface MutantResult {
  readonly mutant: string;
  /** Id of the rule that has to kill it. */
  readonly breaks: string;
  readonly fault: string;
  /** Rules that its run broke. */
  readonly killedBy: readonly string[];
  /** By the rule it was made for. */
  readonly killed: boolean;
  readonly executions: number;
  readonly seconds: number;
  /** Size of the smallest counterexample. */
  readonly threads: number;
  readonly calls: number;
  readonly preemptions: number;
  /** The smallest that is known: calls, threads, preemptions. */
  readonly smallest?: readonly [number, number, number];
}

/** What came of a variant that uses a freedom. */
export interface FreedomResult {
  readonly freedom: string;
  /** Id of the rule that grants it. */
  readonly uses: string;
  readonly difference: string;
  readonly survived: boolean;
  readonly brokenBy: readonly string[];
  /** The freedom was seen. */
  readonly used: boolean;
}

/** Whether the rules kill what they have to kill and spare what they have to spare. */
export function isConvincing(mutants: readonly MutantResult[], freedoms: readonly FreedomResult[]): boolean {
  return (
    mutants.length > 0 && mutants.every(({ killed }) => killed) && freedoms.every(({ survived }) => survived)
  );
}

/** The kill matrix for a terminal: what survives first, then every mutant and every freedom. */
export function killMatrixReport(
  mutants: readonly MutantResult[],
  freedoms: readonly FreedomResult[],
  page: Page,
): string {
  const { columns, paint } = page;
  const surviving = mutants.filter(({ killed }) => !killed);
  const broken = freedoms.filter(({ survived }) => !survived);
  const unused = freedoms.filter(({ survived, used }) => survived && !used);
  const sections: (readonly string[])[] = [
    mutants.length === 0 ? [] : matrix(mutants, page),
    freedoms.length === 0 ? [] : freedomTable(freedoms, page),
    [
      ...surviving.flatMap((mutant) => hang('', survivor(mutant), columns).map((line) => paint('bad', line))),
      ...broken.flatMap((freedom) =>
        hang('', refusedFreedom(freedom), columns).map((line) => paint('bad', line)),
      ),
      ...unused.flatMap(({ freedom, uses }) =>
        hang('', `The freedom ${freedom} survives, but was not seen to use ${uses}.`, columns).map((line) =>
          paint('doubtful', line),
        ),
      ),
    ],
    hang('', summary(mutants, freedoms, surviving.length, broken.length), columns),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function matrix(mutants: readonly MutantResult[], { columns, paint }: Page): readonly string[] {
  const figures = (mutant: MutantResult) => [
    thousands(mutant.executions),
    mutant.seconds.toFixed(2),
    mutant.killedBy.length === 0 ? '' : `${mutant.threads}T ${mutant.calls}C ${mutant.preemptions}P`,
  ];
  const killer = ({ killed, breaks }: MutantResult) => (killed ? breaks : `SURVIVES ${breaks}`);
  const heads = [{ head: 'after', align: 'right' }, { head: 's', align: 'right' }, { head: 'size' }] as const;
  const wide = table(
    [{ head: 'mutant' }, { head: 'killed by' }, ...heads],
    mutants.map((mutant) => [mutant.mutant, killer(mutant), ...figures(mutant)]),
  );
  const lines = wide.every((line) => width(line) <= columns)
    ? wide
    : table(
        [{ head: 'mutant, killed by' }, ...heads],
        mutants.flatMap((mutant) => [[mutant.mutant], [`  ${killer(mutant)}`, ...figures(mutant)]]),
      );
  return [
    paint('strong', lines[0] as string),
    ...lines.slice(1),
    paint('faint', 'after: executions; size: threads, calls and preemptions of the counterexample'),
  ];
}

function freedomTable(freedoms: readonly FreedomResult[], { paint }: Page): readonly string[] {
  const [head = '', ...lines] = table(
    [{ head: 'freedom' }, { head: 'uses' }, { head: '' }],
    freedoms.map(({ freedom, uses, survived, used }) => [
      freedom,
      uses,
      survived ? (used ? 'survives, used' : 'survives, not used') : 'IS BROKEN',
    ]),
  );
  return [paint('strong', head), ...lines];
}

function survivor({ mutant, breaks, fault, killedBy }: MutantResult): string {
  const others = killedBy.length === 0 ? 'no rule breaks' : `only others break: ${list(killedBy)}`;
  return `The mutant ${mutant} survives ${breaks} (${others}). Its fault: ${fault}`;
}

function refusedFreedom({ freedom, uses, brokenBy, difference }: FreedomResult): string {
  return `The freedom ${freedom} (${uses}) is refused by ${list(brokenBy)}. What it does differently: ${difference}`;
}

function summary(
  mutants: readonly MutantResult[],
  freedoms: readonly FreedomResult[],
  surviving: number,
  broken: number,
): string {
  if (mutants.length === 0) return 'There was no mutant to kill: nothing was shown.';
  const times = mutants.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] as number;
  const spared =
    freedoms.length === 0
      ? ''
      : `, ${freedoms.length - broken} of ${count(freedoms.length, 'freedom')} survive`;
  const killed = `${mutants.length - surviving} of ${count(mutants.length, 'mutant')} killed${spared}; median ${median.toFixed(2)} s`;
  return `${killed}${sizes(mutants)}`;
}

/** How many counterexamples of races and lost wake-ups are as small as any that is known. */
function sizes(mutants: readonly MutantResult[]): string {
  const known = mutants.filter((mutant) => mutant.smallest !== undefined);
  if (known.length === 0) return '';
  const larger = known.filter((mutant) => mutant.killed && isLarger(mutant));
  const which = larger.length === 0 ? '' : ` (larger: ${list(larger.map(({ mutant }) => mutant))})`;
  return `; ${known.length - larger.length} of ${count(known.length, 'counterexample')} of races and lost wake-ups no larger than the smallest known${which}`;
}

/** Whether a counterexample is larger than the smallest that is known: by calls first, then threads, then preemptions. */
function isLarger({ calls, threads, preemptions, smallest }: MutantResult): boolean {
  const own = [calls, threads, preemptions];
  const at = own.findIndex((value, position) => value !== smallest?.[position]);
  return at >= 0 && (own[at] as number) > (smallest?.[at] ?? Infinity);
}
