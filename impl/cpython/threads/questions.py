"""What examples ask of the objects of each family, beside calling their methods and reading their attributes."""

from __future__ import annotations

import sys
from typing import Any, Callable, Dict

from threads.execution import ThreadExecution

Question = Callable[[ThreadExecution, Any, dict], Any]
"""Is given the execution, the object that is asked, and the arguments. Returns what is answered."""

Questions = Dict[str, Question]
"""Questions by the names that examples call them by."""


class Leaving(BaseException):
    """The thread that runs is left by an error, whatever it still has to do."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(error)
        self.error = error


def cannot_be_asked(word: dict) -> bool:
    """Whether a call of a program has no meaning for this version of Python."""
    # Where each call takes from the stack, too deep a recursion would end the process.
    return word["method"] == "nests" and sys.version_info < (3, 11)
