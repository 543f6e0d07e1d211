"""The requests `run` and `wait` for programs in which the implementation starts the threads."""

from __future__ import annotations

import sys
from random import Random
from typing import List

from checks import BadRequest
from history import EXECUTION_TEXT, LONGEST_LINE, event_texts, in_lines
from pool import Pool
from raw import Signal, allocate_lock
from reading import Requests
from running import SWITCH_INTERVAL
from schemas import check_request
from standstill import Watch, other_native_ids
from threads.execution import ThreadExecution
from threads.free import FreeBodies
from threads.interrupts import Interrupts
from threads.program import ThreadProgram
from threads.resting import rest
from wire import AnswerStream


class ThreadRun:
    """
    A program that is executed so often as is asked. The main thread makes the calls of thread 0; another one, of the
    harness, sees to it that something happens, and answers if nothing does.
    """

    def __init__(
        self, request: dict, pool: Pool, answers: AnswerStream, interrupts: Interrupts, requests: Requests
    ) -> None:
        self._id = request["id"]
        self._request = request
        self._program = ThreadProgram(request["program"])
        self._random = Random(request["seed"])
        self._pool = pool
        self._answers = answers
        self._interrupts = interrupts
        self._requests = requests
        self._texts: List[str] = []
        self._told = 0
        self._change = allocate_lock()
        """Held by who says that an execution is over, or that it has come to a standstill."""
        self._done = 0
        self._watched = 0
        self._is_refused = False
        self._is_standstill = False
        self._comes_back = Signal()
        """The main thread has nothing to do any more."""
        self._next_execution()

    def run(self) -> None:
        """Executes the program, and answers."""
        (worker,) = self._pool.take(1)
        worker.prepare(self._watch)
        worker.begin()
        before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_INTERVAL)
        while self._executes():
            pass
        sys.setswitchinterval(before)
        self._comes_back.give()
        worker.wait(-1)
        self._pool.give_back(worker)
        clean = rest(self._execution, 1) and not self._is_standstill
        self._interrupts.reset()
        if not self._is_standstill:
            self._write(clean=clean, standstill=False)

    def _next_execution(self) -> None:
        self._events: list = []
        self._execution = ThreadExecution(self._program.words, self._events.append, self._interrupts)

    def _executes(self) -> bool:
        """Executes the program once. Returns whether there is another execution."""
        self._is_refused = not self._program.create(self._execution)
        if not self._is_refused:
            FreeBodies(self._execution, self._program, self._random).execute()
        with self._change:
            if self._is_standstill:
                return False
            self._tell()
            self._told = 0
            self._done += 1
            goes_on = not self._is_refused and self._done < self._request["executions"]
            if goes_on:
                self._next_execution()
        if len(self._texts) > LONGEST_LINE:
            self._flush()
        return goes_on

    def _tell(self) -> None:
        """Tells what has happened in this execution since it was told last."""
        events = list(self._events)
        if self._told == 0:
            self._texts.append(EXECUTION_TEXT)
        self._texts.extend(list(event_texts(events, self._execution.began))[self._told :])
        self._told = len(events)

    def _watch(self) -> bool:
        """Looks whether something happens; if nothing does, answers requests in place of the main thread."""
        patience = self._request["patience"]
        while not self._comes_back_within(patience):
            with self._change:
                self._is_standstill = self._done == self._watched
            if self._is_standstill:
                self._tell()
                self._write(clean=False, standstill=True)
                patience = self._asked_again()
        if self._is_standstill:
            self._tell()
            self._write(clean=False, standstill=False)
        return True

    def _comes_back_within(self, patience: float) -> bool:
        """Waits for the main thread. Returns false if nothing happens for so many seconds."""
        is_back = False

        def wait(seconds: float) -> bool:
            nonlocal is_back
            is_back = self._comes_back.take(seconds)
            return is_back or self._done != self._watched

        while not is_back:
            self._watched = self._done
            if not Watch(self._program.words, self._events, patience, other_native_ids).waits_for(wait):
                return False
        return True

    def _asked_again(self) -> float:
        """Waits for the request to look again. Returns its patience, in seconds."""
        for request in self._requests:
            try:
                check_request(request)
                if request["ask"] != "wait":
                    raise BadRequest("the main thread has not come back from the last run")
            except BadRequest as error:
                self._answers.write({"id": request["id"], "error": str(error)})
            else:
                self._id = request["id"]
                return request["patience"]
        self._requests.die()
        return 0

    def _flush(self) -> None:
        for texts in in_lines(self._texts):
            self._answers.write_events(self._id, texts)
        self._texts.clear()

    def _write(self, clean: bool, standstill: bool) -> None:
        self._flush()
        self._answers.write({"id": self._id, "done": {"clean": clean, "standstill": standstill}})
