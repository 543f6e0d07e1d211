"""The request `follow`: a program is executed once, one step after the other."""

from __future__ import annotations

from functools import partial
from typing import Any, List

from execution import Execution
from history import event_text, event_texts, in_lines
from ordered import CALLING, Actor, Ended, OrderedStage
from pool import Pool, Worker
from program import Program, perform, ready
from raw import Signal
from supervising import Supervisor
from wire import AnswerStream


class Follow:
    """A program whose threads make their calls in an order."""

    def __init__(self, request: dict, pool: Pool, answers: AnswerStream) -> None:
        self._id = request["id"]
        self._request = request
        self._program = Program(request["program"])
        self._pool = pool
        self._answers = answers
        self._events: List[Any] = []
        append = self._write_at_once if request["ownProcess"] else self._events.append
        self._execution = Execution(len(self._program.objects), append)

    def _write_at_once(self, event: Any) -> None:
        self._answers.write_events(self._id, [event_text(event, self._execution.began)])

    def run(self) -> None:
        """Executes the program, and answers."""
        standstill = False
        if self._program.create(self._execution):
            standstill = not self._execute()
        texts = list(event_texts(list(self._events), self._execution.began))
        for part in in_lines(texts):
            self._answers.write_events(self._id, part)
        self._answers.write({"id": self._id, "done": {"clean": self._pool.is_clean, "standstill": standstill}})

    def _execute(self) -> bool:
        """Returns whether all steps were done."""
        pulse = Signal()
        actors = [Actor(thread, pulse) for thread in range(len(self._program.threads))]
        workers = self._pool.take(len(actors))
        for actor, worker in zip(actors, workers):
            stage = OrderedStage(self._execution, actor)
            calls = ready(self._program.threads[actor.thread], self._execution, stage)
            actor.state = CALLING
            worker.prepare(partial(act, self._execution, actor, calls, stage))
            worker.begin()
        supervisor = Supervisor(self._request, self._execution, actors, pulse)
        is_done = supervisor.follow()
        supervisor.release()
        for actor, worker in zip(actors, workers):
            self._take_back(actor, worker)
        return is_done

    def _take_back(self, actor: Actor, worker: Worker) -> None:
        """Has a thread of the harness used again, if it is there and has not ended with its thread of the program."""
        if actor.is_live:
            self._pool.give_up(worker)
        else:
            worker.wait(self._request["patience"])
            if not actor.is_over:
                self._pool.give_back(worker)


def act(execution: Execution, actor: Actor, calls: list, stage: OrderedStage) -> bool:
    """
    Makes the calls of a thread, as it is ordered. Returns whether the thread of the harness can be used again: not
    if this one of the program had to end in the middle.
    """
    execution.act(actor.thread)
    try:
        perform(calls, stage)
        stage.await_end()
    except Ended:
        pass
    execution.rest()
    actor.finish()
    return not actor.is_over
