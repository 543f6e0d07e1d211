"""What comes after a program in which the implementation has started threads."""

from __future__ import annotations

import threading

from raw import monotonic, sleep
from threads.execution import ThreadExecution
from threads.hooks import reset_hooks

SHORT = 0.0005
"""Seconds between two looks."""


def rest(execution: ThreadExecution, seconds: float) -> bool:
    """Waits until the threads of a program have ended, for so many seconds at most. Returns whether nothing is left."""
    deadline = monotonic() + seconds
    try:
        reset_hooks()
        while any(thread.is_alive() for thread in execution.made_threads()) and monotonic() < deadline:
            sleep(SHORT)
        while len(threading.enumerate()) > 1 and monotonic() < deadline and not has_strangers():
            sleep(SHORT)
        return len(threading.enumerate()) == 1
    except Exception:
        # What was patched may be broken: that is no reason to stay in this process.
        return False


def has_strangers() -> bool:
    """Whether there are threads whose ends nobody tells."""
    dummy_thread: type = threading._DummyThread  # type: ignore[attr-defined]
    return any(isinstance(thread, dummy_thread) for thread in threading.enumerate())
