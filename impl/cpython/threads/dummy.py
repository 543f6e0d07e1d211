"""What examples ask of `dummy_threading`, which Python had up to 3.8: a module that has no threads."""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from types import ModuleType
from typing import Any

from families import python_name
from threads.execution import ThreadExecution
from threads.questions import Questions
from wire import UNDEFINED


def is_there() -> bool:
    """Whether this version of Python has the module."""
    return sys.version_info < (3, 9)


def module(name: str = "dummy_threading") -> ModuleType:
    """The module, or the low-level one behind it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return import_module(name)


def low_level() -> ModuleType:
    """The low-level functions without threads."""
    return module("_dummy_thread")


class Kept:
    """The one object that examples keep from one step to the next."""

    event: Any = None


def name_in_python(name: str) -> str:
    """A name as Python writes it: those of classes and constants stay as they are, but for `local`."""
    if name == "Local":
        return "local"
    return name if name[0].isupper() else python_name(name)


def lacks(_: ThreadExecution, __: Any, arguments: dict) -> list:
    """Which of these names the module lacks, or a new object of one of its classes."""
    asked = getattr(module(), arguments["of"])() if "of" in arguments else module()
    return [name for name in arguments["names"] if not hasattr(asked, name_in_python(name))]


def start(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Makes a Thread, and starts it."""
    module().Thread(**arguments).start()
    return UNDEFINED


def start_exiting(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """Starts a Thread whose target is the module's function to end a thread."""
    module().Thread(target=low_level().exit).start()
    return UNDEFINED


def start_new(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Starts a function by the low-level module."""
    low_level().start_new_thread(arguments["function"], tuple(arguments.get("args", ())))
    return UNDEFINED


def interrupt_main(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """Interrupts the only thread."""
    low_level().interrupt_main()
    return UNDEFINED


def acquire_held(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Acquires a lock that is held."""
    lock = module().Lock()
    lock.acquire()
    return lock.acquire(**arguments)


def wait_for_notification(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Waits in a condition that nobody notifies."""
    condition = module().Condition()
    condition.acquire()
    notified = condition.wait(**arguments)
    condition.release()
    return notified


def new_event(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """From now on the event is a new one, which is not set."""
    Kept.event = module().Event()
    return UNDEFINED


def set_event(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """Sets the event."""
    Kept.event.set()
    return UNDEFINED


def wait_for_event(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Waits for the event."""
    return Kept.event.wait(**arguments)


QUESTIONS: Questions = {
    "lacks": lacks,
    "start": start,
    "startExiting": start_exiting,
    "startNew": start_new,
    "interruptMain": interrupt_main,
    "acquireHeld": acquire_held,
    "waitForNotification": wait_for_notification,
    "newEvent": new_event,
    "setEvent": set_event,
    "waitForEvent": wait_for_event,
}
