import { refuseArguments } from '../handle.ts';
import { type WaitOptions, waitPatience } from '../waitPatience.ts';
import { only } from './only.ts';

/** A flag that nobody ever waits for. */
export class Event {
  readonly primitive: string = 'Event';
  #flag = false;

  /** A new event whose flag is false. @throws TypeError if given anything. */
  constructor(...none: readonly []) {
    refuseArguments('Event', none);
  }

  /** The same event. @throws TypeError for anything else. */
  static from(event: Event): Event {
    return only(Event, event);
  }

  /** Whether the flag is true. */
  isSet(): boolean {
    return this.#flag;
  }

  /** Makes the flag true. */
  set(): void {
    this.#flag = true;
  }

  /** Makes the flag false. */
  clear(): void {
    this.#flag = false;
  }

  /**
   * Returns at once.
   * @returns true; false if the flag is and the call would not wait: a time-out of 0 or below.
   * @throws TypeError for a time-out that is no number, OverflowError for one above `TIMEOUT_MAX`, both only if the
   *   flag is false.
   */
  wait(options?: WaitOptions | number | null): boolean {
    return this.#flag || waitPatience(options) > 0;
  }

  /** {@link wait}, later. */
  async waitAsync(options?: WaitOptions | number | null): Promise<boolean> {
    return this.wait(options);
  }
}
