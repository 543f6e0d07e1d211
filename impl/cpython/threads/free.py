"""The functions of threads that the implementation starts, where nobody gives orders."""

from __future__ import annotations

import sys
from random import Random
from types import FrameType
from typing import Any, Callable, List, Optional

from free import OWN_FOLDER
from program import perform, ready
from raw import Signal, sleep
from stage import ErrorTypes, Stage
from threads.execution import ThreadExecution
from threads.program import ThreadProgram, bodies_in
from threads.questions import Leaving
from wire import UNDEFINED

BETWEEN_CALLS = 0.5
"""How often a thread pauses before a call."""

LONGEST_PAUSE = 6e-4
"""Seconds; most pauses are much shorter."""

WITHIN_CALLS = 0.02
"""How often a thread lets others go at a line of what it calls."""


class FreeStage(Stage):
    """A thread makes its calls without orders, after pauses of its own."""

    ended: ErrorTypes = Leaving

    def __init__(self, execution: ThreadExecution, thread: int, random: Random) -> None:
        super().__init__(execution, thread)
        self._random = random.random

    def call(self, position: int) -> None:
        """Pauses, perhaps, and makes the call."""
        if self._random() < BETWEEN_CALLS:
            sleep(self._random() ** 4 * LONGEST_PAUSE)
        super().call(position)

    def trace(self, frame: FrameType, event: str, _: Any) -> Optional[Callable]:
        """Lets others go now and then within a call: a trace function."""
        if event == "line":
            if self._random() < WITHIN_CALLS:
                sleep(0)
            return self.trace
        return None if frame.f_code.co_filename.startswith(OWN_FOLDER) else self.trace


class FreeBodies:
    """The functions of one execution."""

    def __init__(self, execution: ThreadExecution, program: ThreadProgram, random: Random) -> None:
        self._execution = execution
        self._program = program
        self._random = random
        self._begun: List[bool] = [False] * program.count
        self._finished: List[bool] = [False] * program.count
        self._pulse = Signal()
        timers = (one for one in program.words["objects"] if one["family"] == "timer")
        self._cancellable = {body for one in timers for body in bodies_in(list(one["args"].values()))}
        execution.begin = self.begin

    def execute(self) -> None:
        """Makes the calls of the main thread, and waits for those of the others."""
        others = range(1, len(self._program.words["threads"]))
        for thread in others:
            self._execution.tell("call", thread, 0)
        self._act(0, 0)
        while not all(map(self._is_over, others)):
            self._pulse.take()

    def begin(self, thread: int, _: tuple, __: dict) -> None:
        """Does what the function of a thread does: its first call, that it begins, was made before it was started."""
        if self._begun[thread]:
            return
        self._begun[thread] = True
        self._execution.tell("end", thread, UNDEFINED)
        self._act(thread, 1)
        self._finished[thread] = True
        self._pulse.give()

    def _act(self, thread: int, first: int) -> None:
        stage = FreeStage(self._execution, thread, self._random)
        calls = ready(self._program.threads[thread], self._execution, stage)[first:]
        self._execution.act(thread)
        sys.settrace(stage.trace)
        perform(calls, stage)
        sys.settrace(None)
        self._execution.rest()

    def _is_over(self, thread: int) -> bool:
        # A timer that main has joined begins no more: it was cancelled.
        return self._finished[thread] or (thread in self._cancellable and not self._begun[thread])
