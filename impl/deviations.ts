import type { Deviation } from './implementation.ts';

/** The calendar day of a moment, in UTC, as `2027-01-31`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** True for a day of the calendar, as `2027-01-31`. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && dayOf(moment) === text;
}

/** True if the deviation's last day is before the day of this moment. */
export function isExpired(until: string, moment: Date): boolean {
  return until < dayOf(moment);
}

/** The deviations that are accepted at this moment, by the rule's id. */
export function activeDeviations(
  deviations: readonly Deviation[] | undefined,
  moment: Date,
): ReadonlyMap<string, Deviation> {
  const active = (deviations ?? []).filter(({ until }) => !isExpired(until, moment));
  return new Map(active.map((deviation) => [deviation.rule, deviation]));
}
