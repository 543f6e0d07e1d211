"""Functions that Python calls for errors of threads, and trace and profile functions."""

from __future__ import annotations

import sys
import threading
from typing import Any

from threads.execution import ThreadExecution
from threads.questions import Question, Questions
from wire import UNDEFINED

original_excepthook = threading.excepthook


def set_excepthook(hook: Any) -> None:
    """Sets what errors of threads go to; `None`: the original one."""
    threading.excepthook = original_excepthook if hook is None else hook


def reset_hooks() -> None:
    """As it was before any program."""
    set_excepthook(None)
    sys.unraisablehook = sys.__unraisablehook__
    threading.settrace(None)
    threading.setprofile(None)
    sys.settrace(None)
    sys.setprofile(None)


def excepthook_here(execution: ThreadExecution, _: Any, arguments: dict) -> Any:
    """
    Sets a hook for errors of threads. It tells another function with how many arguments it was called, whether the
    first has the error's class and where it was raised, the error, and the thread.
    """

    def hook(*given: Any) -> None:
        hooked = given[0]
        is_its_class = isinstance(hooked.exc_type, type) and isinstance(hooked.exc_value, hooked.exc_type)
        says_where = hooked.exc_traceback is not None
        arguments["to"](len(given), is_its_class, says_where, hooked.exc_value, hooked.thread)

    threading.excepthook = hook
    return UNDEFINED


def set_excepthook_to(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Sets what errors of threads go to; `None`: the original one."""
    set_excepthook(arguments["to"])
    return UNDEFINED


def set_original_excepthook(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """Sets the original hook by its name."""
    threading.excepthook = threading.__excepthook__
    return UNDEFINED


def get_original_excepthook(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """Which function is the original hook."""
    return threading.__excepthook__


def has_original_excepthook(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether errors go to the original hook."""
    return threading.excepthook is threading.__excepthook__


def setting(name: str) -> Question:
    """Hands a trace or profile function over, or nothing."""

    def question(execution: ThreadExecution, _: Any, arguments: dict) -> Any:
        getattr(threading, name)(execution.hook(arguments["to"]))
        return UNDEFINED

    return question


def asking(name: str) -> Question:
    """Whether the function that is installed is this one."""

    def question(execution: ThreadExecution, _: Any, arguments: dict) -> bool:
        return getattr(threading, name)() is execution.hook(arguments["it"])

    return question


def visit(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """Calls functions of the module: moments at which a thread may come to know of what was installed."""
    threading.current_thread()
    threading.enumerate()
    threading.active_count()
    return UNDEFINED


QUESTIONS: Questions = {
    "settrace": setting("settrace"),
    "setprofile": setting("setprofile"),
    "settraceAllThreads": setting("settrace_all_threads"),
    "setprofileAllThreads": setting("setprofile_all_threads"),
    "gettrace": asking("gettrace"),
    "getprofile": asking("getprofile"),
    "visit": visit,
    "setExcepthook": set_excepthook_to,
    "setExcepthookHere": excepthook_here,
    "setOriginalExcepthook": set_original_excepthook,
    "originalExcepthook": get_original_excepthook,
    "hasOriginalExcepthook": has_original_excepthook,
}
