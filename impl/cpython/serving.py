"""Reads requests and answers them, one after the other."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Iterator

from checks import BadRequest, is_number
from describing import describe
from following import Follow
from pool import Pool
from running import Run
from schemas import check_request
from wire import AnswerStream

STANDARD_INPUT, STANDARD_OUTPUT, STANDARD_ERROR = range(3)


def serve() -> None:
    """Answers requests until there are no more."""
    # What the program prints must not come among the answers.
    answers = AnswerStream(os.dup(STANDARD_OUTPUT))
    os.dup2(STANDARD_ERROR, STANDARD_OUTPUT)
    pool = Pool()
    for line in lines():
        request = parsed(line)
        try:
            check_request(request)
            answer(request, pool, answers)
        except BadRequest as error:
            answers.write({"id": request["id"], "error": str(error)})


def answer(request: dict, pool: Pool, answers: AnswerStream) -> None:
    """Answers a request that is understood."""
    if request["ask"] == "describe":
        answers.write({"id": request["id"], "describes": describe()})
    elif request["ask"] == "run":
        Run(request, pool, answers).run()
    else:
        Follow(request, pool, answers).run()


def lines() -> Iterator[bytes]:
    """The lines of standard input. It is read without Python's buffers: their locks would outlive the process."""
    parts = []
    while True:
        chunk = os.read(STANDARD_INPUT, 1 << 16)
        if not chunk:
            break
        *complete, rest = chunk.split(b"\n")
        for line in complete:
            yield b"".join([*parts, line])
            parts.clear()
        parts.append(rest)
    if any(parts):
        yield b"".join(parts)


def parsed(line: bytes) -> Any:
    """The request on a line. Ends the process if it cannot even be answered that the request is wrong."""
    try:
        request = json.loads(line.decode("utf-8"), parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        give_up(f"a line that is no JSON: {error}")
    number = request.get("id") if isinstance(request, dict) else None
    if not is_number(number) or not float(number).is_integer() or number < 1:
        give_up("a request without an id from 1")
    return request


def refuse_constant(name: str) -> None:
    """Raises ValueError: JSON has no such constants."""
    raise ValueError(f"JSON has no {name}")


def give_up(reason: str) -> None:
    """Ends the process, which was told something that it cannot answer."""
    print(f"harness: {reason}", file=sys.stderr, flush=True)
    os._exit(2)
