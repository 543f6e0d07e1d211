"""Where a thread of a program makes its calls."""

from __future__ import annotations

from typing import Any, Tuple, Type, Union

from execution import Execution
from raw import monotonic


ErrorTypes = Union[Type[BaseException], Tuple[Type[BaseException], ...]]


class Never(BaseException):
    """Is never raised."""


class Stage:
    """What a thread tells before and after each of its calls."""

    ended: ErrorTypes = Never
    """Raised if the thread makes no more calls; no outcome of any call."""

    def __init__(self, execution: Execution, thread: int) -> None:
        """`thread`: of the program, by position."""
        self._append = execution.append
        self._thread = thread

    def call(self, position: int) -> None:
        """The thread makes the call at this position of its list."""
        self._append(("call", self._thread, position, monotonic()))

    def entered(self, value: Any) -> None:
        """The body of a with-statement begins, and is given this value."""
        self._append(("enter", self._thread, value, monotonic()))

    def end(self, ended: Any) -> None:
        """The call has returned a value, or `Raised` an error."""
        self._append(("end", self._thread, ended, monotonic()))
