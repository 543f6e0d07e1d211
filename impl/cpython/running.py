"""The request `run`: a program is executed so often, and its threads do what they do when they can."""

from __future__ import annotations

import sys
from typing import Any, List

from execution import Execution
from history import EXECUTION_TEXT, LONGEST_LINE, event_texts, in_lines
from pauses import Pauses, PausesOfThread
from pool import Pool
from program import Program, perform, ready
from raw import monotonic
from standstill import Watch
from wire import AnswerStream

SWITCH_INTERVAL = 1e-6
"""Seconds after which the interpreter switches between threads of a run."""


class Never(BaseException):
    """Is never raised."""


class FreeStage:
    """A thread makes its calls without orders, after pauses of its own."""

    ended = Never

    def __init__(self, execution: Execution, thread: int, pauses: PausesOfThread) -> None:
        self._append = execution.append
        self._thread = thread
        self._pause = pauses.pause

    def call(self, position: int) -> None:
        self._pause()
        self._append(("call", self._thread, position, monotonic()))

    def entered(self, value: Any) -> None:
        self._append(("enter", self._thread, value, monotonic()))

    def end(self, ended: Any) -> None:
        self._append(("end", self._thread, ended, monotonic()))


class Run:
    """A program whose threads the harness starts, executed so often as is asked."""

    def __init__(self, request: dict, pool: Pool, answers: AnswerStream) -> None:
        self._id = request["id"]
        self._executions = request["executions"]
        self._patience = request["patience"]
        self._words = request["program"]
        self._program = Program(self._words)
        self._pauses = Pauses(request["seed"])
        self._pool = pool
        self._answers = answers
        self._texts: List[str] = []

    def run(self) -> None:
        """Executes the program, and answers."""
        before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL)
        try:
            standstill = self._run_all()
        finally:
            sys.setswitchinterval(before)
        self._write()
        done = {"clean": self._pool.is_clean, "standstill": standstill}
        self._answers.write({"id": self._id, "done": done})

    def _run_all(self) -> bool:
        """Returns whether it came to a standstill."""
        for number in range(self._executions):
            events: list = []
            execution = Execution(len(self._program.objects), events.append)
            is_made = self._program.create(execution)
            moves = not is_made or self._execute(execution, number, events)
            self._texts.append(EXECUTION_TEXT)
            self._texts.extend(event_texts(list(events), execution.began))
            if len(self._texts) > LONGEST_LINE:
                self._write()
            if not is_made:
                return False
            if not moves:
                return True
        return False

    def _execute(self, execution: Execution, number: int, events: list) -> bool:
        """Returns whether all threads have made all their calls."""
        workers = self._pool.take(len(self._program.threads))
        for thread, worker in enumerate(workers):
            stage = FreeStage(execution, thread, self._pauses.of_thread(number, thread))
            calls = ready(self._program.threads[thread], execution, stage)
            worker.prepare(lambda thread=thread, calls=calls, stage=stage: act(execution, thread, calls, stage))
        for worker in workers:
            worker.begin()
        watch = Watch(self._words, workers, events, self._patience)
        over = [watch.waits_for(worker) for worker in workers]
        for worker, is_over in zip(workers, over):
            if is_over:
                self._pool.give_back(worker)
            else:
                self._pool.give_up(worker)
        return all(over)

    def _write(self) -> None:
        for texts in in_lines(self._texts):
            self._answers.write_events(self._id, texts)
        self._texts.clear()


def act(execution: Execution, thread: int, calls: list, stage: FreeStage) -> bool:
    """Makes the calls of a thread. Returns that the thread of the harness can be used again."""
    execution.act(thread)
    perform(calls, stage)
    execution.rest()
    return True
