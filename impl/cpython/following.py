"""The request `follow`: a program whose threads the harness starts is executed once, one step after the other."""

from __future__ import annotations

from functools import partial

from execution import Execution
from ordered import CALLING, Actor, Ended, OrderedStage
from pool import Pool, Worker
from program import Program, perform, ready
from raw import Signal
from supervising import Supervisor
from telling import Telling
from wire import AnswerStream


class Follow:
    """A program whose threads make their calls in an order."""

    def __init__(self, request: dict, pool: Pool, answers: AnswerStream) -> None:
        self._request = request
        self._program = Program(request["program"])
        self._pool = pool
        self._telling = Telling(request, answers)
        self._execution = Execution(len(self._program.objects), self._telling.append)
        self._is_clean = True

    def run(self) -> None:
        """Executes the program, and answers."""
        is_made = self._program.create(self._execution)
        is_done = not is_made or self._execute()
        self._telling.finish(clean=self._is_clean, standstill=not is_done)

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
        self._telling.close()
        supervisor.release(self._request["settling"])
        for actor, worker in zip(actors, workers):
            self._take_back(actor, worker)
        return is_done

    def _take_back(self, actor: Actor, worker: Worker) -> None:
        """Has a thread of the harness used again, if it is there and has not ended with its thread of the program."""
        if actor.is_live:
            worker.give_up()
            self._is_clean = False
        else:
            worker.wait(self._request["patience"])
            if not actor.is_over:
                self._pool.give_back(worker)


def act(execution: Execution, actor: Actor, calls: list, stage: OrderedStage) -> bool:
    """
    Makes the calls of a thread, as it is ordered. Returns whether the thread of the harness can be used again: not
    if this one of the program had to end.
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
