"""When nothing happens any more in an execution."""

from __future__ import annotations

import os
from typing import Any, Callable, Dict, Iterable, List, Optional

from raw import get_native_id, monotonic

LONGEST_TIMEOUT = 60
"""Seconds; nobody waits for time-outs that are longer."""

LONGEST_EXTENSION = 20
"""So many times its patience something is waited for that could go on, if it were given a processor."""

SHORTEST_LOOK = 0.001
"""Seconds between two looks, at least."""


class Watch:
    """Waits for the threads of an execution as long as something happens."""

    def __init__(
        self, program: dict, events: list, patience: float, native_ids: Callable[[], Iterable[int]]
    ) -> None:
        """
        `patience`: seconds without an event after which nothing is expected any more. `native_ids`: of the threads that
        are at work.
        """
        self._program = program
        self._events = events
        self._patience = patience
        self._native_ids = native_ids
        self._seen = len(events)
        self._quiet_since = monotonic()
        self._is_over = False

    def waits_for(self, wait: Callable[[float], bool]) -> bool:
        """
        Waits for something, by a function that does so for some seconds and says whether it has come. Returns false if
        it never will.
        """
        while not wait(0 if self._is_over else max(self._patience, SHORTEST_LOOK)):
            if self._is_over or not self._goes_on():
                self._is_over = True
                return False
        return True

    def _goes_on(self) -> bool:
        """Whether something has happened since the last look, or is still to be expected."""
        now = monotonic()
        if len(self._events) != self._seen:
            self._seen = len(self._events)
            self._quiet_since = now
            return True
        if now < latest_deadline(self._program, list(self._events)) + self._patience:
            return True
        is_short = now - self._quiet_since < LONGEST_EXTENSION * self._patience
        return is_short and any(map(is_runnable, self._native_ids()))


def latest_deadline(program: dict, events: list) -> float:
    """The moment on the clock at which the last time-out of a pending call expires; 0 if there is none."""
    pending: Dict[int, Any] = {}
    for event in events:
        if event[0] == "call":
            pending[event[1]] = event
        elif event[0] in ("end", "enter"):
            pending.pop(event[1], None)
    latest = 0.0
    for _, thread, position, at in pending.values():
        call = program["threads"][thread][position]
        timeout = timeout_of(program, call)
        if timeout is not None and timeout <= LONGEST_TIMEOUT:
            # A timer's time begins with its start, not when its function's turn is expected first.
            since = events[-1][-1] if call["method"] == "begins" else at
            latest = max(latest, since + timeout)
    return latest


def timeout_of(program: dict, call: dict) -> Optional[float]:
    """The seconds after which a call ends by itself; `None`: it does not, or not that one could know."""
    subject = program["objects"][call["object"]]
    words = [call["args"].get("timeout")]
    if subject["family"] == "barrier" and call["method"] == "wait" and "timeout" not in call["args"]:
        words.append(subject["args"].get("timeout"))
    if subject["family"] == "timer" and call["method"] == "begins":
        words.append(subject["args"].get("interval"))
    for word in words:
        if isinstance(word, (int, float)) and not isinstance(word, bool) and word >= 0:
            return word
    return None


def is_runnable(native_id: int) -> bool:
    """Whether a thread runs, or would if it were given a processor. False where the system does not say."""
    try:
        with open(f"/proc/self/task/{native_id}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] == "R"
    except (OSError, IndexError):
        return False


def other_native_ids() -> List[int]:
    """All threads of the process but the one that runs; none where the system does not say."""
    try:
        return [int(name) for name in os.listdir("/proc/self/task") if int(name) != get_native_id()]
    except OSError:
        return []
