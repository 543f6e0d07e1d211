"""The requests `run` and `wait`: a program is executed so often, and its threads do what they do when they can."""

from __future__ import annotations

import sys
from functools import partial
from random import Random
from typing import List

from execution import Execution
from free import FreeStage, act
from history import EXECUTION_TEXT, LONGEST_LINE, event_texts, in_lines
from pool import Pool, Worker
from program import Program, ready
from standstill import Watch
from turns import Turns
from wire import AnswerStream

SWITCH_INTERVAL = 1e-5
"""Seconds after which the interpreter switches between threads of a run."""


class Run:
    """A program whose threads the harness starts, executed so often as is asked."""

    def __init__(self, request: dict, pool: Pool, answers: AnswerStream) -> None:
        self._id = request["id"]
        self._executions = request["executions"]
        self._patience = request["patience"]
        self._words = request["program"]
        self._program = Program(self._words)
        self._random = Random(request["seed"])
        self._pool = pool
        self._answers = answers
        self._texts: List[str] = []
        self._events: list = []
        self._told = 0
        self._left_behind: List[Worker] = []

    def run(self) -> None:
        """Executes the program, and answers."""
        before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL)
        try:
            self._run_all()
        finally:
            sys.setswitchinterval(before)
        self._finish()

    def wait(self, request: dict) -> None:
        """Looks again at the threads that were left behind, and answers what they have done since."""
        self._id = request["id"]
        self._watch(request["patience"])
        self._tell()
        self._finish()

    def _run_all(self) -> None:
        for _ in range(self._executions):
            self._events = []
            self._told = 0
            self._execution = Execution(len(self._program.objects), self._events.append)
            self._texts.append(EXECUTION_TEXT)
            is_made = self._program.create(self._execution)
            if is_made:
                self._execute()
            self._tell()
            if not is_made or self._left_behind:
                return
            if len(self._texts) > LONGEST_LINE:
                self._write()

    def _execute(self) -> None:
        workers = self._pool.take(len(self._program.threads))
        turns = Turns(self._random, len(workers))
        for thread, worker in enumerate(workers):
            stage = FreeStage(self._execution, thread, turns)
            calls = ready(self._program.threads[thread], self._execution, stage)
            worker.prepare(partial(act, self._execution, thread, calls, stage))
        for worker in workers:
            worker.begin()
        self._left_behind = workers
        self._watch(self._patience)
        for worker in workers:
            if worker in self._left_behind:
                worker.give_up()
            else:
                self._pool.give_back(worker)

    def _watch(self, patience: float) -> None:
        """Waits for the threads that are left. Those that do not come are left behind."""
        workers = self._left_behind
        watch = Watch(
            self._words, self._events, patience, lambda: [one.native_id for one in workers if not one.is_done]
        )
        self._left_behind = [worker for worker in workers if not watch.waits_for(worker.wait)]

    def _tell(self) -> None:
        """Tells what has happened since it was told last."""
        events = list(self._events)
        self._texts.extend(list(event_texts(events, self._execution.began))[self._told :])
        self._told = len(events)

    def _finish(self) -> None:
        self._write()
        is_over = not self._left_behind
        self._answers.write({"id": self._id, "done": {"clean": is_over, "standstill": not is_over}})

    def _write(self) -> None:
        for texts in in_lines(self._texts):
            self._answers.write_events(self._id, texts)
        self._texts.clear()
