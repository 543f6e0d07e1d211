"""The functions of threads that the implementation starts: what they do when they are called."""

from __future__ import annotations

import builtins
import threading
from typing import Any, List, Optional

from ordered import CALLING, Actor, Ended, OrderedStage
from outcomes import Raised
from pool import harness_threads
from program import perform, ready
from raw import Signal, get_ident
from stage import ErrorTypes
from threads.execution import ThreadExecution
from threads.program import ThreadProgram
from threads.questions import Leaving
from wire import UNDEFINED, structure_text, value_of

SILENT = (SystemExit, KeyboardInterrupt)
"""Errors that say nothing."""


def error_of(ending: dict) -> BaseException:
    """The error by which a function is left that is to be left so."""
    name = ending["raises"]
    known = getattr(builtins, name, None) or getattr(threading, name, None)
    is_error = isinstance(known, type) and issubclass(known, BaseException)
    error_class: Any = known if is_error else type(name, (Exception,), {})
    if "value" in ending:
        return error_class(ending["value"])
    return error_class() if issubclass(error_class, SILENT) else error_class("thrown by the program")


def given_text(execution: ThreadExecution, args: tuple, kwargs: dict) -> str:
    """What a function is called with, as JSON text: a list, whose last part is a map if there are named arguments."""
    given = [execution.shown(one) for one in args]
    if kwargs:
        given.append(execution.shown(kwargs))
    return structure_text([None if one is UNDEFINED else one for one in given])


class LateStage(OrderedStage):
    """A thread makes each call when it is told to, and may be left by a call."""

    ended: ErrorTypes = (Ended, Leaving)


class OrderedBodies:
    """The functions of an execution whose threads are told what to do."""

    def __init__(self, execution: ThreadExecution, program: ThreadProgram) -> None:
        self.pulse = Signal()
        self.actors: List[Actor] = [Actor(thread, self.pulse) for thread in range(program.count)]
        self._execution = execution
        self._program = program
        execution.begin = self.begin
        execution.has_begun = lambda body: any(
            actor.begun > 0 and execution.body(actor.thread) is body for actor in self.actors
        )

    def begin(self, thread: int, args: tuple, kwargs: dict) -> Any:
        """
        Does what the function of a thread does. Who calls it again has shown enough: it comes back at once. Returns or
        raises what the step says that ends it.
        """
        # A hook for all threads finds those of the harness, too.
        if get_ident() in harness_threads:
            return None
        actor = self.actors[thread]
        with self._execution.interrupts.held_back():
            is_first = actor.begun == 0
            self._execution.tell("begin", thread, given_text(self._execution, args, kwargs), self._execution.realm)
            if is_first:
                actor.state = CALLING
            actor.has_begun()
            if not is_first:
                return None
            left = self.act(actor)
            if isinstance(left, Raised):
                raise left.error
            return None if left is UNDEFINED else left

    def act(self, actor: Actor) -> Any:
        """Makes the calls of a thread as it is told to. Returns how it is to be left: a value, or `Raised` an error."""
        execution = self._execution
        stage = LateStage(execution, actor)
        execution.act(actor.thread)
        try:
            perform(ready(self._program.threads[actor.thread], execution, stage), stage)
            stage.await_end()
        except Ended:
            left = left_by(actor.ending)
        except Leaving as leaving:
            left = Raised(leaving.error)
            stage.end(left)
        execution.rest()
        execution.tell("finish", actor.thread, left)
        actor.finish()
        return left


def left_by(ending: Optional[dict]) -> Any:
    """How a function is left that is told to end so: a value, or `Raised` an error."""
    if ending is None:
        return UNDEFINED
    return Raised(error_of(ending)) if "raises" in ending else value_of(ending["returns"])
