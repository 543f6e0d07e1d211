"""Threads of a program that make their calls without orders."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, Callable, Optional

from execution import Execution
from program import perform
from raw import Signal
from stage import Stage
from turns import Turns

BETWEEN_CALLS = 0.4
"""How often a thread steps back before a call."""

WITHIN_CALLS = 0.06
"""How often a thread steps back at a line of what it calls."""


class FreeStage(Stage):
    """A thread makes its calls without orders, after pauses of its own."""

    def __init__(self, execution: Execution, thread: int, turns: Turns) -> None:
        super().__init__(execution, thread)
        self._turns = turns
        self._own = Signal()

    def begin(self) -> None:
        """Waits until all threads are there."""
        self._turns.meet(self._own)

    def call(self, position: int) -> None:
        """Pauses, perhaps, and makes the call."""
        self._turns.pause(self._own, BETWEEN_CALLS)
        super().call(position)

    def finish(self) -> None:
        """The thread has made its calls."""
        self._turns.leave()

    def trace(self, frame: FrameType, event: str, _: Any) -> Optional[Callable]:
        """Steps back now and then within a call: a trace function."""
        if event == "line":
            self._turns.pause(self._own, WITHIN_CALLS)
            return self.trace
        return None if frame.f_code.co_filename.startswith(OWN_FOLDER) else self.trace


OWN_FOLDER = __file__[: -len("free.py")]


def act(execution: Execution, thread: int, calls: list, stage: FreeStage) -> bool:
    """Makes the calls of a thread. Returns that the thread of the harness can be used again."""
    execution.act(thread)
    stage.begin()
    sys.settrace(stage.trace)
    perform(calls, stage)
    sys.settrace(None)
    stage.finish()
    execution.rest()
    return True
