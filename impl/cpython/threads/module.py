"""What examples ask of the functions of `threading`."""

from __future__ import annotations

import _thread
import math
import sys
import threading
from typing import Any, Optional

import raw
from families import bound, is_void, python_name
from threads import hooks
from threads.execution import ThreadExecution
from threads.questions import Questions
from threads.thread import say
from wire import UNDEFINED


def is_same_again(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether the thread that runs is the same object when it is asked for again."""
    return threading.current_thread() is threading.current_thread()


def is_main(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether the thread that runs is the main thread's object."""
    return threading.current_thread() is threading.main_thread()


def of_current(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """What the object of the thread that runs says."""
    return say(threading.current_thread(), arguments["asks"], {})


def name_current(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Gives the thread that runs this name, through its object."""
    threading.current_thread().name = arguments["name"]
    return UNDEFINED


def of_main(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """What the main thread's object says."""
    return say(threading.main_thread(), arguments["asks"], {})


def of_other(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """
    What the object of the one live thread says that is neither the caller nor main. Raises LookupError if there is no
    such thread, or more than one.
    """
    known = (threading.current_thread().ident, threading.main_thread().ident)
    others = [one for one in threading.enumerate() if one.ident not in known]
    if len(others) != 1:
        raise LookupError(f"there are {len(others)} others")
    return say(others[0], arguments["asks"], {})


def has_nonzero_integer(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether the number of the thread that runs is an integer, and not 0."""
    ident = threading.get_ident()
    return isinstance(ident, int) and ident != 0


def enumerate_sorted(execution: ThreadExecution, _: Any, __: dict) -> list:
    """The live threads, sorted by what they are in the program."""
    return sorted(execution.who(thread) for thread in threading.enumerate())


def enumerate_in_order(_: ThreadExecution, __: Any, ___: dict) -> list:
    """The live threads, in the order of the list."""
    return threading.enumerate()


def times(ident: Optional[int]) -> int:
    """How often a thread is among the live ones."""
    return sum(thread.ident == ident for thread in threading.enumerate())


def times_listed(_: ThreadExecution, __: Any, arguments: dict) -> int:
    """How often this thread is among the live ones; by default the one that runs."""
    thread = arguments["thread"] if "thread" in arguments else threading.current_thread()
    return times(thread.ident)


def is_main_listed(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether the main thread is among the live ones."""
    return times(threading.main_thread().ident) == 1


def counted_too_many(_: ThreadExecution, __: Any, ___: dict) -> int:
    """How many live threads are counted more than are listed."""
    return threading.active_count() - len(threading.enumerate())


def empty_list(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Takes all out of a list of the live threads. Whether as many are listed afterwards."""
    listed = threading.enumerate()
    before = len(listed)
    listed.clear()
    return len(threading.enumerate()) == before


def join_and_look(_: ThreadExecution, __: Any, arguments: dict) -> int:
    """Waits for the end of this thread. How often it is listed then, in the same moment."""
    arguments["thread"].join()
    return times(arguments["thread"].ident)


def start_alien(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Starts a thread behind the back of the module, which runs this body."""
    raw.start_new_thread(arguments["runs"], ())
    return UNDEFINED


def start_raw(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Starts a thread by the low-level function."""
    _thread.start_new_thread(arguments["runs"], ())
    return UNDEFINED


def stack_size(_: ThreadExecution, __: Any, arguments: dict) -> Any:
    """Asks for a size of stacks, or what it is."""
    return threading.stack_size(*arguments.values())


def try_size(_: ThreadExecution, __: Any, arguments: dict) -> str:
    """Asks for a size: whether it was `set`, `refused` as something that cannot be changed, or `ignored`."""
    try:
        threading.stack_size(arguments["size"])
    except RuntimeError:
        return "refused"
    return "set" if threading.stack_size() == arguments["size"] else "ignored"


def nests(_: ThreadExecution, __: Any, arguments: dict) -> bool:
    """Whether the stack of the thread that runs has room for so many calls of a function within each other."""
    calls = arguments["calls"]

    def nest(left: int) -> int:
        return 0 if left == 0 else 1 + nest(left - 1)

    before = sys.getrecursionlimit()
    sys.setrecursionlimit(calls + before)
    try:
        return nest(calls) == calls
    except RecursionError:
        return False
    finally:
        sys.setrecursionlimit(before)


def has_finite_maximum(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether the longest time-out is a number of seconds above 0, and finite."""
    return math.isfinite(threading.TIMEOUT_MAX) and threading.TIMEOUT_MAX > 0


def has_same_maximum(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether the low-level functions have the same."""
    return _thread.TIMEOUT_MAX == threading.TIMEOUT_MAX


def with_maximum(execution: ThreadExecution, _: Any, arguments: dict) -> Any:
    """Calls a method of another of the program's objects with the longest time-out, so many times over."""
    position, method = arguments["object"], arguments["method"]
    timeout = threading.TIMEOUT_MAX * arguments["times"]
    family = execution.family(position)
    answer = bound(family, execution.object_at(position), method, {"timeout": timeout})()
    return UNDEFINED if answer is None and is_void(family, method) else answer


def member(name: str) -> Any:
    """A function or a constant by the name that examples use."""
    return getattr(threading, name if name.isupper() else python_name(name))


QUESTIONS: Questions = {
    **hooks.QUESTIONS,
    "isSameAgain": is_same_again,
    "isMain": is_main,
    "ofCurrent": of_current,
    "nameCurrent": name_current,
    "ofMain": of_main,
    "ofOther": of_other,
    "hasNonzeroInteger": has_nonzero_integer,
    "enumerate": enumerate_sorted,
    "enumerateInOrder": enumerate_in_order,
    "timesListed": times_listed,
    "isMainListed": is_main_listed,
    "countedTooMany": counted_too_many,
    "emptyList": empty_list,
    "joinAndLook": join_and_look,
    "startAlien": start_alien,
    "startRaw": start_raw,
    "stackSize": stack_size,
    "trySize": try_size,
    "nests": nests,
    "hasFiniteMaximum": has_finite_maximum,
    "hasSameMaximum": has_same_maximum,
    "withMaximum": with_maximum,
}
