"""Threads of the harness's own, which are used again."""

from __future__ import annotations

import sys
import traceback
from typing import Callable, List, Optional

from raw import Signal, get_ident, get_native_id, start_new_thread

harness_threads: set = set()
"""The idents of the harness's own threads that live."""


def start_harness_thread(run: Callable[[], None]) -> None:
    """Starts a thread of the harness's own."""

    def run_and_leave() -> None:
        harness_threads.add(get_ident())
        try:
            run()
        except BaseException:
            # Whatever this is, it is the harness's own mistake: standard error is where it is looked for.
            traceback.print_exc(file=sys.stderr)
        finally:
            harness_threads.discard(get_ident())

    start_new_thread(run_and_leave, ())


class Worker:
    """A thread that waits for jobs, and does one at a time."""

    def __init__(self) -> None:
        self.native_id = 0
        self._wanted = Signal()
        self._done = Signal()
        self._job: Optional[Callable[[], bool]] = None
        self._is_given_up = False
        start_harness_thread(self._run)

    def _run(self) -> None:
        self.native_id = get_native_id()
        goes_on = True
        while goes_on:
            self._wanted.take()
            goes_on = self._job is not None and self._job()
            self._job = None
            goes_on = goes_on and not self._is_given_up
            self._done.give()

    def prepare(self, job: Callable[[], bool]) -> None:
        """Hands over what is to be done next. It returns whether the thread is used again; otherwise it ends."""
        self._job = job

    def begin(self) -> None:
        """Begins with what was prepared."""
        self._wanted.give()

    def wait(self, seconds: float) -> bool:
        """Waits for the job to be done, for so many seconds at most. Returns whether it is."""
        return self._done.take(seconds)

    def give_up(self) -> None:
        """If the job should ever be done, the thread ends."""
        self._is_given_up = True

    @property
    def is_done(self) -> bool:
        """Whether there is nothing that it still does."""
        return self._job is None


class Pool:
    """The threads that wait for jobs."""

    def __init__(self) -> None:
        self._idle: List[Worker] = []

    def take(self, count: int) -> List[Worker]:
        """So many threads, to be given back, given up, or at their end."""
        while len(self._idle) < count:
            self._idle.append(Worker())
        first = len(self._idle) - count
        taken = self._idle[first:]
        del self._idle[first:]
        return taken

    def give_back(self, worker: Worker) -> None:
        """The thread can be used again."""
        self._idle.append(worker)
