"""Functions that are given some arguments before they are called: `functools.partial(load, "x")`."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.python_values import Reference
from scanner.discovery.views import Call
from scanner.records.quick import replace

PARTIAL = "functools.partial"


def is_partial(target: object) -> bool:
    """Whether what is called is a function with some of its arguments given already."""
    return isinstance(target, Call) and target.name == PARTIAL and bool(target.positional)


def begun(made: Call) -> Iterator[Call]:
    """The calls that `partial(f, …)` begins; more arguments may follow."""
    for member in made.positional[0]:
        if isinstance(member, Reference):
            yield replace(
                made,
                name=member.name,
                positional=made.positional[1:],
                receiver=member.receiver,
                is_begun=True,
            )


def finished(target: Call, made: Call) -> Iterator[Call]:
    """The calls that are made where what `partial` gave is called: with the arguments of both."""
    given = {name for name, _ in made.keywords}
    for call in begun(target):
        yield replace(
            made,
            name=call.name,
            positional=(*call.positional, *made.positional),
            keywords=(*(each for each in call.keywords if each[0] not in given), *made.keywords),
            receiver=call.receiver,
        )


def calls_of_partial(target: object, made: Call) -> tuple[Call, ...]:
    """The calls behind a call that makes a partial function, or that is one of it; empty for all others."""
    if isinstance(target, Call) and is_partial(target):
        return tuple(finished(target, made))
    return tuple(begun(made)) if is_partial(made) else ()
