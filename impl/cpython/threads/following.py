"""The request `follow` for programs in which the implementation starts the threads."""

from __future__ import annotations

from typing import Callable, Optional

from ordered import CALLING
from outcomes import Raised
from pool import Pool
from raw import Signal
from supervising import Supervisor
from telling import Telling
from threads.bodies import OrderedBodies
from threads.execution import ThreadExecution
from threads.interrupts import Interrupts
from threads.program import ThreadProgram
from threads.resting import rest
from wire import AnswerStream


class ProcessEnds(Exception):
    """The main thread of the program has ended, and so does this one: by an error, or without."""

    def __init__(self, error: Optional[BaseException]) -> None:
        super().__init__(error)
        self.error = error


class ThreadFollow:
    """A program that is executed once, in an order. The main thread makes the calls of thread 0."""

    def __init__(
        self, request: dict, pool: Pool, answers: AnswerStream, interrupts: Interrupts, die: Callable[[], None]
    ) -> None:
        """`die` waits until nobody asks for anything any more, and ends the process."""
        self._request = request
        self._is_own = request["ownProcess"]
        self._program = ThreadProgram(request["program"])
        self._pool = pool
        self._interrupts = interrupts
        self._die = die
        self._telling = Telling(request, answers)
        self._execution = ThreadExecution(request["program"], self._telling.append, interrupts)
        self._bodies = OrderedBodies(self._execution, self._program)
        self._is_done = False
        self._over = Signal()

    def run(self) -> None:
        """Executes the program, and answers. Raises `ProcessEnds` if that is the end of the process."""
        is_made = self._program.create(self._execution)
        if not is_made:
            self._telling.finish(clean=True, standstill=False)
            return
        main = self._bodies.actors[0]
        main.state = CALLING
        (worker,) = self._pool.take(1)
        worker.prepare(self._supervise)
        worker.begin()
        left = self._bodies.act(main)
        if self._is_own:
            self._interrupts.let_through()
            raise ProcessEnds(left.error if isinstance(left, Raised) else None)
        worker.wait(-1)
        self._pool.give_back(worker)
        clean = rest(self._execution, self._request["patience"])
        clean = clean and not any(actor.is_live for actor in self._bodies.actors)
        self._interrupts.reset()
        self._telling.finish(clean=clean, standstill=not self._is_done)

    def _supervise(self) -> bool:
        """Says who makes which call when, in a thread of the harness. Returns that this can be used again."""
        supervisor = Supervisor(self._request, self._execution, self._bodies.actors, self._bodies.pulse)
        self._is_done = supervisor.follow()
        self._telling.close()
        if self._is_own:
            self._telling.finish(clean=True, standstill=not self._is_done)
            self._die()
        supervisor.release(self._request["settling"])
        if self._bodies.actors[0].is_live:
            supervisor.release(self._request["patience"])
        if self._bodies.actors[0].is_live:
            # Nobody else can answer for the main thread, nor can it be used again.
            self._telling.finish(clean=False, standstill=not self._is_done)
            self._die()
        return True
