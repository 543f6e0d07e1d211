import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { UsageError } from '../impl/usageError.ts';
import {
  type Args,
  type Argument,
  type Call,
  callbackIn,
  type Program,
  type Value,
} from '../spec/program.ts';
import { directionCode, directionOf, type Schedule } from './engines/controlled/schedule.ts';
import type { WithForm } from './engines/loaded.ts';

/** What a token stands for: an ordered example of a rule, or a program on a schedule. */
export type Replayable =
  | { readonly rule: string; readonly example: number; readonly form: WithForm }
  | { readonly program: Program; readonly schedule: Schedule; readonly form: WithForm };

/** A token that cannot be replayed. */
export class TokenError extends UsageError {
  override readonly name = 'TokenError';
}

const prefix = 'lp1.';

/** Enough to tell that one character was changed, wherever it stands. */
const checksumBytes = 4;

/** Texts that tokens are likely to hold; may grow at its beginning: what is there is found by its distance from the end. */
const dictionary = Buffer.from(
  '"barrier"parties":2}"parties":3}"queue"maxsize":1}"maxsize":2}"cond"lock":{"object":1}"predicate":{"callback":"reads","object":"returns"value":false"throws"action"immediate":true"item":1"notifyAll"notify"waitFor"wait"abort"reset"nWaiting"broken"taskDone"join"shutdown"getNowait"putNowait"qsize"full"empty"put"get"rlock"bsem"event"with"cell"read"value"write"isSet"clear"set"wait"leave"by"throw"return"end"locked"timeout":0.5"timeout":1"blocking":false"n":2"value":1}]],[["sem",{"lock"]],[["acquire",{}],["release"],["acquire"],["release"]],[["acquire"],["release"]]]',
);

/** A short text that {@link decodeToken} understands. */
export function encodeToken(replayable: Replayable): string {
  const form = replayable.form === 'guard' ? 1 : 0;
  const data =
    'rule' in replayable
      ? [form, replayable.rule, replayable.example]
      : [
          form,
          replayable.program.objects.map(({ family, args }) => compact([family, encodeArgs(args)])),
          replayable.program.threads.map((calls) => calls.map(encodeCall)),
          encodeSchedule(replayable.schedule),
        ];
  const bytes = deflateRawSync(JSON.stringify(data), { dictionary, level: 9 });
  return prefix + Buffer.concat([checksum(bytes), bytes]).toString('base64url');
}

/**
 * What a token stands for.
 * @throws TokenError if it is none, or was cut or changed.
 */
export function decodeToken(token: string): Replayable {
  if (!token.startsWith(prefix)) {
    throw new TokenError(
      `'${token}' is no token: it has to begin with '${prefix}'. Copy it whole from a report.`,
    );
  }
  try {
    const text = token.slice(prefix.length);
    const whole = Buffer.from(text, 'base64url');
    // Buffer passes over what does not belong there.
    if (whole.toString('base64url') !== text) throw new RangeError('Some character is out of place.');
    const bytes = whole.subarray(checksumBytes);
    if (!checksum(bytes).equals(whole.subarray(0, checksumBytes))) {
      throw new RangeError('The checksum differs.');
    }
    const data = JSON.parse(inflateRawSync(bytes, { dictionary }).toString()) as unknown[];
    const form: WithForm = data[0] === 1 ? 'guard' : 'body';
    if (typeof data[1] === 'string') return { rule: data[1], example: data[2] as number, form };
    const [, objects, threads, schedule] = data as [
      number,
      [Program['objects'][number]['family'], EncodedArgs?][],
      EncodedCall[][],
      unknown,
    ];
    return {
      form,
      program: {
        objects: objects.map(([family, args]) => ({ family, args: decodeArgs(args) })),
        threads: threads.map((calls) => calls.map(decodeCall)),
      },
      schedule: decodeSchedule(schedule),
    };
  } catch (cause) {
    throw new TokenError(`The token '${token}' was cut or changed. Copy it whole from a report.`, { cause });
  }
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(checksumBytes);
  sum.writeUInt32LE(crc32(bytes));
  return sum;
}

type EncodedArgs = Readonly<Record<string, unknown>>;
type EncodedCall = readonly [method: string, args?: EncodedArgs, object?: number];

function encodeCall({ method, args, object }: Call): EncodedCall {
  return (
    object === 0 ? compact([method, encodeArgs(args)]) : [method, encodeArgs(args), object]
  ) as EncodedCall;
}

function decodeCall([method, args, object = 0]: EncodedCall): Call {
  return { object, method, args: decodeArgs(args) };
}

/** Without the empty object at its end. */
function compact(list: readonly [string, EncodedArgs]): readonly unknown[] {
  return Object.keys(list[1]).length === 0 ? [list[0]] : list;
}

function encodeArgs(args: Args): EncodedArgs {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const callback = callbackIn(value);
      if (callback?.callback !== 'returns') return [name, value === undefined ? {} : encodeNumber(value)];
      // JSON leaves out what a function that gives back nothing gives back.
      return [name, { ...callback, value: encodeNumber(callback.value) }];
    }),
  );
}

function decodeArgs(args: EncodedArgs = {}): Args {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const argument = decodeNumber(value) as Argument;
      const callback = callbackIn(argument);
      if (callback?.callback === 'returns') {
        return [name, { callback: 'returns', value: decodeNumber(callback.value) as Value }];
      }
      const isEmpty = typeof argument === 'object' && argument !== null && Object.keys(argument).length === 0;
      return [name, isEmpty ? undefined : argument];
    }),
  );
}

/** JSON has neither the numbers that are none nor a negative zero. */
function encodeNumber(value: Argument): unknown {
  if (Object.is(value, -0)) return { number: '-0' };
  return typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
}

function decodeNumber(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'number' in value ? Number(value.number) : value;
}

function encodeSchedule(schedule: Schedule): unknown {
  switch (schedule.kind) {
    case 'directed':
      return schedule.directions.flatMap((direction, position, all) => [
        direction.decision - (all[position - 1]?.decision ?? 0),
        directionCode(direction),
      ]);
    case 'random':
      return ['r', schedule.seed];
    case 'pct':
      return ['p', schedule.seed, schedule.depth];
    case 'script':
      return ['s', ...schedule.script];
  }
}

function decodeSchedule(encoded: unknown): Schedule {
  const list = encoded as readonly [unknown, ...unknown[]];
  switch (list[0]) {
    case 'r':
      return { kind: 'random', seed: list[1] as number };
    case 'p':
      return { kind: 'pct', seed: list[1] as number, depth: list[2] as number };
    case 's':
      return { kind: 'script', script: list.slice(1) as Extract<Schedule, { kind: 'script' }>['script'] };
    default: {
      const numbers = list as readonly number[];
      let decision = 0;
      const directions = [];
      for (let position = 0; position + 1 < numbers.length; position += 2) {
        decision += numbers[position] as number;
        directions.push(directionOf(decision, numbers[position + 1] as number));
      }
      return { kind: 'directed', directions };
    }
  }
}
