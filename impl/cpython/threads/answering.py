"""The calls of programs in which the implementation starts the threads."""

from __future__ import annotations

from typing import Any, Callable, Dict

from families import bound, is_void, python_name
from threads import dummy, local, lowlevel, module, thread, timer
from threads.execution import ThreadExecution
from threads.objects import given, make
from threads.questions import Questions
from wire import UNDEFINED

QUESTIONS: Dict[str, Questions] = {
    "thread": thread.QUESTIONS,
    "timer": timer.QUESTIONS,
    "local": local.QUESTIONS,
    "mod": module.QUESTIONS,
    "lowthread": lowlevel.QUESTIONS,
    "dummy": dummy.QUESTIONS,
}
"""What can be asked of each family, beside calling methods and reading attributes."""

NAMESPACES: Dict[str, Callable[[str], Any]] = {"mod": module.member, "lowthread": lowlevel.member}
"""What the modules have, by name."""


def answer(execution: ThreadExecution, word: dict) -> Any:
    """Makes a call. Returns what it answers, as histories show it."""
    return execution.shown(ask(execution, word))


def ask(execution: ThreadExecution, word: dict) -> Any:
    """Makes a call. Returns what it answers."""
    position, method = word["object"], word["method"]
    family = execution.family(position)
    if method == "create":
        make(execution, position)
        return UNDEFINED
    subject = execution.object_at(position)
    arguments = given(execution, word["args"])
    if family not in QUESTIONS:
        in_python = {python_name(name): value for name, value in arguments.items()}
        value = bound(family, subject, method, in_python)()
        return UNDEFINED if value is None and is_void(family, method) else value
    if method in QUESTIONS[family]:
        return QUESTIONS[family][method](execution, subject, arguments)
    if family in ("thread", "timer"):
        return thread.say(subject, method, arguments)
    if family == "local":
        found = getattr(subject, local.attribute(method))
    elif family in NAMESPACES:
        found = NAMESPACES[family](method)
    else:
        raise AttributeError(f"{family} has no {method!r}")
    return found(*arguments.values()) if callable(found) else found
