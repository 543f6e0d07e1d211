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
from meaning import check_meaning
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
    "wait": fields({**common, "patience": seconds}),
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
        check_meaning(request)
