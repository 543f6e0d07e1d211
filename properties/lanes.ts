/**
 * Does a list of work on several workers side by side, each taking the next piece when it is free.
 * @returns a promise for each piece, in the order of the list. After an abort the pieces that were not begun
 *   reject with the signal's reason.
 */
export function inLanes<Worker, Piece, Result>(
  workers: readonly Worker[],
  pieces: readonly Piece[],
  signal: AbortSignal,
  work: (worker: Worker, piece: Piece) => Promise<Result>,
): readonly Promise<Result>[] {
  const promised = pieces.map(() => Promise.withResolvers<Result>());
  // Whoever awaits the promises gets the errors; one that is not awaited any more is no failure of the process.
  for (const { promise } of promised) promise.catch(() => undefined);
  let next = 0;
  const lane = async (worker: Worker): Promise<void> => {
    while (next < pieces.length) {
      const position = next++;
      const { resolve, reject } = promised[position] as PromiseWithResolvers<Result>;
      if (signal.aborted) reject(signal.reason as Error);
      else await work(worker, pieces[position] as Piece).then(resolve, reject);
    }
  };
  void Promise.all(workers.map(lane));
  return promised.map(({ promise }) => promise);
}
