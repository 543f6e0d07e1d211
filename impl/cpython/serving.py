"""Answers requests, one after the other."""

from __future__ import annotations

import os
from typing import Optional, Union

from checks import BadRequest
from describing import describe
from following import Follow
from pool import Pool
from reading import Requests
from running import Run
from schemas import check_request
from threads.following import ThreadFollow
from threads.interrupts import Interrupts
from threads.running import ThreadRun
from turns import sharpen_timers
from wire import AnswerStream

STANDARD_OUTPUT, STANDARD_ERROR = 1, 2


def serve() -> None:
    """
    Answers requests until there are no more. Raises `ProcessEnds` if that is because the main thread of a program has
    ended.
    """
    # What the program prints must not come among the answers.
    answers = AnswerStream(os.dup(STANDARD_OUTPUT))
    os.dup2(STANDARD_ERROR, STANDARD_OUTPUT)
    sharpen_timers()
    requests = Requests()
    server = Server(requests, answers)
    for request in requests:
        try:
            check_request(request)
            server.answer(request)
        except BadRequest as error:
            answers.write({"id": request["id"], "error": str(error)})


class Server:
    """Answers requests that are understood."""

    def __init__(self, requests: Requests, answers: AnswerStream) -> None:
        self._requests = requests
        self._answers = answers
        self._pool = Pool()
        self._interrupts = Interrupts()
        self._last_run: Optional[Run] = None

    def answer(self, request: dict) -> None:
        """Answers a request. Raises `BadRequest` if it cannot be asked now."""
        last_run, self._last_run = self._last_run, None
        if request["ask"] == "describe":
            self._answers.write({"id": request["id"], "describes": describe()})
        elif request["ask"] == "wait":
            if last_run is None:
                raise BadRequest("wait: the last request was no run")
            self._last_run = last_run
            last_run.wait(request)
        elif request["startedBy"] == "program":
            self._answer_by_program(request)
        elif request["ask"] == "run":
            self._last_run = Run(request, self._pool, self._answers)
            self._last_run.run()
        else:
            Follow(request, self._pool, self._answers).run()

    def _answer_by_program(self, request: dict) -> None:
        """Executes a program in which the implementation starts the threads, and answers."""
        runs: Union[ThreadRun, ThreadFollow]
        if request["ask"] == "run":
            runs = ThreadRun(request, self._pool, self._answers, self._interrupts, self._requests)
        else:
            runs = ThreadFollow(request, self._pool, self._answers, self._interrupts, self._requests.die)
        runs.run()
