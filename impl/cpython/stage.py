"""Where a thread of a program makes its calls: what it tells before and after each."""

from __future__ import annotations

from typing import Any, Protocol, Tuple, Type, Union


class Stage(Protocol):
    """What `perform` tells. With orders, `call` waits for one; without, it takes its time."""

    ended: Union[Type[BaseException], Tuple[Type[BaseException], ...]]
    """Raised if the thread makes no more calls; no outcome of any call."""

    def call(self, position: int) -> None:
        """Comes before each call."""

    def entered(self, value: Any) -> None:
        """The body of a with-statement begins, and is given this value."""

    def end(self, ended: Any) -> None:
        """Comes after each call: what it returned, or `Raised` an error."""
