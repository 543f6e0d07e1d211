"""What examples ask of `local` objects, beside reading their attributes and calling their methods."""

from __future__ import annotations

import gc
import weakref
from typing import Any, Optional

from families import assign
from threads.execution import ThreadExecution
from threads.questions import Questions
from wire import UNDEFINED

ATTRIBUTES = {"dict": "__dict__"}
"""Attributes that have another name in Python."""


class Thing:
    """An object that can be watched until it is garbage."""


class Kept:
    """What a thread has left behind for others."""

    dictionary: Optional[dict] = None
    thing: Optional[weakref.ref] = None


def attribute(name: str) -> str:
    """The name that an attribute has in Python."""
    return ATTRIBUTES.get(name, name)


def assign_attributes(_: ThreadExecution, local: Any, attributes: dict) -> Any:
    """Sets attributes by name."""
    assign(local, {attribute(name): value for name, value in attributes.items()})
    return UNDEFINED


def has(_: ThreadExecution, local: Any, arguments: dict) -> bool:
    """Whether this thread has the attribute."""
    return hasattr(local, attribute(arguments["name"]))


def remove(_: ThreadExecution, local: Any, arguments: dict) -> Any:
    """Deletes an attribute."""
    delattr(local, attribute(arguments["name"]))
    return UNDEFINED


def add_to_dict(_: ThreadExecution, local: Any, entries: dict) -> Any:
    """Adds entries to the thread's dictionary."""
    local.__dict__.update(entries)
    return UNDEFINED


def hold(_: ThreadExecution, __: Any, ___: dict) -> Any:
    """The thread has the object, and does nothing with it. Nor does it matter how many threads are kept: none are."""
    return UNDEFINED


def keep_dict(_: ThreadExecution, local: Any, __: dict) -> Any:
    """Remembers the thread's dictionary for others."""
    Kept.dictionary = local.__dict__
    return UNDEFINED


def add_to_kept(_: ThreadExecution, __: Any, entries: dict) -> Any:
    """Adds entries to the dictionary that was kept, if one was."""
    if Kept.dictionary is not None:
        Kept.dictionary.update(entries)
    return UNDEFINED


def assign_object(_: ThreadExecution, local: Any, arguments: dict) -> Any:
    """Sets an attribute to an object that nobody else has."""
    thing = Thing()
    Kept.thing = weakref.ref(thing)
    setattr(local, attribute(arguments["name"]), thing)
    return UNDEFINED


def is_object_there(_: ThreadExecution, __: Any, ___: dict) -> bool:
    """Whether such an object is still to be had after all garbage was collected."""
    gc.collect()
    return Kept.thing is not None and Kept.thing() is not None


QUESTIONS: Questions = {
    "assign": assign_attributes,
    "has": has,
    "remove": remove,
    "addToDict": add_to_dict,
    "hold": hold,
    "keepWorkers": hold,
    "keepDict": keep_dict,
    "addToKept": add_to_kept,
    "assignObject": assign_object,
    "isObjectThere": is_object_there,
}
