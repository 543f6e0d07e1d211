import { type Inspection, isRecord } from './inspection.ts';

/** An adapter's family as messages have it: where it stands, what has to be there, and how it would be right. */
export interface ShownFamily {
  readonly path: string;
  readonly methods: readonly string[];
  /** What an object is called. */
  readonly name: string;
  readonly example: string;
}

/** Checks how one family is reached. */
export function checkAdapter(inspection: Inspection, family: ShownFamily, adapter: unknown): void {
  const { path: owner, name, example } = family;
  if (!isRecord(adapter)) {
    inspection.report(owner, 'an object with create and open', adapter, example);
    return;
  }
  inspection.refuseUnknownKeys(adapter, owner, ['create', 'open', ...family.methods], example);
  for (const [key, meaning] of Object.entries(mandatory)) {
    const given = inspection.read(adapter, key, `${owner}.${key}`, example);
    if (typeof given === 'function') continue;
    inspection.report(`${owner}.${key}`, `a function that ${meaning}`, given, example);
  }
  for (const method of family.methods) {
    const path = `${owner}.${method}`;
    const given = inspection.read(adapter, method, path, example);
    if (given === undefined || typeof given === 'function') continue;
    inspection.report(
      path,
      'a function that makes the call',
      given,
      `${method}: (${name}, args) => ${name}.${method}(args),`,
      `Leave it out if what open returns has a method '${method}'.`,
    );
  }
}

const mandatory = {
  create: 'makes what is posted to every thread',
  open: 'makes of it, in every thread, the object that is called',
} as const;
