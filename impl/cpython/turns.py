"""Small random pauses, by which the threads of a program come to overlap in ever other ways.

A switch from one thread to another takes longer than most programs do: left alone, each thread would make all its
calls before the next one has woken up. So where a thread may pause it steps back now and then, and one that had
stepped back goes on in its place. Nobody waits long for that: if whoever goes on blocks, the others go on by
themselves.
"""

from __future__ import annotations

from random import Random
from typing import List

from raw import Signal

LONGEST_STEP_BACK = 5e-5
"""Seconds after which a thread goes on that nobody has woken."""

LONGEST_MEETING = 1e-3
"""Seconds in which all threads have to be there, to begin together."""

WITHOUT_ANOTHER = 0.2
"""How often a thread steps back then for which no other had done so."""


class Turns:
    """Who goes on, in one execution."""

    def __init__(self, random: Random, count: int) -> None:
        """`count`: of the threads."""
        self._random = random.random
        self._count = count
        self._arrived: List[None] = []
        self._waiting: List[Signal] = []

    def meet(self, own: Signal) -> None:
        """Waits until all threads are there."""
        self._arrived.append(None)
        if len(self._arrived) < self._count:
            self._step_back(own, LONGEST_MEETING)
        else:
            self.pause(own, 1)

    def pause(self, own: Signal, probability: float) -> None:
        """With this probability, lets another thread go on that has stepped back."""
        if self._random() >= probability:
            return
        if self._waiting:
            self.wake_one()
            self._step_back(own, LONGEST_STEP_BACK)
        elif len(self._arrived) > 1 and self._random() < WITHOUT_ANOTHER:
            self._step_back(own, LONGEST_STEP_BACK)

    def leave(self) -> None:
        """The thread has nothing more to do."""
        self._arrived.pop()
        self.wake_one()

    def wake_one(self) -> None:
        """One that has stepped back goes on."""
        waiting = self._waiting
        try:
            waiting.pop(int(self._random() * len(waiting))).give()
        except IndexError:
            # Nobody has, or another thread was faster.
            pass

    def _step_back(self, own: Signal, seconds: float) -> None:
        self._waiting.append(own)
        if own.take(seconds):
            return
        try:
            self._waiting.remove(own)
        except ValueError:
            # It was woken in the last moment.
            own.take(0)


def sharpen_timers() -> None:
    """Has short sleeps of this thread, and of those that it starts, last as long as they say, where the system can."""
    try:
        with open("/proc/self/timerslack_ns", "w", encoding="ascii") as file:
            file.write("1")
    except OSError:
        # Threads then overlap in fewer ways.
        pass
