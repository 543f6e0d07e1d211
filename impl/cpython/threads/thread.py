"""What examples ask of Thread objects."""

from __future__ import annotations

import atexit
import re
import threading
from typing import Any

from families import assign, python_name
from threads.execution import ThreadExecution
from threads.hooks import set_excepthook
from threads.questions import Questions
from wire import UNDEFINED

LONG_ENOUGH = 2
"""Seconds that a thread which ought not to be there may take to end."""

POSITIONAL = ("setName", "setDaemon")
"""Methods whose one argument has another name in Python."""

KEPT_NAMES = ("getName", "setName", "isDaemon", "setDaemon")
"""Methods that are written so in Python, too."""


def member(thread: Any, name: str) -> Any:
    """A method or an attribute by the name that examples use."""
    return getattr(thread, name if name in KEPT_NAMES else python_name(name))


def say(thread: Any, asks: str, arguments: dict) -> Any:
    """What a thread answers: what the method returns, or the value of the attribute."""
    if asks == "assign":
        return assign_attributes(None, thread, arguments)
    found = member(thread, asks)
    if not callable(found):
        return found
    answer = found(*arguments.values()) if asks in POSITIONAL else found(**arguments)
    return UNDEFINED if answer is None and asks not in ("isAlive", "getName", "isDaemon") else answer


def assign_attributes(_: Any, thread: Any, attributes: dict) -> Any:
    """Sets attributes by name."""
    assign(thread, attributes)
    return UNDEFINED


def of_main(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """What `asks` says, of the main thread instead."""
    rest = {name: value for name, value in arguments.items() if name != "asks"}
    return say(threading.main_thread(), arguments["asks"], rest)


def join_and_read(_: ThreadExecution, thread: Any, arguments: dict) -> Any:
    """What a cell holds once the thread was joined, as one call."""
    thread.join()
    return arguments["cell"].read()


def set_hook(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """What errors of threads go to; `None`: the original one."""
    set_excepthook(arguments["hook"])
    return UNDEFINED


def at_exit(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """What the process calls at its end."""
    atexit.register(arguments["calls"])
    return UNDEFINED


def representation(_: ThreadExecution, thread: Any, __: dict) -> str:
    """What the object says of itself, with its ident as `IDENT`."""
    return repr(thread).replace(str(thread.ident), "IDENT")


def name_of_current(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """What the thread that asks finds its own name to be."""
    return threading.current_thread().name


def name_in_system(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """What the system calls the thread that asks; `None` where it does not say."""
    try:
        with open("/proc/thread-self/comm", encoding="utf-8", errors="replace") as file:
            return file.read().rstrip("\n")
    except OSError:
        return None


def numbers_after(_: ThreadExecution, thread: Any, arguments: dict) -> int:
    """How much higher the number in this thread's default name is than that in another's."""
    return number_in(thread.name) - number_in(arguments["other"].name)


def number_in(name: str) -> int:
    """The number in a thread's default name. Raises ValueError if it is none."""
    found = re.match(r"Thread-(\d+)", name)
    if found is None:
        raise ValueError(f"{name!r} is no default name")
    return int(found.group(1))


def start_and_ask(_: ThreadExecution, thread: Any, arguments: dict) -> Any:
    """Starts the thread; what `asks` says of it then."""
    thread.start()
    return say(thread, arguments["asks"], {})


def start_with_stack(_: ThreadExecution, thread: Any, arguments: dict) -> Any:
    """Starts the thread with a stack of so many bytes."""
    before = threading.stack_size(arguments["bytes"])
    try:
        thread.start()
    finally:
        threading.stack_size(before)
    return UNDEFINED


def join_strangers(execution: ThreadExecution, _: Any, __: dict) -> Any:
    """Waits for all threads that are no objects of the program: there ought to be none."""
    for other in threading.enumerate():
        if execution.who(other) == "another thread":
            other.join(LONG_ENOUGH)
    return UNDEFINED


def runs_appended(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Runs another thread to its end, whose list of arguments is made longer between its making and its start."""
    given = list(arguments["args"])
    other = threading.Thread(target=arguments["target"], args=given)
    given.extend(arguments["more"])
    other.start()
    other.join()
    return UNDEFINED


def runs_after_writing(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Runs another thread to its end, that is given what this one writes to just before the start."""
    shared = {0: 0}
    other = threading.Thread(target=arguments["target"], args=(shared,))
    shared[0] = arguments["value"]
    other.start()
    other.join()
    return UNDEFINED


QUESTIONS: Questions = {
    "assign": assign_attributes,
    "ofMain": of_main,
    "joinAndRead": join_and_read,
    "setExcepthook": set_hook,
    "atexit": at_exit,
    "repr": representation,
    "nameOfCurrent": name_of_current,
    "nameInSystem": name_in_system,
    "numbersAfter": numbers_after,
    "startAndAsk": start_and_ask,
    "startWithStack": start_with_stack,
    "joinStrangers": join_strangers,
    "runsAppended": runs_appended,
    "runsAfterWriting": runs_after_writing,
}
