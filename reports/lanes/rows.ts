/**
 * One thing that a drawing shows, in one thread's lane or across all of them. Time runs
 * downwards; a thread's line is drawn from `opens` to `closes`, broken while it sleeps.
 */
export type Row =
  | {
      /** `opens`: a call begins; `closes`: it ends; `within`: something happens in between, or in no call at all. */
      readonly kind: 'opens' | 'closes' | 'within' | 'sleeps' | 'wakes';
      readonly thread: number;
      readonly text: string;
      /** This is what nothing explains. */
      readonly fault?: true;
    }
  | {
      readonly kind: 'note';
      readonly text: string;
      readonly fault?: true;
    };

/** A row of a thread's lane. */
export type LaneRow = Exclude<Row, { kind: 'note' }>;

/** What a program did, or is meant to do, ready to be drawn. */
export interface Drawing {
  readonly threads: number;
  readonly rows: readonly Row[];
}
