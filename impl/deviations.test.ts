import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activeDeviations, dayOf, isDay, isExpired } from './deviations.ts';

const days = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map(dayOf);

describe('deviations', () => {
  test('are active up to and on their last day', () => {
    const [past, last, future] = ['2026-03-04', '2026-03-05', '2026-03-06'].map((until) => ({
      rule: `rule.until-${until}`,
      reason: 'known',
      until,
    }));
    const active = activeDeviations([past, last, future] as never, new Date('2026-03-05T18:00:00Z'));
    expect([...active]).toEqual([
      ['rule.until-2026-03-05', last],
      ['rule.until-2026-03-06', future],
    ]);
    expect(activeDeviations(undefined, new Date()).size).toBe(0);
  });

  test('every day of the calendar is one, and days are ordered as time is', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(isDay(a)).toBe(true);
        expect(isExpired(a, new Date(`${b}T12:00:00Z`))).toBe(Date.parse(a) < Date.parse(b));
      }),
    );
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', 'tomorrow', '', 20260101, undefined])(
    '%s is no day',
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );
});
