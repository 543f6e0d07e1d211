import { call, reads } from '../../example.ts';

export const acquire = call('acquire');
export const tryAcquire = call('acquire', { blocking: false });
export const timed = (timeout: number | string) => call('acquire', { timeout });
export const release = call('release');
export const locked = call('locked');

export const set = call('set');
export const clear = call('clear');
export const isSet = call('isSet');
export const wait = call('wait');
export const poll = call('wait', { timeout: 0 });
export const timedWait = (timeout: number | string) => call('wait', { timeout });

export const read = call('read');
export const write = (value: number) => call('write', { value });
export const increment = call('increment');

export const notify = call('notify');
export const notifyAll = call('notifyAll');
/** The predicate is what the cell at position 1 holds: true unless it is 0. */
export const waitFor = call('waitFor', { predicate: reads(1) });
