"""Small random pauses, by which the threads of a program come to overlap in ever other ways."""

from __future__ import annotations

from itertools import repeat
from random import Random

from raw import sleep

PREPARED = 509
"""Pauses that are thought of before a run; a prime number, so that they fall ever differently."""

LONGEST_SPIN = 4000
"""Turns of an empty loop, which takes about 10 nanoseconds each."""


class Pauses:
    """The pauses of one run."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        self._lengths = [length_of_one(random) for _ in range(PREPARED)]

    def of_thread(self, execution: int, thread: int) -> PausesOfThread:
        """The pauses of a thread in an execution."""
        return PausesOfThread(self._lengths, (execution * 7 + thread * 131) % PREPARED)


class PausesOfThread:
    """The pauses of one thread, one after the other."""

    __slots__ = ("_lengths", "_next")

    def __init__(self, lengths: list, first: int) -> None:
        self._lengths = lengths
        self._next = first

    def pause(self) -> None:
        """Pauses, or not."""
        length = self._lengths[self._next]
        self._next = (self._next + 1) % PREPARED
        if length == 0:
            return
        if length < 0:
            sleep(0)
            return
        for _ in repeat(None, length):
            pass


def length_of_one(random: Random) -> int:
    """0: no pause; -1: the other threads are let go first; else so many turns of an empty loop."""
    kind = random.random()
    if kind < 0.4:
        return 0
    if kind < 0.6:
        return -1
    return int(random.random() ** 2 * LONGEST_SPIN)
