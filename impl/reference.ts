import { defineImplementation } from './defineImplementation.ts';
import {
  BoundedSemaphore,
  Event,
  guard,
  type Handle,
  Lock,
  RLock,
  Semaphore,
  withLock,
} from './threading/index.ts';

/** The reference implementation, `lockproof/threading`, as Lockproof judges it. */
export default defineImplementation({
  name: 'lockproof/threading',
  lock: {
    // Whatever is given is handed on, for the constructor to refuse.
    create: (given?: unknown) => Reflect.construct(Lock, given === undefined ? [] : [given]) as Lock,
    open: (handle: Handle) => Lock.from(handle),
  },
  rlock: {
    create: (...args) => new RLock(...args),
    open: (handle: Handle) => RLock.from(handle),
  },
  sem: {
    create: (args) => new Semaphore(args),
    open: (handle: Handle) => Semaphore.from(handle),
  },
  bsem: {
    create: (args) => new BoundedSemaphore(args),
    open: (handle: Handle) => BoundedSemaphore.from(handle),
  },
  event: {
    create: (...args) => new Event(...args),
    open: (handle: Handle) => Event.from(handle),
  },
  with: {
    body: withLock,
    guard,
  },
});
