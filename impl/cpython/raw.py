"""What the harness itself is made of: bound before anything can be patched.

Nothing of the harness uses `threading` for its own synchronisation: it would be judged by what it judges, and
`threading.enumerate()` would see it.
"""

from _thread import allocate_lock, get_ident, get_native_id, start_new_thread
from time import monotonic, sleep

__all__ = ["Signal", "allocate_lock", "get_ident", "get_native_id", "monotonic", "sleep", "start_new_thread"]


class Signal:
    """Wakes one thread that waits for it; given twice before somebody waits, it wakes once."""

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        self._lock = allocate_lock()
        self._lock.acquire()

    def give(self) -> None:
        """Wakes the thread that waits, or the next one that does."""
        try:
            self._lock.release()
        except RuntimeError:
            # It has been given, and nobody has taken it yet.
            pass

    def take(self, seconds: float = -1) -> bool:
        """Waits until it is given, for so many seconds at most; -1: without limit. Returns whether it was."""
        return self._lock.acquire(True, seconds)
