import type { HistoryEvent } from './history.ts';

/** An event of an ordered example's execution; `step` says where a step of the example begins. */
export type ExampleEvent =
  | HistoryEvent
  | { readonly type: 'step'; readonly step: number; readonly at: number };

/** The events that are history. */
export function historyIn(events: readonly ExampleEvent[]): readonly HistoryEvent[] {
  return events.filter((event): event is HistoryEvent => event.type !== 'step');
}
