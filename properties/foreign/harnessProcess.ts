import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import * as v from 'valibot';
import { type Answer, answer, answers, protocolVersion, type Request } from '../../impl/protocol.ts';
import { toWords } from '../../impl/words.ts';
import { Exchange } from './exchange.ts';
import { HarnessError, type HarnessFault } from './harnessError.ts';

/** How a harness is started. */
export interface HarnessCommand {
  /** What its user calls it. */
  readonly name: string;
  /** A program and its arguments; one text alone is for the shell. */
  readonly command: string | readonly [program: string, ...args: readonly string[]];
  /** What to do if it cannot be started, as a sentence. */
  readonly hint?: string;
}

/** A request without what the process adds to it. */
export type Question = Request extends infer One
  ? One extends Request
    ? Omit<One, 'id' | 'lockproof'>
    : never
  : never;

/** Milliseconds that a process has to end by itself when nothing is asked any more. */
const farewell = 5000;

/** Bytes without a line's end after which nobody waits for one. */
const longestLine = 64 * 2 ** 20;

/** How those that run are ended. */
const live = new Set<() => void>();
let endsWithProcess = false;

/** Who judges may be told to end at any moment: no harness must outlive it. */
function endWithProcess(kill: () => void): void {
  live.add(kill);
  if (endsWithProcess) return;
  endsWithProcess = true;
  process.on('exit', () => live.forEach((end) => end()));
}

/** A process that speaks the protocol. Requests are asked one after the other. */
export class HarnessProcess {
  readonly #command: HarnessCommand;
  readonly #child: ChildProcess;
  readonly #exchange = new Exchange();
  readonly #decoder = new StringDecoder('utf8');
  readonly #ended: Promise<string>;
  /** Whether the whole process group can be ended: a shell stands in front of what it starts. */
  readonly #isGroup = process.platform !== 'win32';
  readonly #kill = () => this.#end();
  #hear: (line: string) => void = (line) => this.#unasked(line);
  #fail: (error: HarnessError) => void = () => undefined;
  #failure: HarnessError | undefined;
  #rest = '';
  #stderr = '';
  #id = 0;
  #isOver = false;

  constructor(command: HarnessCommand) {
    this.#command = command;
    const options = { stdio: 'pipe', detached: this.#isGroup } as const;
    const { command: line } = command;
    this.#child =
      typeof line === 'string'
        ? spawn(line, { ...options, shell: true })
        : spawn(line[0], line.slice(1), options);
    endWithProcess(this.#kill);
    // Streams end when all who have them do: what the harness has started itself ends with it.
    this.#child.once('exit', this.#kill);
    this.#ended = this.#untilEnd();
    // A process that is gone does not read: that it is gone is told by its end.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdout?.on('data', (bytes: Buffer) => this.#read(this.#decoder.write(bytes)));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#readErrors(text));
  }

  /** Whether it has ended, or has done what no harness may do. */
  get isOver(): boolean {
    return this.#isOver || this.#failure !== undefined;
  }

  /** How it ended, when it has: `exit code 3`, `SIGKILL`. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  /** What it has written to standard error. */
  get stderr(): string {
    return this.#stderr;
  }

  /** The last lines that went to and fro. */
  get lastLines(): readonly string[] {
    return this.#exchange.last;
  }

  /**
   * Asks, and waits for the last answer.
   * @param patience seconds without an answer after which none is expected any more.
   * @param see gets every answer, the last one included, as it comes.
   * @throws HarnessError if that is no harness's answer, or none comes. The process is ended then.
   */
  async ask(
    question: Question,
    patience: number,
    see: (answer: Answer) => void = () => undefined,
  ): Promise<Answer> {
    const id = ++this.#id;
    if (this.#failure !== undefined) throw this.#failure;
    const answered = Promise.withResolvers<Answer>();
    this.#fail = (error) => answered.reject(error);
    let timer: NodeJS.Timeout | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(
        () => this.#refuse('silent', `gave no answer for ${patience} s`),
        Math.min(patience * 1000, 2 ** 31 - 1),
      );
    };
    this.#hear = (line) => {
      watch();
      const read = this.#understood(line, id);
      if (read === undefined) return;
      see(read);
      if (!('events' in read)) answered.resolve(read);
    };
    const line = JSON.stringify({ lockproof: protocolVersion, ...question, id }, toWords);
    this.#exchange.add('>', line);
    watch();
    this.#child.stdin?.write(`${line}\n`);
    try {
      return await answered.promise;
    } finally {
      clearTimeout(timer);
      this.#hear = (unasked) => this.#unasked(unasked);
      this.#fail = () => undefined;
    }
  }

  /** Lets it end by itself; if it does not, it is ended. @returns how it ended. */
  async close(): Promise<string> {
    this.#child.stdin?.end();
    const timer = setTimeout(this.#kill, farewell);
    const how = await this.#ended;
    clearTimeout(timer);
    return how;
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.#end();
    await this.#ended;
  }

  async #untilEnd(): Promise<string> {
    const how = await new Promise<string>((resolve) => {
      this.#child.once('error', (error) => {
        const { hint = 'Look at the command.' } = this.#command;
        this.#refuse('not started', `could not be started: ${error.message}. ${hint}`);
        resolve(error.message);
      });
      this.#child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    this.#isOver = true;
    live.delete(this.#kill);
    this.#refuse('ended', `ended (${how}) before it had answered`);
    return how;
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#failure !== undefined) return;
      this.#exchange.add('<', line);
      this.#hear(line);
    }
    if (this.#rest.length > longestLine) this.#refuse('no JSON', 'writes a line that does not end');
  }

  #readErrors(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-longestLine);
    for (const line of text.split('\n')) if (line !== '') this.#exchange.add('!', line);
  }

  #understood(line: string, id: number): Answer | undefined {
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return this.#refuse('no JSON', 'answered with a line that is no JSON');
    }
    const said = v.safeParse(described, json);
    if (said.success && said.output.describes.lockproof !== protocolVersion) {
      const theirs = JSON.stringify(said.output.describes.lockproof);
      return this.#refuse(
        'wrong version',
        `speaks version ${theirs} of the protocol; this version of Lockproof speaks version ${protocolVersion}`,
      );
    }
    const kind = Object.keys(answers).find((name) => Object.hasOwn(Object(json) as object, name));
    const parsed = v.safeParse(kind === undefined ? answer : answers[kind as keyof typeof answers], json);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      const at = v.getDotPath(issue);
      return this.#refuse(
        'wrong answer',
        `answered what the protocol does not have${at === null ? '' : `, at '${at}'`}: ${issue.message}`,
      );
    }
    if (parsed.output.id !== id) {
      return this.#refuse(
        'out of order',
        `answered request ${parsed.output.id} where request ${id} was next`,
      );
    }
    return parsed.output;
  }

  #unasked(line: string): void {
    this.#refuse('out of order', `wrote an answer that nobody had asked for: ${line.slice(0, 80)}`);
  }

  #refuse(fault: HarnessFault, what: string): undefined {
    if (this.#failure !== undefined) return;
    this.#failure = new HarnessError(
      fault,
      `${this.#command.name} ${what}${/[.!?]$/u.test(what) ? '' : '.'}`,
      this.#exchange.last,
    );
    this.#fail(this.#failure);
    this.#end();
  }

  #end(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (this.#isGroup) process.kill(-pid, 'SIGKILL');
      else this.#child.kill('SIGKILL');
    } catch {
      // It is gone.
    }
  }
}

const described = v.object({ describes: v.object({ lockproof: v.unknown() }) });
