/** Thrown through an implementation to end a call that will never return. Deliberately no Error: nothing should take it for one of its own. */
export const unwind = Object.freeze({ unwind: 'This execution is over.' });
