"""With-statements, with every way out of their bodies."""

from __future__ import annotations

from typing import Any, Callable

from wire import UNDEFINED

BODY_VALUE = "body value"
"""What a body returns that is left by `return`."""


class BodyError(Exception):
    """What a body throws that is left by `throw`."""


Body = Callable[[Any], None]
"""Is called with the value of entering."""


def left_at_end(subject: Any, body: Body) -> Any:
    """The body falls off its end."""
    with subject as value:
        body(value)
    return UNDEFINED


def left_by_return(subject: Any, body: Body) -> Any:
    """The body returns."""
    with subject as value:
        body(value)
        return BODY_VALUE
    return UNDEFINED


def left_by_break(subject: Any, body: Body) -> Any:
    """The body leaves a loop."""
    for _ in range(1):
        with subject as value:
            body(value)
            break
    return UNDEFINED


def left_by_continue(subject: Any, body: Body) -> Any:
    """The body goes on with a loop, which ends."""
    for _ in range(1):
        with subject as value:
            body(value)
            continue
    return UNDEFINED


def left_by_throw(subject: Any, body: Body) -> Any:
    """The body raises an error."""
    with subject as value:
        body(value)
        raise BodyError("thrown by the body of the with-statement")
    return UNDEFINED


STATEMENTS: dict = {
    "end": left_at_end,
    "return": left_by_return,
    "break": left_by_break,
    "continue": left_by_continue,
    "throw": left_by_throw,
}
"""The statement for each way out. Each gives back what the statement's function returns, `UNDEFINED` if nothing."""
