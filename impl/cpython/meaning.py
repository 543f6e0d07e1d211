"""Whether a program means something: that what its parts name is there."""

from __future__ import annotations

from typing import Any, Iterator, List, Set

from checks import BadRequest, expect, one_of
from families import CONSTRUCTORS
from statements import STATEMENTS

FAMILIES = (*CONSTRUCTORS, "cell")
FAMILIES_OF_THREADS = ("thread", "timer", "local", "mod", "lowthread", "dummy")


def check_meaning(request: dict) -> None:
    """Raises `BadRequest` if something names what is not there, or stands where it cannot be understood."""
    objects, threads = request["program"]["objects"], request["program"]["threads"]
    starts_threads = request["startedBy"] == "program"
    for position, one in enumerate(objects):
        known = (*FAMILIES, *FAMILIES_OF_THREADS) if starts_threads else FAMILIES
        one_of(*known)(one["family"], f"objects[{position}].family")
        check_arguments(one["args"], objects, starts_threads, f"objects[{position}]")
    creation_order(objects)
    for position, calls in enumerate(threads):
        place = f"threads[{position}]"
        for call in calls:
            expect(call["object"] < len(objects), place, "an object that there is")
            check_arguments(call["args"], objects, starts_threads, place)
        check_statements(calls, place)
    check_steps(request.get("steps", ()), threads)


def check_arguments(arguments: dict, objects: List[dict], starts_threads: bool, place: str) -> None:
    """Raises `BadRequest` if an argument names what is not there."""
    for word in maps_in(list(arguments.values())):
        expect(word.get("object", -1) < len(objects), place, "an object that there is")
        if word.get("callback") == "reads":
            expect(objects[word["object"]]["family"] == "cell", place, "a cell to be read")
        expect(starts_threads or "body" not in word, place, "no functions of threads that the harness starts")


def maps_in(words: List[Any]) -> Iterator[dict]:
    """The arguments that are no simple values, those in lists, too."""
    for word in words:
        if isinstance(word, dict):
            yield word
            yield from maps_in(word.get("list", []))


def check_statements(calls: List[dict], place: str) -> None:
    """Raises `BadRequest` if the calls `with` and `leave` are not in pairs, each of one object."""
    opened: list = []
    for call in calls:
        if call["method"] == "with":
            opened.append(call["object"])
        if call["method"] == "leave":
            expect(opened != [] and opened.pop() == call["object"], place, "a with for each leave")
            one_of(*STATEMENTS)(call["args"].get("by"), place + ".leave.by")
    expect(opened == [], place, "a leave for each with")


def check_steps(steps: List[dict], threads: List[list]) -> None:
    """Raises `BadRequest` if steps name threads or calls that are not there."""
    ordered = [0] * len(threads)
    for step in steps:
        does = step["does"]
        thread = does.get("call", does.get("ends"))
        named = [*step["returns"], *step["returnsOne"], *step["blocks"], *([] if thread is None else [thread])]
        expect(all(one < len(threads) for one in named), "steps", "threads that there are")
        if "call" in does:
            ordered[thread] += 1
            expect(ordered[thread] <= len(threads[thread]), "steps", "calls that there are")


def creation_order(objects: List[dict]) -> List[int]:
    """The objects by position, those first that others refer to. Raises `BadRequest` if some refer to each other."""
    order: List[int] = []
    left = list(range(len(objects)))
    needed = [references(list(one["args"].values())) for one in objects]
    while left:
        possible = [position for position in left if needed[position] <= set(order)]
        if not possible:
            raise BadRequest("objects: they refer to each other")
        order.extend(possible)
        left = [position for position in left if position not in possible]
    return order


def references(words: List[Any]) -> Set[int]:
    """The objects that have to be there before one is made that is given these arguments."""
    return {word["object"] for word in maps_in(words) if "object" in word and "callback" not in word}
