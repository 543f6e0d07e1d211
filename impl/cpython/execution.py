"""One execution of a program: its objects, and what happens."""

from __future__ import annotations

from typing import Any, Callable, Dict, List

from history import Append
from raw import get_ident, monotonic


class NotMade(Exception):
    """An object was asked for that nobody has made."""


class Execution:
    """What the threads of a program have in common while it is executed."""

    def __init__(self, count: int, append: Append) -> None:
        """`count`: of the program's objects. `append` takes in the events."""
        self.began = monotonic()
        self.append = append
        self._objects: List[Any] = [NotMade] * count
        self._acting: Dict[int, List[int]] = {}

    def tell(self, *event: Any) -> None:
        """Takes in an event, of this moment."""
        self.append((*event, monotonic()))

    def made(self, position: int, value: Any) -> None:
        """An object was made."""
        self._objects[position] = value

    def object_at(self, position: int) -> Any:
        """An object of the program. Raises `NotMade` if nobody has made it."""
        value = self._objects[position]
        if value is NotMade:
            raise NotMade(f"object {position} has not been made")
        return value

    def act(self, thread: int) -> None:
        """The thread that runs acts for this one of the program from now on, until it `rests`."""
        self._acting.setdefault(get_ident(), []).append(thread)

    def rest(self) -> None:
        """The thread that runs does so no more."""
        self._acting[get_ident()].pop()

    def current_thread(self) -> int:
        """The thread of the program that the one that runs acts for, the innermost if there are several."""
        acting = self._acting.get(get_ident())
        return acting[-1] if acting else 0

    def body(self, thread: int) -> Callable[..., Any]:
        """The function that is the body of a thread of the program, where the program starts them."""
        raise NotImplementedError
