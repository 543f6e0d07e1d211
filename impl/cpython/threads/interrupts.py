"""Interrupts of the main thread: they reach the calls of the program, and nothing of the harness."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from types import FrameType
from typing import Any, Callable, Iterator, Optional

from raw import get_ident


class Interrupts:
    """
    Stands in for what Python does by itself when the main thread is interrupted: KeyboardInterrupt is raised in a call
    of the program, or in the next one if there is none just now.
    """

    def __init__(self) -> None:
        """Has to be made in the main thread."""
        self._main = get_ident()
        self._are_let_through = False
        self._is_pending = False
        signal.signal(signal.SIGINT, self._handle)

    def _handle(self, number: int, frame: Optional[FrameType]) -> None:
        if self._are_let_through:
            signal.default_int_handler(number, frame)
        self._is_pending = True

    def during_call(self, make: Callable[[], Any]) -> Any:
        """Makes a call of the program. Raises KeyboardInterrupt if the main thread is interrupted."""
        if get_ident() != self._main:
            return make()
        try:
            self.let_through()
            return make()
        finally:
            self._are_let_through = False

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Something of the harness within a call of the program: interrupts wait until it is over."""
        if get_ident() != self._main:
            yield
            return
        before, self._are_let_through = self._are_let_through, False
        try:
            yield
        finally:
            if before:
                self.let_through()

    def let_through(self) -> None:
        """From now on, interrupts come as they do to any program. Raises KeyboardInterrupt if one has come already."""
        self._are_let_through = True
        if self._is_pending:
            self._is_pending = False
            raise KeyboardInterrupt

    def reset(self) -> None:
        """As before any program."""
        self._are_let_through = self._is_pending = False
        signal.signal(signal.SIGINT, self._handle)
