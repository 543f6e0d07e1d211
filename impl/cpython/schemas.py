"""The requests of the protocol, as they have to be."""

from __future__ import annotations

import json
from typing import Any

from checks import (
    VERSION,
    BadRequest,
    by_field,
    expect,
    fields,
    integer_from,
    list_of,
    map_of,
    matching,
    number,
    one_of,
    seconds,
    text,
    truth,
)
from statements import STATEMENTS
from wire import WORDS

position = integer_from(0)
positions = list_of(position)


def json_text(value: Any, place: str) -> None:
    """The JSON text of a list or a map."""
    text(value, place)
    try:
        json.loads(value)
    except ValueError:
        expect(False, place, "JSON")


structured = {"json": fields({"json": json_text}), "$": fields({"$": one_of(*WORDS)})}


def simple_or(check: Any) -> Any:
    """A value that JSON has, or a map of another kind."""

    def check_value(value: Any, place: str) -> None:
        if value is None or isinstance(value, (bool, int, float, str)):
            return
        check(value, place)

    return check_value


value = simple_or(by_field(structured))


def callback(word: Any, place: str) -> None:
    """A function that is handed over."""
    kinds = {
        "reads": fields({"callback": text, "object": position}),
        "returns": fields({"callback": text, "value": value}),
        "throws": fields({"callback": text}),
    }
    one_of(*kinds)(word["callback"], place + ".callback")
    kinds[word["callback"]](word, place)


def argument(word: Any, place: str) -> None:
    """An argument of a call."""
    check_argument(word, place)


check_argument = simple_or(
    by_field(
        {
            **structured,
            "callback": callback,
            "object": fields({"object": position}),
            "body": fields({"body": position}),
            "list": fields({"list": list_of(argument)}),
        }
    )
)

arguments = map_of(argument)

program = fields(
    {
        "objects": list_of(fields({"family": matching("[a-z][A-Za-z0-9]*"), "args": arguments})),
        "threads": list_of(list_of(fields({"object": position, "method": text, "args": arguments}))),
    }
)

ending = by_field({"returns": fields({"returns": value}), "raises": fields({"raises": text}, {"value": number})})

step = fields(
    {
        "does": by_field(
            {
                "call": fields({"call": position}),
                "ends": fields({"ends": position, "by": ending}),
                "elapse": fields({"elapse": seconds}),
            }
        ),
        "returns": positions,
        "returnsOne": positions,
        "begins": positions,
        "blocks": positions,
        "settles": truth,
        "exits": truth,
    }
)

common = {"lockproof": number, "id": integer_from(1), "ask": text}
started_by = one_of("harness", "program")

REQUESTS = {
    "describe": fields(common),
    "run": fields(
        {
            **common,
            "program": program,
            "startedBy": started_by,
            "executions": integer_from(1),
            "patience": seconds,
            "seed": integer_from(float("-inf")),
        }
    ),
    "follow": fields(
        {
            **common,
            "program": program,
            "startedBy": started_by,
            "steps": list_of(step),
            "patience": seconds,
            "settling": seconds,
            "ownProcess": truth,
        }
    ),
}


def check_request(request: dict) -> None:
    """Raises `BadRequest` if the request is not understood."""
    version = request.get("lockproof")
    if version != VERSION:
        raise BadRequest(f"lockproof: this harness speaks version {VERSION} of the protocol, not {version!r}")
    one_of(*REQUESTS)(request.get("ask"), "ask")
    REQUESTS[request["ask"]](request, "request")
    if "program" in request:
        check_positions(request)


def check_positions(request: dict) -> None:
    """Raises `BadRequest` if a number points at nothing, or a with-statement has no end."""
    words = request["program"]
    objects, threads = len(words["objects"]), len(words["threads"])
    lists = [one["args"] for one in words["objects"]]
    for number_of, calls in enumerate(words["threads"]):
        for call in calls:
            expect(call["object"] < objects, f"thread {number_of}", "an object that there is")
            lists.append(call["args"])
        check_statements(calls, f"thread {number_of}")
    for given in lists:
        for word in given.values():
            check_reference(word, objects)
    ordered = [0] * threads
    for one in request.get("steps", ()):
        does = one["does"]
        expect(does.get("ends", 0) < max(threads, 1), "steps", "threads that there are")
        if "call" in does:
            expect(does["call"] < threads, "steps", "threads that there are")
            ordered[does["call"]] += 1
            expect(ordered[does["call"]] <= len(words["threads"][does["call"]]), "steps", "calls that there are")


def check_reference(word: Any, objects: int) -> None:
    """Raises `BadRequest` if an argument points at nothing."""
    if not isinstance(word, dict):
        return
    expect(word.get("object", -1) < objects, "argument", "an object that there is")
    for part in word.get("list", ()):
        check_reference(part, objects)


def check_statements(calls: list, place: str) -> None:
    """Raises `BadRequest` if the calls `with` and `leave` are not in pairs, each of one object."""
    opened: list = []
    for call in calls:
        if call["method"] == "with":
            opened.append(call["object"])
        if call["method"] == "leave":
            expect(opened != [] and opened.pop() == call["object"], place, "a with for each leave")
            one_of(*STATEMENTS)(call["args"].get("by"), place + ".leave.by")
    expect(opened == [], place, "a leave for each with")
