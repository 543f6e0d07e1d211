"""Rules that CPython is known to break, in the form that `describe` answers them."""

from __future__ import annotations

import sys
from typing import List, NamedTuple, Optional, Tuple

UNTIL = "2035-12-31"
"""The last day on which they are accepted: versions that are out do not change."""

NEVER = (99,)


class Deviation(NamedTuple):
    """A rule, the versions that break it, and why."""

    rule: str
    reason: str
    before: Tuple[int, ...] = NEVER
    """The first version that keeps the rule again."""
    since: Tuple[int, ...] = (3,)
    """The first version that breaks it."""
    link: Optional[str] = None
    seldom: bool = False
    """It shows only if threads happen to meet so."""


LEFT_BEHIND = "an item that cannot be compared stays in the queue, without being counted as a task"

WOKEN = (
    "a waiter that a release has woken has the lock before it says so: until it runs, other threads cannot acquire it, "
)

READ_TWICE = (
    "put reads maxsize twice: one that is on its way while it is set to 0 waits for room in a queue that has no limit"
)

KNOWN: Tuple[Deviation, ...] = (
    Deviation("lock.release.any-thread", WOKEN + "and their release raises RuntimeError", before=(3, 14), seldom=True),
    Deviation("lock.locked", WOKEN + "and locked() is false", before=(3, 14), seldom=True),
    Deviation(
        "cond.notify.no-waiters",
        "a waiter whose time is over leaves the list without the lock: a notify that looks into it just then raises IndexError",
        seldom=True,
    ),
    Deviation("rlock.new.args", "RLock() ignores its arguments; deprecated since 3.13, gone in 3.15", before=(3, 15)),
    Deviation("barrier.new.positive", "a barrier for nobody is made, and never opens", before=(3, 13)),
    Deviation("prio.incomparable", LEFT_BEHIND),
    Deviation("prio.same-api", LEFT_BEHIND + ", and takes the room of another"),
    Deviation("queue.new.unbounded", READ_TWICE, seldom=True),
    Deviation("queue.maxsize-mutable", READ_TWICE, seldom=True),
    Deviation(
        "thread.join.returns-none",
        "where two threads join the same one as it ends, one of them can find the lock of the other and raise AssertionError",
        before=(3, 13),
        seldom=True,
    ),
    Deviation(
        "thread.join.overflow-harmless",
        "a join with a time-out that is too large marks a running thread as ended",
        since=(3, 9),
        before=(3, 13),
        link="https://github.com/python/cpython/issues/90882",
    ),
    Deviation(
        "thread.start.failure-clean",
        "a thread whose start has failed cannot be started again",
        since=(3, 13),
    ),
    Deviation(
        "thread.name.default-target",
        "a default name does not tell of the function that the thread runs",
        before=(3, 10),
    ),
    Deviation("thread.ctor.falsy-target", "a function that is false is not called", before=(3, 10)),
    Deviation("lowthread.start.unraisablehook", "the hook is told of no function", since=(3, 13)),
    Deviation(
        "lowthread.interrupt-main.unhandled-noop",
        "a signal that nobody handles interrupts the main thread all the same",
        before=(3, 10),
    ),
    Deviation("cond.notify.nonpositive-n", "notify of fewer than nobody raises ValueError", before=(3, 9)),
    Deviation("dummy.never-blocks", "the argument of acquire is called waitflag", before=(3, 9)),
    Deviation(
        "simpleq.get.timeout",
        "a getter that was woken in the last moment, and whose item another thread has taken, waits without a time-out",
        before=(3, 13),
        seldom=True,
    ),
)


def deviations() -> List[dict]:
    """Those of this version."""
    return [answered(one) for one in KNOWN if one.since <= sys.version_info < one.before]


def answered(one: Deviation) -> dict:
    """A deviation as the protocol has it."""
    version = sys.version.split()[0]
    answer: dict = {"rule": one.rule, "reason": f"CPython {version}: {one.reason}", "until": UNTIL}
    if one.link is not None:
        answer["link"] = one.link
    if one.seldom:
        answer["seldom"] = True
    return answer
