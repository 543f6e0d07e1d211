import { watchBytes } from './bytes.ts';
import { watchViews } from './views.ts';

/*
 * Builtins that touch shared memory, in a worker that does nothing but look for races. Done when this module is loaded,
 * before what looks whether builtins are what they were.
 */
watchViews();
watchBytes();

export { watchAliases } from './aliases.ts';
