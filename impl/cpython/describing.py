"""The request `describe`: what is judged here, and what it does not have."""

from __future__ import annotations

import sys
import threading
from typing import List

from checks import VERSION
from deviations import deviations
from families import CONSTRUCTORS, create, python_name
from threads import dummy

ARGUMENTS: dict = {"barrier": {"parties": 1}}
"""What the constructors of these families need."""

MEMBERS_OF_QUEUES = (
    "putNowait getNowait qsize empty full taskDone join shutdown shutdown.immediate maxsize put.block get.block"
)

MEMBERS: dict = {
    "lock": "locked",
    "rlock": "locked",
    "sem": "release.n",
    "bsem": "release.n",
    "event": "isSet clear",
    "cond": "locked waitFor notify.n notifyAll",
    "barrier": "abort reset parties nWaiting broken",
    "queue": MEMBERS_OF_QUEUES,
    "lifo": MEMBERS_OF_QUEUES,
    "prio": MEMBERS_OF_QUEUES,
    "simpleq": "putNowait getNowait qsize empty",
}
"""What Lockproof lets an implementation lack, of each family: methods, attributes, and their arguments."""


FAMILIES_OF_THREADS = ["mod", "lowthread", "local", "thread", "timer"]

LATER_MEMBERS: dict = {
    "gettrace": ["mod.gettrace"],
    "getprofile": ["mod.getprofile"],
    "settrace_all_threads": ["mod.settraceAllThreads"],
    "setprofile_all_threads": ["mod.setprofileAllThreads"],
    "__excepthook__": ["mod.originalExcepthook", "mod.hasOriginalExcepthook", "mod.setOriginalExcepthook"],
}
"""What `threading` has not always had, and what Lockproof cannot ask without it."""


def missing() -> List[str]:
    """The methods and arguments that this version does not have."""
    lacking = []
    for family in CONSTRUCTORS:
        try:
            example = create(family, ARGUMENTS.get(family, {}))
        except Exception:
            # What cannot be made now lacks nothing: that is found when it is judged.
            continue
        for member in MEMBERS[family].split():
            method, _, argument = member.partition(".")
            if not hasattr(example, python_name(method)) or (argument and lacks(example, method, argument)):
                lacking.append(f"{family}.{member}")
    for member, names in LATER_MEMBERS.items():
        if not hasattr(threading, member):
            lacking.extend(names)
    if sys.version_info < (3, 10):
        lacking.append("lowthread.interruptMain.signum")
    return lacking


def lacks(example: object, method: str, argument: str) -> bool:
    """Whether a method written in Python does not take the argument."""
    code = getattr(getattr(example, python_name(method)), "__code__", None)
    return code is not None and argument not in code.co_varnames[: code.co_argcount]


def describe() -> dict:
    """The description of this implementation."""
    # Takes long to load, and most processes are never asked.
    import platform

    return {
        "lockproof": VERSION,
        "name": platform.python_implementation(),
        "version": sys.version.split()[0],
        "families": [*CONSTRUCTORS, *FAMILIES_OF_THREADS, *(["dummy"] if dummy.is_there() else [])],
        "missing": missing(),
        "forms": ["body"],
        "deviations": deviations(),
    }
