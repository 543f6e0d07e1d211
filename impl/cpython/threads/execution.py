"""One execution of a program in which the implementation starts the threads."""

from __future__ import annotations

import threading
from itertools import count
from typing import Any, Callable, Dict, List

from execution import Execution, NotMade
from history import Append
from pool import harness_threads
from raw import get_ident, get_native_id
from threads.interrupts import Interrupts
from threads.shown import shown
from wire import UNDEFINED

THREAD_CLASSES = ("thread", "timer")
"""Families of objects that are threads."""


class ThreadExecution(Execution):
    """What the threads of such a program have in common while it is executed."""

    def __init__(self, program: dict, append: Append, interrupts: Interrupts) -> None:
        """Has to be made in the main thread."""
        super().__init__(len(program["objects"]), append)
        self.program = program
        self.interrupts = interrupts
        self.begin: Callable[[int, tuple, dict], Any] = lambda *_: None
        """What the function of a thread does, given its position, and what it is called with."""
        self.has_begun: Callable[[int], bool] = lambda _: False
        """Whether the function of a thread was called."""
        self._bodies: Dict[int, Callable[..., Any]] = {}
        self._hooks: Dict[int, Callable[..., Any]] = {}
        self._main_ident = get_ident()
        self._realms = {get_native_id(): 0}
        self._next_realm = count(1)

    @property
    def realm(self) -> int:
        """The number of the thread that runs; the main thread's is 0."""
        native_id = get_native_id()
        if native_id not in self._realms:
            self._realms[native_id] = next(self._next_realm)
        return self._realms[native_id]

    def family(self, position: int) -> str:
        """The family of an object."""
        return self.program["objects"][position]["family"]

    def body(self, thread: int) -> Callable[..., Any]:
        """The function that makes the calls of a thread; always the same."""
        if thread not in self._bodies:

            def body(*args: Any, **kwargs: Any) -> Any:
                return self.begin(thread, args, kwargs)

            body.__name__ = body.__qualname__ = f"body{thread + 1}"
            self._bodies[thread] = body
        return self._bodies[thread]

    def hook(self, body: Any) -> Any:
        """
        A trace or profile function that calls the body of a thread, always the same. Python calls such a function at
        every event; the program is told of the first in each thread. `None` stays what it is.
        """
        thread = next((one for one, known in self._bodies.items() if known is body), None)
        if thread is None:
            return body
        if thread not in self._hooks:
            called: set = set()

            def hook(*_: Any) -> None:
                if get_ident() not in harness_threads and get_native_id() not in called:
                    called.add(get_native_id())
                    body()

            self._hooks[thread] = hook
        return self._hooks[thread]

    def position_of(self, value: Any) -> int:
        """Where an object of the program stands; -1 if it is none. Does not look into the objects."""
        return next((position for position, one in enumerate(self._objects) if one is value), -1)

    def who(self, thread: threading.Thread) -> str:
        """Which thread this is: an object of the program, the main thread, or neither."""
        position = self.position_of(thread)
        if position >= 0:
            return f"object {position + 1}"
        return "the main thread" if thread.ident == self._main_ident else "another thread"

    def shown(self, value: Any) -> Any:
        """A value as histories show it."""
        return value if value is UNDEFINED else shown(self, value)

    def made_threads(self) -> List[threading.Thread]:
        """The threads among the objects that were made."""
        return [
            one
            for position, one in enumerate(self._objects)
            if one is not NotMade and self.family(position) in THREAD_CLASSES
        ]
