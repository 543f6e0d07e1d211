"""What examples ask of the low-level functions."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from typing import Any

from families import python_name
from pool import harness_threads
from raw import monotonic, sleep
from threads.execution import ThreadExecution
from threads.questions import Leaving, Questions
from wire import UNDEFINED

PATIENCE = 3
"""Seconds in which an interrupt reaches the main thread, if it makes calls, and threads end that have nothing to do."""

SHORT = 0.005
"""Seconds of a short wait."""

DISPOSITIONS = {"ignore": signal.SIG_IGN, "default": signal.SIG_DFL}
"""What may be done with a signal, beside calling a function."""


def starting(name: str) -> Any:
    """Starts a thread by the function of this name. A list stands for the tuple that it asks for."""

    def question(_: ThreadExecution, __: Any, arguments: dict) -> Any:
        given = arguments["args"]
        rest = [arguments["kwargs"]] if "kwargs" in arguments else []
        start = getattr(_thread, name)
        return start(arguments["function"], tuple(given) if isinstance(given, list) else given, *rest)

    return question


def exit_with_finally(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Raises what ends a thread; a cell holds 1 if a finally clause was run."""
    try:
        _thread.exit()
    finally:
        arguments["cell"].write(1)


def leave_by_exit(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Leaves the thread as the language's own function for that does."""
    try:
        sys.exit(arguments["code"])
    except SystemExit as error:
        raise Leaving(error) from None


def count(*_: Any) -> int:
    """How many threads there are that are not the harness's own."""
    return _thread._count() - len(harness_threads)


def count_when_alone(_: ThreadExecution, __: Any, ___: dict) -> int:
    """Waits until no thread runs beside the main one. Returns how many there are then."""
    deadline = monotonic() + PATIENCE
    while count() > 0 and monotonic() < deadline:
        sleep(0.001)
    return count()


def interrupt_main(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Interrupts the main thread."""
    _thread.interrupt_main(*arguments.values())
    return UNDEFINED


def set_signal(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Sets what is done when the main thread is interrupted by a signal."""
    to = arguments["to"]
    signal.signal(arguments["signum"], DISPOSITIONS[to] if isinstance(to, str) else to)
    return UNDEFINED


def send_signal(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Sends the process a real signal."""
    os.kill(os.getpid(), arguments["signum"])
    return UNDEFINED


def interrupt_and_look(execution: ThreadExecution, _: Any, arguments: dict) -> Any:
    """Interrupts the main thread, and makes calls."""
    _thread.interrupt_main(*([arguments["signum"]] if "signum" in arguments else []))
    return look(execution, None, arguments)


def look(execution: ThreadExecution, _: Any, arguments: dict) -> Any:
    """
    Makes calls, for so many seconds, and at most until a function of the program was called, if one is named. The first
    of them is a wait of so many seconds.
    """
    deadline = monotonic() + arguments.get("seconds", PATIENCE)
    awaited = arguments.get("until")
    held = _thread.allocate_lock()
    held.acquire()
    held.acquire(timeout=arguments.get("first", SHORT))
    while monotonic() < deadline and not (awaited and execution.has_begun(awaited)):
        threading.current_thread()
        held.acquire(timeout=SHORT)
    return UNDEFINED


def new_locks(_: ThreadExecution, __: Any, arguments: dict) -> list:
    """
    Allocates as many locks as the calls need, with the old name of the function if it is said so, and makes the calls.
    Each names the lock, the method, and its arguments, if any. Returns what they return.
    """
    calls = arguments["calls"]
    allocate = _thread.allocate if arguments.get("old") else _thread.allocate_lock
    locks = [allocate() for _ in range(1 + max(lock for lock, *_ in calls))]
    return [call_lock(locks[lock], method, *given) for lock, method, *given in calls]


def call_lock(lock: Any, method: str, argument: Any = UNDEFINED) -> Any:
    """Makes a call of a lock, with an argument by position, or some by name."""
    function = getattr(lock, python_name(method))
    if isinstance(argument, dict):
        return function(**argument)
    return function() if argument is UNDEFINED else function(argument)


def lock_types(_: ThreadExecution, __: Any, ___: dict) -> list:
    """Whether LockType is the class of an allocated lock, and that of a lock that threading has made."""
    return [isinstance(lock, _thread.LockType) for lock in (_thread.allocate_lock(), threading.Lock())]


def set_unraisablehook(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Errors of raw threads go to this function; `None`: to where they usually go."""
    sys.unraisablehook = sys.__unraisablehook__ if arguments["to"] is None else arguments["to"]
    return UNDEFINED


def set_unraisablehook_here(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Sets a hook for errors of raw threads. It tells another function of the error, and of what was at work."""
    sys.unraisablehook = lambda hooked: arguments["to"](hooked.exc_value, hooked.object)
    return UNDEFINED


def member(name: str) -> Any:
    """A function by the name that examples use."""
    return getattr(_thread, name if name.isupper() else python_name(name))


QUESTIONS: Questions = {
    "startNewThread": starting("start_new_thread"),
    "startNew": starting("start_new"),
    "exitWithFinally": exit_with_finally,
    "sysExit": leave_by_exit,
    "_count": count,
    "countWhenAlone": count_when_alone,
    "interruptMain": interrupt_main,
    "signal": set_signal,
    "sendSignal": send_signal,
    "interruptAndLook": interrupt_and_look,
    "look": look,
    "newLocks": new_locks,
    "lockTypes": lock_types,
    "setUnraisablehook": set_unraisablehook,
    "setUnraisablehookHere": set_unraisablehook_here,
}
