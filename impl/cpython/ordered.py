"""Threads of a program that make their calls when they are told to."""

from __future__ import annotations

from typing import Any, Optional

from execution import Execution
from raw import Signal
from stage import ErrorTypes, Stage

ABSENT, WAITING, CALLING, FINISHED = range(4)
"""What a thread does: it has not begun, waits for an order, makes a call, or has ended."""


class Ended(BaseException):
    """A thread is told to end in the middle of its calls."""


class Actor:
    """How far a thread of a program is, and what it is told."""

    def __init__(self, thread: int, pulse: Signal) -> None:
        """`pulse`: is given whenever something of it changes."""
        self.thread = thread
        self.state = ABSENT
        self.returned = 0
        """How many calls have ended, or entered the bodies of their statements."""
        self.begun = 0
        """How often its function was called."""
        self.is_over = False
        """A step of the program ends it."""
        self.ending: Optional[dict] = None
        """How it is told to end; `None`: it is not."""
        self._order = Signal()
        self._pulse = pulse

    @property
    def is_live(self) -> bool:
        """Whether it has begun and not ended."""
        return self.state in (WAITING, CALLING)

    @property
    def is_told_to_end(self) -> bool:
        """Whether it makes no more calls."""
        return self.ending is not None

    def tell_call(self) -> None:
        """Tells it to make its next call. It has to be waiting."""
        self.state = CALLING
        self._order.give()

    def tell_end(self, ending: dict) -> None:
        """Tells it to end, and how. It has to be waiting."""
        self.ending = ending
        self.state = CALLING
        self._order.give()

    def await_order(self) -> None:
        """Waits, in the thread itself, for what it is told. Raises `Ended` if that is to end."""
        self.state = WAITING
        self._pulse.give()
        self._order.take()
        if self.is_told_to_end:
            raise Ended

    def has_returned(self) -> None:
        """A call has ended, or entered a body."""
        self.returned += 1
        self._pulse.give()

    def has_begun(self) -> None:
        """Its function was called."""
        self.begun += 1
        self._pulse.give()

    def finish(self) -> None:
        """It has ended."""
        self.state = FINISHED
        self._pulse.give()


class OrderedStage(Stage):
    """A thread makes each call when it is told to."""

    ended: ErrorTypes = Ended

    def __init__(self, execution: Execution, actor: Actor) -> None:
        super().__init__(execution, actor.thread)
        self._actor = actor

    def call(self, position: int) -> None:
        """Waits until the thread is told to make the call. Raises `Ended` if it is told to end."""
        self._actor.await_order()
        super().call(position)

    def entered(self, value: Any) -> None:
        """The body of a with-statement begins, and is given this value."""
        super().entered(value)
        self._actor.has_returned()

    def end(self, ended: Any) -> None:
        """The call has returned a value, or `Raised` an error."""
        super().end(ended)
        self._actor.has_returned()

    def await_end(self) -> None:
        """Waits until the thread is told to end. Raises `Ended`."""
        while True:
            self._actor.await_order()
