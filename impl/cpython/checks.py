"""Whether a request is one that the protocol has; plain code, because a harness needs no package."""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

VERSION = 1
"""The version of the protocol that is spoken here."""

Check = Callable[[Any, str], None]
"""Raises `BadRequest` if what stands at this place is not as it has to be."""


class BadRequest(Exception):
    """A request that is not understood."""


def expect(holds: bool, place: str, wanted: str) -> None:
    """Raises `BadRequest` if something does not hold."""
    if not holds:
        raise BadRequest(f"{place}: expected {wanted}")


def is_number(value: Any) -> bool:
    """Whether a value is a number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def integer_from(least: float) -> Check:
    """A whole number, not below this one."""

    def check(value: Any, place: str) -> None:
        is_whole = is_number(value) and float(value).is_integer()
        expect(is_whole and value >= least, place, "a whole number" + (f" from {least}" if least >= 0 else ""))

    return check


def seconds(value: Any, place: str) -> None:
    """A duration."""
    expect(is_number(value) and value >= 0, place, "a number from 0")


def number(value: Any, place: str) -> None:
    """Any number."""
    expect(is_number(value), place, "a number")


def text(value: Any, place: str) -> None:
    """Any text."""
    expect(isinstance(value, str), place, "a text")


def truth(value: Any, place: str) -> None:
    """A truth value."""
    expect(isinstance(value, bool), place, "true or false")


def one_of(*choices: Any) -> Check:
    """One of these values."""

    def check(value: Any, place: str) -> None:
        expect(value in choices, place, " or ".join(map(repr, choices)))

    return check


def matching(pattern: str) -> Check:
    """A text that the regular expression matches as a whole."""

    def check(value: Any, place: str) -> None:
        expect(isinstance(value, str) and re.fullmatch(pattern, value) is not None, place, pattern)

    return check


def list_of(check: Check) -> Check:
    """A list, all of whose parts are as `check` says."""

    def check_all(value: Any, place: str) -> None:
        expect(isinstance(value, list), place, "a list")
        for position, part in enumerate(value):
            check(part, f"{place}[{position}]")

    return check_all


def map_of(check: Check) -> Check:
    """A map, all of whose values are as `check` says."""

    def check_all(value: Any, place: str) -> None:
        expect(isinstance(value, dict), place, "a map")
        for name, part in value.items():
            check(part, f"{place}.{name}")

    return check_all


def fields(required: dict, optional: Optional[dict] = None) -> Check:
    """A map with these fields and no others."""
    possible = optional or {}

    def check(value: Any, place: str) -> None:
        expect(isinstance(value, dict), place, "a map")
        for name in value:
            expect(name in required or name in possible, f"{place}.{name}", "no such field")
        for name, of_field in required.items():
            expect(name in value, f"{place}.{name}", "this field")
            of_field(value[name], f"{place}.{name}")
        for name, of_field in possible.items():
            if name in value:
                of_field(value[name], f"{place}.{name}")

    return check


def by_field(choices: dict) -> Check:
    """A map that is as the check says of the first of these fields which it has."""

    def check(value: Any, place: str) -> None:
        expect(isinstance(value, dict), place, "a map")
        for name, of_it in choices.items():
            if name in value:
                of_it(value, place)
                return
        expect(False, place, "one of the fields " + ", ".join(choices))

    return check
