"""When nothing happens any more in an execution."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from pool import Worker
from raw import monotonic

LONGEST_TIMEOUT = 60
"""Seconds; nobody waits for time-outs that are longer."""

LONGEST_EXTENSION = 20
"""So many times its patience something is waited for that could go on, if it were given a processor."""

SHORTEST_LOOK = 0.001
"""Seconds between two looks, at least."""


class Watch:
    """Waits for the threads of an execution as long as something happens."""

    def __init__(self, program: dict, workers: List[Worker], events: list, patience: float) -> None:
        """`patience`: seconds without an event after which nothing is expected any more."""
        self._program = program
        self._workers = workers
        self._events = events
        self._patience = patience
        self._seen = 0
        self._quiet_since = monotonic()
        self._is_over = False

    def waits_for(self, worker: Worker) -> bool:
        """Waits until the thread has made its calls. Returns false if it never will."""
        while not worker.wait(0 if self._is_over else max(self._patience, SHORTEST_LOOK)):
            if self._is_over or not self._is_awaited():
                self._is_over = True
                return False
        return True

    def _is_awaited(self) -> bool:
        """Whether something has happened since the last look, or is still to be expected."""
        now = monotonic()
        if len(self._events) != self._seen:
            self._seen = len(self._events)
            self._quiet_since = now
            return True
        if now < latest_deadline(self._program, list(self._events)) + self._patience:
            return True
        is_short = now - self._quiet_since < LONGEST_EXTENSION * self._patience
        return is_short and any(is_runnable(worker.native_id) for worker in self._workers if not worker.is_done)


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
        timeout = timeout_of(program, program["threads"][thread][position])
        if timeout is not None and timeout <= LONGEST_TIMEOUT:
            latest = max(latest, at + timeout)
    return latest


def timeout_of(program: dict, call: dict) -> Optional[float]:
    """The seconds after which a call ends by itself; `None`: it does not, or not that one could know."""
    subject = program["objects"][call["object"]]
    words = [call["args"].get("timeout")]
    if subject["family"] == "barrier" and call["method"] == "wait" and "timeout" not in call["args"]:
        words.append(subject["args"].get("timeout"))
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
