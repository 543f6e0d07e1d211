"""The objects of programs in which the implementation starts the threads: how they are made."""

from __future__ import annotations

import threading
from typing import Any

import families
from arguments import materialized
from families import python_name
from raw import get_native_id
from threads.execution import ThreadExecution

NAMESPACES = ("mod", "lowthread", "dummy")
"""Families of which there are no objects, but a module."""


def given(execution: ThreadExecution, words: dict) -> dict:
    """Arguments by the names of the program, as they are given in this execution."""
    return {name: materialized(word, execution) for name, word in words.items()}


def make(execution: ThreadExecution, position: int) -> None:
    """Makes an object of the program. Raises whatever its constructor raises."""
    spec = execution.program["objects"][position]
    family, arguments = spec["family"], given(execution, spec["args"])
    made: Any = None
    if family == "thread":
        made = make_thread(arguments)
    elif family == "timer":
        made = threading.Timer(**arguments)
    elif family == "local":
        made = make_local(execution, **arguments)
    elif family not in NAMESPACES:
        made = families.create(family, {python_name(name): value for name, value in arguments.items()})
    execution.made(position, made)


def make_thread(arguments: dict) -> threading.Thread:
    """
    Makes a Thread. Beside the constructor's own arguments there are: `positional`, all arguments by position;
    `overrides`, the `run` of a class of its own; `unconstructed`, the constructor is not called.
    """
    thread_class: Any = threading.Thread
    if "overrides" in arguments:
        run = arguments.pop("overrides")
        thread_class = type("Overriding", (threading.Thread,), {"run": lambda self: run()})
    if arguments.get("unconstructed"):
        return thread_class.__new__(thread_class)
    if "positional" in arguments:
        return thread_class(*arguments["positional"])
    return thread_class(**arguments)


def make_local(
    execution: ThreadExecution, args: Any = (), init: Any = None, initElsewhere: Any = None, members: bool = False
) -> threading.local:
    """
    Makes a local. `args`: for its constructor; `init`: what initialises it in the thread that makes it,
    `initElsewhere`: in others; `members`: it is of a class with a default `number`, a method `doubled` and a slot
    `shared`.
    """
    if init is not None:
        maker = get_native_id()

        def initialise(_: threading.local, *given_args: Any) -> None:
            (init if get_native_id() == maker else initElsewhere or init)(*given_args)

        return type("Initialised", (threading.local,), {"__init__": initialise})(*args)
    if members:
        parts = {"__slots__": ("shared",), "number": 2, "doubled": lambda self: 2 * self.number}
        return type("WithMembers", (threading.local,), parts)(*args)
    return threading.local(*args)
