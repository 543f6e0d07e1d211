"""Programs in which the implementation starts the threads, read once."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Iterator

from checks import BadRequest
from meaning import creation_order, maps_in
from outcomes import Raised
from program import Call, nodes_of
from stage import Stage
from threads.answering import answer
from threads.execution import ThreadExecution
from threads.objects import make
from threads.questions import cannot_be_asked
from wire import UNDEFINED

MARKS = ("begins", "leaves")
"""What stands first and last in the list of a thread that nobody gives orders: no calls."""


class LateCall(Call):
    """A call on an object that need not be there before the call is made."""

    def __init__(self, position: int, word: dict, family: str) -> None:
        super().__init__(position, word, family)
        self.is_void = False
        self._word = word

    def ready(self, execution: ThreadExecution, _: Stage) -> Callable[[], Any]:  # type: ignore[override]
        """The call, ready to be made in this execution."""
        if self._word["method"] in MARKS:
            return lambda: UNDEFINED
        return partial(execution.interrupts.during_call, partial(answer, execution, self._word))


class ThreadProgram:
    """What is to be executed."""

    def __init__(self, words: dict) -> None:
        """Raises `BadRequest` if it asks what has no meaning in Python."""
        self.words = words
        calls = [call for thread in words["threads"] for call in thread]
        unknown = next(filter(cannot_be_asked, calls), None)
        if unknown is not None:
            raise BadRequest(f"cannot express: {unknown['method']} in this version of Python")
        families = [one["family"] for one in words["objects"]]
        self.threads = [nodes_of(thread, families, LateCall) for thread in words["threads"]]
        bodies = (body + 1 for word in [*words["objects"], *calls] for body in bodies_in(list(word["args"].values())))
        self.count = max(len(self.threads), 1, *bodies)
        """How many threads there may be."""
        self.threads.extend([] for _ in range(self.count - len(self.threads)))
        self._made_later = {call["object"] for call in calls if call["method"] == "create"}

    def create(self, execution: ThreadExecution) -> bool:
        """Makes the objects that no thread of the program makes itself. Returns false if one could not be made."""
        for position in creation_order(self.words["objects"]):
            if position in self._made_later:
                continue
            try:
                make(execution, position)
            except Exception as error:
                execution.tell("created", position, Raised(error))
                return False
            execution.tell("created", position, UNDEFINED)
        return True


def bodies_in(arguments: list) -> Iterator[int]:
    """The threads whose functions are among the arguments."""
    return (word["body"] for word in maps_in(arguments) if "body" in word)
