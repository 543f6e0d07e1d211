"""Values as histories show them: threads and objects of the program by what they are in it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from wire import UNDEFINED, described

if TYPE_CHECKING:
    from threads.execution import ThreadExecution

DEEPEST = 6
"""How far values within values are looked at."""


def shown(execution: ThreadExecution, value: Any, depth: int = 0) -> Any:
    """
    A value as JSON has it: threads and objects of the program by what they are in it, errors by their names, functions
    by theirs. Looks at nothing that would make a `local` initialise itself.
    """
    # Who asks an object itself what it is, with `isinstance`, uses it.
    kind = type(value)
    if value is None or value is UNDEFINED or issubclass(kind, (bool, int, float, str)):
        return value
    if issubclass(kind, threading.Thread):
        return execution.who(value)
    position = execution.position_of(value)
    if position >= 0:
        return f"object {position + 1}"
    if issubclass(kind, BaseException):
        return {"error": kind.__name__}
    if depth < DEEPEST:
        if issubclass(kind, (list, tuple)):
            return [shown(execution, one, depth + 1) for one in value]
        if issubclass(kind, dict):
            return {str(name): shown(execution, one, depth + 1) for name, one in value.items()}
    name = getattr(value, "__name__", None)
    return {"function": name} if callable(value) and isinstance(name, str) else described(value)
