"""Arguments of calls and constructors: from the wire to what a primitive is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from families import python_name
from outcomes import Raised
from wire import value_of

if TYPE_CHECKING:
    from execution import Execution


class CallbackError(Exception):
    """What a function that was handed over throws when its program says so."""


class Arguments:
    """The arguments of one call, by name."""

    def __init__(self, words: dict) -> None:
        self._words = {python_name(name): word for name, word in words.items()}
        self._constant = dict(self._words) if all(map(is_plain, words.values())) else None

    def given(self, execution: Execution) -> dict:
        """The arguments as they are given in this execution."""
        if self._constant is not None:
            return self._constant
        return {name: materialized(word, execution) for name, word in self._words.items()}


def is_plain(word: Any) -> bool:
    """Whether an argument is the same value whenever it is given."""
    return not isinstance(word, (dict, list))


def materialized(word: Any, execution: Execution) -> Any:
    """The Python value of an argument."""
    if is_plain(word):
        return word
    if "callback" in word:
        return function_of(word, execution)
    if "object" in word:
        return execution.object_at(word["object"])
    if "body" in word:
        return execution.body(word["body"])
    if "list" in word:
        return [materialized(one, execution) for one in word["list"]]
    return value_of(word)


def function_of(word: dict, execution: Execution) -> Callable[[], Any]:
    """A function that is handed over; that it was called is told as an event of the thread that calls it."""

    def callback() -> Any:
        if word["callback"] == "throws":
            error = CallbackError("thrown by the function that was handed over")
            execution.tell("callback", execution.current_thread(), Raised(error))
            raise error
        value = execution.object_at(word["object"]).read() if "object" in word else value_of(word["value"])
        execution.tell("callback", execution.current_thread(), value)
        return value

    return callback
