"""What examples ask of Timer objects, beside what they ask of all threads."""

from __future__ import annotations

import threading
from typing import Any

from raw import sleep
from threads import thread
from threads.execution import ThreadExecution
from threads.questions import Questions
from wire import UNDEFINED


def is_thread(_: ThreadExecution, timer: Any, __: dict) -> bool:
    """Whether it is an instance of Thread."""
    return isinstance(timer, threading.Thread)


def start_and_cancel(_: ThreadExecution, timer: Any, arguments: dict) -> Any:
    """Starts the timer, and cancels it so many seconds later, as one call: by default at once."""
    timer.start()
    if arguments.get("after", 0) > 0:
        sleep(arguments["after"])
    answer = timer.cancel()
    return UNDEFINED if answer is None else answer


def add_to_arguments(_: ThreadExecution, timer: Any, arguments: dict) -> Any:
    """Puts a value into each container in which the timer keeps what its function will be given."""
    if isinstance(timer.args, list):
        timer.args.append(arguments["value"])
    timer.kwargs["added"] = arguments["value"]
    return UNDEFINED


QUESTIONS: Questions = {
    **thread.QUESTIONS,
    "isThread": is_thread,
    "startAndCancel": start_and_cancel,
    "addToArguments": add_to_arguments,
}
