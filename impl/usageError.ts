/** What was asked for cannot be done; nothing has been run. The message says what, where and what to do. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}
