"""Who says which thread of a program makes its next call, and when."""

from __future__ import annotations

from typing import Callable, List

from execution import Execution
from ordered import WAITING, Actor
from raw import Signal, monotonic

RETURNS_NOTHING = {"returns": {"$": "undefined"}}
"""How the functions of threads are left that no step ends."""


class Supervisor:
    """Goes through the steps of a request."""

    def __init__(self, request: dict, execution: Execution, actors: List[Actor], pulse: Signal) -> None:
        self._steps = request["steps"]
        self._patience = request["patience"]
        self._settling = request["settling"]
        self._execution = execution
        self._actors = actors
        self._pulse = pulse

    def follow(self) -> bool:
        """Does one step after the other. Returns false if one could not be done, or did not show what it must."""
        return all(self._perform(number, step) for number, step in enumerate(self._steps))

    def _perform(self, number: int, step: dict) -> bool:
        does = step["does"]
        thread = does.get("call", does.get("ends"))
        if thread is not None and not self._surely(lambda: self._actors[thread].state == WAITING):
            return False
        returned = [actor.returned for actor in self._actors]
        begun = [actor.begun for actor in self._actors]

        def has_returned(one: int) -> bool:
            return self._actors[one].returned > returned[one]

        def has_begun(one: int) -> bool:
            return self._actors[one].begun > begun[one]

        def is_shown() -> bool:
            chosen = step["returnsOne"]
            is_one_there = not chosen or any(map(has_returned, chosen))
            return is_one_there and all(map(has_returned, step["returns"])) and all(map(has_begun, step["begins"]))

        self._execution.tell("step", number)
        self._do(does)
        if step["returns"] or step["returnsOne"] or step["begins"]:
            if not self._surely(is_shown):
                return False
        elif not step["blocks"] and "call" in does:
            self._until(lambda: has_returned(does["call"]), self._settling)
        if step["blocks"] or step["settles"]:
            self._pass(self._settling)
        if step["exits"]:
            # Who is still here afterwards has not ended.
            self._pass(self._patience)
            return False
        return True

    def _do(self, does: dict) -> None:
        if "elapse" in does:
            self._pass(does["elapse"])
        elif "call" in does:
            self._actors[does["call"]].tell_call()
        else:
            actor = self._actors[does["ends"]]
            actor.is_over = True
            actor.tell_end(does["by"])
            self._surely(lambda: not actor.is_live)

    def release(self, seconds: float) -> None:
        """Lets all threads go that wait for orders; gives the others so many seconds to come to that."""

        def all_are_gone() -> bool:
            for actor in self._actors:
                if actor.state == WAITING:
                    actor.tell_end(RETURNS_NOTHING)
            return not any(actor.is_live for actor in self._actors)

        if not self._until(all_are_gone, seconds):
            self._surely(lambda: not any(actor.is_live and actor.is_told_to_end for actor in self._actors))

    def _surely(self, condition: Callable[[], bool]) -> bool:
        """Waits for something that has to happen. Returns false if it does not."""
        return self._until(condition, self._patience)

    def _pass(self, seconds: float) -> None:
        """Lets time pass."""
        self._until(lambda: False, seconds)

    def _until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Waits until a condition holds, for so many seconds at most. Returns whether it does."""
        deadline = monotonic() + seconds
        while not condition():
            left = deadline - monotonic()
            if left <= 0:
                return False
            self._pulse.take(left)
        return True
