"""The families of primitives: how their objects are made, what their methods are called in Python."""

from __future__ import annotations

import queue
import re
import threading
from functools import partial
from typing import Any, Callable


class Cell:
    """One number that threads share: the harness's own."""

    def __init__(self) -> None:
        self._number = [0]

    def read(self) -> int:
        """What it is."""
        return self._number[0]

    def write(self, value: int) -> None:
        """Sets it."""
        self._number[0] = value

    def increment(self) -> int:
        """Reads and writes, in two steps. Returns what it wrote."""
        number = self._number[0] + 1
        self._number[0] = number
        return number


CONSTRUCTORS: dict = {
    "lock": (threading, "Lock"),
    "rlock": (threading, "RLock"),
    "sem": (threading, "Semaphore"),
    "bsem": (threading, "BoundedSemaphore"),
    "event": (threading, "Event"),
    "cond": (threading, "Condition"),
    "barrier": (threading, "Barrier"),
    "queue": (queue, "Queue"),
    "lifo": (queue, "LifoQueue"),
    "prio": (queue, "PriorityQueue"),
    "simpleq": (queue, "SimpleQueue"),
}
"""Where the constructor of each family is found."""

VOID_OF_QUEUES = {"put", "putNowait", "taskDone", "join", "shutdown", "assign"}

VOID_METHODS: dict = {
    "lock": {"release", "releaseLock"},
    "rlock": {"release"},
    "sem": {"release"},
    "bsem": {"release"},
    "event": {"set", "clear"},
    "cond": {"release", "notify", "notifyAll"},
    "barrier": {"abort", "reset", "assign"},
    "queue": VOID_OF_QUEUES,
    "lifo": VOID_OF_QUEUES,
    "prio": VOID_OF_QUEUES,
    "simpleq": {"put", "putNowait"},
    "cell": {"write"},
}
"""Methods that give nothing back in the documentation: their `None` is no value."""

ATTRIBUTES_OF_QUEUES = {"maxsize"}

ATTRIBUTES: dict = {
    "barrier": {"parties", "nWaiting", "broken"},
    "queue": ATTRIBUTES_OF_QUEUES,
    "lifo": ATTRIBUTES_OF_QUEUES,
    "prio": ATTRIBUTES_OF_QUEUES,
}
"""What is read, not called."""


def create(family: str, arguments: dict) -> Any:
    """Makes an object. Raises whatever its constructor raises."""
    if family == "cell":
        return Cell(**arguments)
    module, name = CONSTRUCTORS[family]
    return getattr(module, name)(**arguments)


def python_name(name: str) -> str:
    """A method's or argument's name as Python writes it: `waitFor` is `wait_for`."""
    return re.sub("[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def is_void(family: str, method: str) -> bool:
    """Whether the method gives nothing back in the documentation."""
    return method in VOID_METHODS.get(family, ())


def bound(family: str, target: Any, method: str, arguments: dict) -> Callable[[], Any]:
    """The call of a method, or the reading of an attribute, ready to be made."""
    name = python_name(method)
    if method == "assign":
        return partial(assign, target, arguments)
    if method in ATTRIBUTES.get(family, ()):
        return partial(getattr, target, name)
    try:
        function = getattr(target, name)
    except AttributeError:
        # That there is no such method is found when the call is made.
        return partial(getattr, target, name)
    return partial(function, **arguments) if arguments else function


def assign(target: Any, attributes: dict) -> None:
    """Sets attributes by name."""
    for name, value in attributes.items():
        setattr(target, name, value)
