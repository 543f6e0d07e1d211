"""How calls ended: outcomes as the protocol has them."""

from __future__ import annotations

import json
from typing import Any

from wire import UNDEFINED, word_of

ERROR_KINDS = (
    "RuntimeError",
    "ValueError",
    "OverflowError",
    "TypeError",
    "BrokenBarrierError",
    "Empty",
    "Full",
    "ShutDown",
    "AssertionError",
    "AttributeError",
    "SystemExit",
    "KeyboardInterrupt",
)
"""The documentation's kinds of error."""

LONGEST_MESSAGE = 200
"""Characters that are kept of an error's message."""


class Raised:
    """An error by which a call ended."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error


def outcome_of(ended: Any) -> dict:
    """The outcome of a call that returned this value, or `Raised` an error."""
    if isinstance(ended, Raised):
        return outcome_of_error(ended.error)
    return {"returns": word_of(ended)}


def outcome_of_error(error: BaseException) -> dict:
    """The outcome of a call that raised this error."""
    name = type(error).__name__
    classes = {one.__name__ for one in type(error).__mro__}
    also = [kind for kind in ERROR_KINDS if kind in classes and kind != name]
    outcome: dict = {"raises": name, "message": message_of(error)}
    if also:
        outcome["also"] = also
    return outcome


def message_of(error: BaseException) -> str:
    """What an error says. Whatever it is, this does not raise."""
    try:
        return str(error)[:LONGEST_MESSAGE]
    except Exception:
        return ""


FREQUENT = {
    value: json.dumps({"returns": word_of(value)}, separators=(",", ":")) for value in (None, UNDEFINED, True, False)
}


def outcome_text(ended: Any) -> str:
    """The outcome as JSON text."""
    # Numbers equal truth values, so these are told apart by their identity.
    if ended is None or ended is UNDEFINED or ended is True or ended is False:
        return FREQUENT[ended]
    return json.dumps(outcome_of(ended), separators=(",", ":"))
