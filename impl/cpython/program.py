"""Programs, read once and executed often."""

from __future__ import annotations

from typing import Any, Callable, List, Sequence, Type, Union

from arguments import Arguments
from execution import Execution
from families import bound, create, is_void
from meaning import creation_order
from outcomes import Raised
from stage import Stage
from statements import STATEMENTS
from wire import UNDEFINED


class Call:
    """A call of a thread, with-statements apart."""

    def __init__(self, position: int, word: dict, family: str) -> None:
        """`position`: in the thread's list."""
        self.position = position
        self.is_void = is_void(family, word["method"])
        self._family = family
        self._object = word["object"]
        self._method = word["method"]
        self._arguments = Arguments(word["args"])

    def ready(self, execution: Execution, _: Stage) -> Callable[[], Any]:
        """The call, ready to be made in this execution."""
        target = execution.object_at(self._object)
        return bound(self._family, target, self._method, self._arguments.given(execution))


class Statement:
    """A with-statement: its beginning, the calls of its body, its end."""

    is_void = False

    def __init__(self, position: int, word: dict, body: Sequence[Union[Call, Statement]], leave: int, by: str) -> None:
        """`leave`: the position of the call that leaves the body; `by`: how."""
        self.position = position
        self._object = word["object"]
        self._body = body
        self._leave = leave
        self._by = by

    def ready(self, execution: Execution, stage: Stage) -> Callable[[], Any]:
        """The statement, ready to be run in this execution."""
        body = ready(self._body, execution, stage)

        def run_body(value: Any) -> None:
            stage.entered(value)
            perform(body, stage)
            stage.call(self._leave)

        return lambda: STATEMENTS[self._by](execution.object_at(self._object), run_body)


Node = Union[Call, Statement]


def nodes_of(calls: Sequence[dict], families: Sequence[str], kind: Type[Call] = Call) -> List[Node]:
    """
    The calls of a thread, those in bodies of with-statements within these. `families`: of the objects; `kind`: of the
    calls that are no with-statements.
    """
    closing: dict = {}
    opened: List[int] = []
    for position, word in enumerate(calls):
        if word["method"] == "with":
            opened.append(position)
        if word["method"] == "leave" and opened:
            closing[opened.pop()] = position

    def between(start: int, stop: int) -> List[Node]:
        nodes: List[Node] = []
        position = start
        while position < stop:
            word = calls[position]
            if word["method"] == "with":
                leave = closing[position]
                by = calls[leave]["args"]["by"]
                nodes.append(Statement(position, word, between(position + 1, leave), leave, by))
                position = leave
            else:
                nodes.append(kind(position, word, families[word["object"]]))
            position += 1
        return nodes

    return between(0, len(calls))


def ready(nodes: Sequence[Node], execution: Execution, stage: Stage) -> list:
    """The calls, ready to be made: for each its position, whether it gives nothing back, and what makes it."""
    return [(node.position, node.is_void, node.ready(execution, stage)) for node in nodes]


def perform(calls: list, stage: Stage) -> None:
    """Makes calls that are ready, one after the other, in the thread that runs."""
    for position, gives_nothing, make in calls:
        stage.call(position)
        try:
            value = make()
        except stage.ended:
            raise
        except BaseException as error:
            stage.end(Raised(error))
        else:
            stage.end(UNDEFINED if value is None and gives_nothing else value)


class Program:
    """What is to be executed."""

    def __init__(self, words: dict) -> None:
        self.objects = words["objects"]
        self.calls = words["threads"]
        families = [one["family"] for one in self.objects]
        self.threads = [nodes_of(calls, families) for calls in self.calls]
        self._arguments = [Arguments(one["args"]) for one in self.objects]
        self._order = creation_order(self.objects)

    def create(self, execution: Execution) -> bool:
        """Makes the objects, those first that others refer to. Returns false if one could not be made."""
        for position in self._order:
            try:
                made = create(self.objects[position]["family"], self._arguments[position].given(execution))
            except Exception as error:
                execution.tell("created", position, Raised(error))
                return False
            execution.made(position, made)
            execution.tell("created", position, UNDEFINED)
        return True
