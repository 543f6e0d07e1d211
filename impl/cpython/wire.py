"""Values and events as the protocol has them on the wire."""

from __future__ import annotations

import json
import math
import os
from typing import Any, Iterable


class Undefined:
    """Nothing: what a call gives back that gives nothing back. There is one of it."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "undefined"


UNDEFINED = Undefined()

WORDS = {"undefined": UNDEFINED, "NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}

LONGEST_REPR = 200
"""Characters that are kept of what describes an object which JSON does not have."""


def value_of(word: Any) -> Any:
    """The Python value that a value on the wire stands for."""
    if not isinstance(word, dict):
        return word
    return json.loads(word["json"]) if "json" in word else WORDS[word["$"]]


def word_of(value: Any) -> Any:
    """A Python value as it goes on the wire; what JSON does not have is described."""
    if value is UNDEFINED:
        return {"$": "undefined"}
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        return word_of_float(value)
    return {"json": structure_text(value)}


def word_of_float(value: float) -> Any:
    """A float as it goes on the wire."""
    if math.isnan(value):
        return {"$": "NaN"}
    if math.isinf(value):
        return {"$": "Infinity" if value > 0 else "-Infinity"}
    if value == 0 and math.copysign(1, value) < 0:
        return {"$": "-0"}
    return value


def structure_text(value: Any) -> str:
    """The JSON text of a list or a map, or of what describes another object."""
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return json.dumps(described(value), ensure_ascii=False)


def described(value: Any) -> str:
    """A text for an object, whatever it is."""
    try:
        return repr(value)[:LONGEST_REPR]
    except Exception:
        return "a value that cannot be shown"


class AnswerStream:
    """
    Writes answers to a file descriptor, each line at once. Short lines are written in one piece, whichever threads
    write; there is no lock, because hooks that programs install may come to write in the middle of a write.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write_line(self, text: str) -> None:
        """Writes a line. Ends the process if nobody reads it any more."""
        rest = memoryview(text.encode("ascii") + b"\n")
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except BrokenPipeError:
            os._exit(1)

    def write(self, answer: dict) -> None:
        """Writes an answer as a line."""
        self.write_line(json.dumps(answer, separators=(",", ":")))

    def write_events(self, request: int, texts: Iterable[str]) -> None:
        """Writes a line with events, which are given as JSON texts."""
        self.write_line('{"id":%d,"events":[%s]}' % (request, ",".join(texts)))
