import type { Implementation } from '../implementation.ts';
import { Lock } from './lock.ts';

export default {
  name: 'lockproof/threading',
  lock: {
    create: (args?: unknown) => new Lock(...((args === undefined ? [] : [args]) as [])),
    open: (memory: unknown) => Lock.from(memory as Lock),
  },
} satisfies Implementation;
