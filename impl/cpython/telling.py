"""What is told of a program that is executed once."""

from __future__ import annotations

from typing import List

from history import Event, event_text, event_texts, in_lines
from raw import monotonic
from wire import AnswerStream


class Telling:
    """Takes in the events of one execution, and answers with them."""

    def __init__(self, request: dict, answers: AnswerStream) -> None:
        self._id = request["id"]
        self._is_at_once = request["ownProcess"]
        self._answers = answers
        self._began = monotonic()
        self._events: List[Event] = []
        self._is_over = False

    def append(self, event: Event) -> None:
        """Takes in an event. Where the process may end in the middle it is told at once."""
        if self._is_over:
            return
        if self._is_at_once:
            self._answers.write_events(self._id, [event_text(event, self._began)])
        else:
            self._events.append(event)

    def close(self) -> None:
        """What happens from now on belongs to no step."""
        self._is_over = True

    def finish(self, clean: bool, standstill: bool) -> None:
        """Tells the rest, and that this was all."""
        for texts in in_lines(list(event_texts(list(self._events), self._began))):
            self._answers.write_events(self._id, texts)
        self._answers.write({"id": self._id, "done": {"clean": clean, "standstill": standstill}})
