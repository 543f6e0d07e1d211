"""What happens in an execution, collected as tuples and written as events."""

from __future__ import annotations

import json
from typing import Any, Callable, Iterable, Iterator, List, Tuple

from outcomes import outcome_text
from wire import word_of

Event = Tuple[Any, ...]
"""The type of the event, its parts, and last the moment on the clock."""

LONGEST_LINE = 500
"""Events that are written on one line."""


def created(number: int, ended: Any, at: float) -> str:
    """An object was made, or its constructor raised."""
    return '{"type":"created","object":%d,"outcome":%s,"at":%.7f}' % (number, outcome_text(ended), at)


def call(thread: int, position: int, at: float) -> str:
    """A thread makes a call."""
    return '{"type":"call","thread":%d,"call":%d,"at":%.7f}' % (thread, position, at)


def end(thread: int, ended: Any, at: float) -> str:
    """A call has ended."""
    return '{"type":"end","thread":%d,"outcome":%s,"at":%.7f}' % (thread, outcome_text(ended), at)


def enter(thread: int, value: Any, at: float) -> str:
    """The body of a with-statement begins."""
    return '{"type":"enter","thread":%d,"value":%s,"at":%.7f}' % (thread, json.dumps(word_of(value)), at)


def callback(thread: int, ended: Any, at: float) -> str:
    """A function that was handed over was called."""
    return '{"type":"callback","thread":%d,"outcome":%s,"at":%.7f}' % (thread, outcome_text(ended), at)


def begin(thread: int, given: str, realm: int, at: float) -> str:
    """The function of a thread is called, with arguments that are given as JSON text."""
    text = '{"type":"begin","thread":%d,"given":%s,"realm":%d,"at":%.7f}'
    return text % (thread, json.dumps({"json": given}), realm, at)


def finish(thread: int, ended: Any, at: float) -> str:
    """The function of a thread is left."""
    return '{"type":"finish","thread":%d,"outcome":%s,"at":%.7f}' % (thread, outcome_text(ended), at)


def step(number: int, at: float) -> str:
    """A step begins."""
    return '{"type":"step","step":%d,"at":%.7f}' % (number, at)


TEXTS: dict = {
    "created": created,
    "call": call,
    "end": end,
    "enter": enter,
    "callback": callback,
    "begin": begin,
    "finish": finish,
    "step": step,
}

EXECUTION_TEXT = '{"type":"execution"}'


def event_text(event: Event, began: float) -> str:
    """An event as JSON text. `began`: the moment on the clock at which the execution began."""
    return TEXTS[event[0]](*event[1:-1], event[-1] - began)


def event_texts(events: Iterable[Event], began: float) -> Iterator[str]:
    """Events as JSON texts. Who reads the clock first may be second to tell: time stands still then."""
    latest = began
    for event in events:
        latest = max(latest, event[-1])
        yield TEXTS[event[0]](*event[1:-1], latest - began)


def in_lines(texts: List[str]) -> Iterator[List[str]]:
    """The texts in as many parts as they need lines."""
    for start in range(0, len(texts), LONGEST_LINE):
        yield texts[start : start + LONGEST_LINE]


Append = Callable[[Event], None]
"""Takes in an event, from whichever thread."""
