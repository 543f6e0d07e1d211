/** What a command is made with: it says how the process is to end. */
export type Conclude = (exitCode: number) => void;
