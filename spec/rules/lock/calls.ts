import { call, object } from '../../example.ts';

export const lock = [object('lock')];
export const acquire = call('acquire');
export const tryAcquire = call('acquire', { blocking: false });
export const release = call('release');
export const locked = call('locked');
export const timed = (timeout: number) => call('acquire', { timeout });
const pair = [acquire, release];
export const twice = [...pair, ...pair];
