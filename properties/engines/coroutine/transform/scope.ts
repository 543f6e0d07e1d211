/** A function's body, or a module's: where names can be declared, and whether others may go on in the middle of it. */
export class Scope {
  /** True in the body of a twin. */
  readonly yields: boolean;
  /** A function whose `this`, `arguments` and `super` are those around it. */
  readonly isArrow: boolean;
  readonly outer: Scope | undefined;
  /** The body of a generator, whose own steps are told from those of threads. */
  readonly gives: boolean;
  /** The body of an asynchronous generator. */
  readonly givesLater: boolean;
  /** The name of what holds the block's `using` declarations; undefined if it is a block without. */
  held: string | undefined;
  /** A part of a function: a block, or what stands where nothing can be declared. */
  readonly #isPart: boolean;
  /** What is to be declared at its beginning: names, or names with what they are. */
  readonly #declarations: string[] = [];
  readonly #statements: string[] = [];

  constructor(
    yields: boolean,
    isArrow: boolean,
    outer?: Scope,
    isPart = false,
    gives = false,
    givesLater = false,
  ) {
    this.#isPart = isPart;
    this.gives = gives;
    this.givesLater = givesLater;
    this.yields = yields;
    this.isArrow = isArrow;
    this.outer = outer;
  }

  /** A block in it: functions that are declared there are known there. */
  get block(): Scope {
    return new Scope(this.yields, this.isArrow, this, true, this.gives, this.givesLater);
  }

  /** A part of it in which nobody else goes on. */
  get still(): Scope {
    return new Scope(false, this.isArrow, this, true);
  }

  /** Declares a name, with a value if there is one. */
  declare(name: string, value?: string): string {
    if (this.#isPart && this.outer !== undefined) return this.outer.declare(name, value);
    const declaration = value === undefined ? name : `${name}=${value}`;
    if (!this.#declarations.includes(declaration)) this.#declarations.push(declaration);
    return name;
  }

  /** Something to be done before anything else. */
  first(statement: string): void {
    this.#statements.push(statement);
  }

  /** The body of a twin, or a part of one. */
  get isTwin(): boolean {
    return this.yields || (this.#isPart && this.outer?.isTwin === true);
  }

  /** What has to stand at the beginning of its body. */
  get prelude(): string {
    const declared = this.#declarations.length === 0 ? '' : `let ${this.#declarations.join(',')};`;
    return declared + this.#statements.join('');
  }

  /** The nearest one that is no arrow function, and whether a twin of an arrow function lies before it. */
  get owner(): { readonly scope: Scope; readonly hidden: boolean } {
    if ((!this.isArrow && !this.#isPart) || this.outer === undefined) return { scope: this, hidden: false };
    const { scope, hidden } = this.outer.owner;
    return { scope, hidden: hidden || (this.isArrow && this.isTwin) };
  }
}
