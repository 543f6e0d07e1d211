"""Requests, as they come on standard input."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Iterator, List

from checks import is_number

STANDARD_INPUT = 0

CHUNK = 1 << 16
"""Bytes that are read at once."""


class Requests:
    """
    The requests on standard input, one after the other. It is read without Python's buffers: their locks would outlive
    the process.
    """

    def __init__(self) -> None:
        self._parts: List[bytes] = []
        self._lines: List[bytes] = []

    def __iter__(self) -> Iterator[dict]:
        return self

    def __next__(self) -> dict:
        """The next request. Ends the process if it cannot even be answered that it is wrong."""
        while not self._lines:
            chunk = os.read(STANDARD_INPUT, CHUNK)
            if not chunk:
                raise StopIteration
            first, *others = chunk.split(b"\n")
            self._parts.append(first)
            for part in others:
                self._lines.append(b"".join(self._parts))
                self._parts = [part]
        return parsed(self._lines.pop(0))

    def die(self) -> None:
        """Waits until nobody asks for anything any more, and ends the process."""
        while os.read(STANDARD_INPUT, CHUNK):
            pass
        os._exit(0)


def parsed(line: bytes) -> Any:
    """The request on a line. Ends the process if it cannot even be answered that the request is wrong."""
    try:
        request = json.loads(line.decode("utf-8"), parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        give_up(f"a line that is no JSON: {error}")
    number: Any = request.get("id") if isinstance(request, dict) else None
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
