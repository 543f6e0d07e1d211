import {
  type Args,
  type Argument,
  type Call,
  closingLeave,
  objectIn,
  type Program,
  type Reference,
} from '../spec/program.ts';
import { documented, type Rulebook } from '../spec/rulebook.ts';

/**
 * Every program that lacks one thread, one or two calls of a thread (a with-statement with its body, or
 * without), one argument, or an object that nobody uses; or whose barrier has a party less.
 * @param rulebook knows which arguments of primitives of a user's own can be left out.
 */
export function* smallerPrograms(
  program: Program,
  rulebook: Pick<Rulebook, 'canSpare'> = documented,
): Generator<Program> {
  const { objects, threads } = program;
  const unused = objects.findIndex((_, position) => !isUsed(program, position));
  if (unused >= 0 && objects.length > 1) yield withoutObject(program, unused);
  if (threads.length > 1) {
    for (let thread = threads.length - 1; thread >= 0; thread--) {
      const fewer = { objects, threads: threads.filter((_, position) => position !== thread) };
      // A party that is gone is waited for, unless the barrier knows.
      yield* simplerObjects(fewer, rulebook);
      yield fewer;
    }
  }
  for (const [thread, calls] of threads.entries()) {
    for (const fewer of fewerCalls(calls)) yield replaced(program, thread, fewer);
  }
  for (const [thread, calls] of threads.entries()) {
    for (const [position, call] of calls.entries()) {
      for (const simpler of simplerCalls(call)) {
        const gone = Object.keys(call.args).filter((name) => !(name in simpler.args));
        const { family = '' } = objects[call.object] ?? {};
        if (gone.some((name) => !rulebook.canSpare(family, call.method, name))) continue;
        yield replaced(program, thread, calls.with(position, simpler));
      }
    }
  }
  yield* simplerObjects(program, rulebook);
}

/** The program with one argument of a constructor less, or a number there that is one less. */
function* simplerObjects(program: Program, rulebook: Pick<Rulebook, 'canSpare'>): Generator<Program> {
  for (const [position, { family, args }] of program.objects.entries()) {
    for (const [name, value] of Object.entries(args)) {
      const { [name]: _, ...rest } = args;
      const lower = typeof value === 'number' && value > 1 ? { ...rest, [name]: value - 1 } : undefined;
      const spared = name !== 'parties' && rulebook.canSpare(family, 'create', name);
      for (const simpler of spared ? [rest, lower] : [lower]) {
        if (simpler === undefined) continue;
        yield { ...program, objects: program.objects.with(position, { family, args: simpler }) };
      }
    }
  }
}

/** A call is on it, or it is an argument. */
function isUsed({ objects, threads }: Program, position: number): boolean {
  const calls = threads.flat();
  return (
    calls.some(({ object }) => object === position) ||
    [...objects, ...calls].some(({ args }) =>
      Object.values(args).some((argument) => objectIn(argument) === position),
    )
  );
}

function withoutObject({ objects, threads }: Program, gone: number): Program {
  const moved = (position: number) => (position > gone ? position - 1 : position);
  const renumbered = (args: Args): Args =>
    Object.fromEntries(
      Object.entries(args).map(([name, argument]): [string, Argument] => {
        const position = objectIn(argument);
        if (position === undefined) return [name, argument];
        return [name, { ...(argument as Reference), object: moved(position) }];
      }),
    );
  return {
    objects: objects
      .filter((_, position) => position !== gone)
      .map(({ family, args }) => ({ family, args: renumbered(args) })),
    threads: threads.map((calls) =>
      calls.map((call) => ({ ...call, object: moved(call.object), args: renumbered(call.args) })),
    ),
  };
}

function replaced(program: Program, thread: number, calls: readonly Call[]): Program {
  if (calls.length > 0) return { objects: program.objects, threads: program.threads.with(thread, calls) };
  const threads = program.threads.filter((_, position) => position !== thread);
  return { objects: program.objects, threads: threads.length > 0 ? threads : [[]] };
}

/** Without two calls first: an acquire and its release often go only together. */
function* fewerCalls(calls: readonly Call[]): Generator<readonly Call[]> {
  for (let second = calls.length - 1; second > 0; second--) {
    for (let first = second - 1; first >= 0; first--) {
      const rest = calls.filter((_, position) => position !== first && position !== second);
      if (isBalanced(rest)) yield rest;
    }
  }
  for (let position = calls.length - 1; position >= 0; position--) {
    const call = calls[position] as Call;
    if (call.method === 'leave') continue;
    if (call.method !== 'with') {
      yield calls.toSpliced(position, 1);
      continue;
    }
    const leave = closingLeave(calls, position);
    yield calls.toSpliced(position, leave - position + 1);
    yield calls.filter((_, other) => other !== position && other !== leave);
  }
}

/** Every with-statement is there with its end. */
function isBalanced(calls: readonly Call[]): boolean {
  let depth = 0;
  for (const { method } of calls) {
    if (method === 'with') depth++;
    if (method === 'leave' && --depth < 0) return false;
  }
  return depth === 0;
}

/** Arguments without which there is no call. */
const mandatory: readonly string[] = ['value', 'item', 'predicate', 'maxsize', 'parties'];

function* simplerCalls(call: Call): Generator<Call> {
  if (call.method === 'leave') {
    if (call.args.by !== 'end') yield { ...call, args: { by: 'end' } };
    return;
  }
  for (const name of Object.keys(call.args)) {
    const { [name]: _, ...args } = call.args;
    if (!mandatory.includes(name)) yield { ...call, args };
  }
}
