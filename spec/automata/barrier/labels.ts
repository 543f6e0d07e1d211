/** Situations that programs on barriers have to reach. */
export const labels = {
  slept: 'passed after sleeping',
  cameRound: 'a party came round before slower ones had left',
  surplus: 'more came while parties were leaving',
  abortedLeaving: 'aborted while parties were leaving',
  resetLeaving: 'reset while parties were leaving',
  resetWaiting: 'reset with waiters',
  expiredTogether: 'expired while another slept',
  expiredLate: 'expired against the last arrival',
  expiredUsual: "the constructor's time-out expired",
  actionThrew: 'the action threw while others slept',
} as const;
