"""Branches of a Python file that exclude each other because they ask the same thing of the same name.

`if provider == "openai": model = "gpt-4o"` gives nothing to what stands under `elif provider == "azure":`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.config_keys import snake
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import Evaluation, Guard, Reference
from scanner.discovery.views import Call, Opaque, Text, Value
from scanner.records.quick import replace

MAX_GUARDS = 400
"""Branches of one file that are compared; a file with more is left as it is."""


def read_guards(run: Evaluation) -> tuple[Guard, ...]:
    """Every branch of a file that is taken for certain values of a name, in raw lines."""
    found: list[Guard] = []
    for node in run.module.branches:
        for test, body in _branches(node):
            if asked := _asked(*test):
                first, last = run.placer.place(body[0]).line, run.placer.place(body[-1]).end_line
                found.append(Guard(first, last, *asked, test[0]))
                if len(found) > MAX_GUARDS:
                    return ()
    return tuple(found)


def keep_possible(call: Call, guards: tuple[Guard, ...], file: str) -> Call:
    """A call without those texts that were bound in branches which exclude the one it stands in.

    The same goes for the branch in which the object it is called on was made.
    """
    lines = {call.location.line}
    made = call.receiver if guards else None
    while made is not None:
        lines.update([made.location.line] if made.location.file == file else [])
        made = made.receiver
    here = [guard for guard in guards if any(guard.first <= line <= guard.last for line in lines)]
    if not here:
        return call
    positional = tuple(_possible(value, here, guards, file) for value in call.positional)
    keywords = tuple((name, _possible(value, here, guards, file)) for name, value in call.keywords)
    return replace(call, positional=positional, keywords=keywords)


def is_shut_out(run: Evaluation, node: ast.AST, frame: Frame) -> bool:
    """Whether a place stands in a branch that the call of its function, which is followed, does not take."""
    if not run.calls or not run.guards:
        return False
    line = run.placer.place(node).line
    return any(
        guard.first <= line <= guard.last and not _may_be(run.evaluate(guard.subject, frame), guard.values)
        for guard in run.guards
    )


def _may_be(value: Value, wanted: frozenset[str]) -> bool:
    """Whether a value may be one of those wanted; what is open, or only a default, may be anything."""
    for member in value:
        if isinstance(member, Text) and member.note is None:
            if member.value.lower() in wanted:
                return True
        elif isinstance(member, Reference) and "." in member.name:
            if ".".join(member.name.split(".")[-2:]) in wanted:
                return True
        else:
            return True
    return not value


def _possible(value: Value, here: list[Guard], guards: tuple[Guard, ...], file: str) -> Value:
    kept = tuple(
        member
        for member in value
        if not (
            isinstance(member, Text)
            and member.location.file == file
            and any(
                there.first <= member.location.line <= there.last
                and any(each.excludes(there) for each in here)
                for there in guards
            )
        )
    )
    if kept or not value:
        return kept
    first = value[0]
    return (Opaque(getattr(first, "value", "…"), "chosen at run time", first.location),)


_Test = tuple[ast.expr, tuple[ast.expr, ...]]


def _branches(node: ast.If | ast.Match) -> Iterator[tuple[_Test, list[ast.stmt]]]:
    """Go through (what is asked and for which values, statements) of an `if` or a `match`."""
    match node:
        case ast.If(test=test, body=body):
            asked = _compared(test)
            if asked is not None:
                yield asked, body
        case ast.Match(subject=subject, cases=cases):
            for case in cases:
                values = tuple(_patterns(case.pattern))
                if values:
                    yield (subject, values), case.body


def _patterns(pattern: ast.pattern) -> Iterator[ast.expr]:
    match pattern:
        case ast.MatchValue(value=value):
            yield value
        case ast.MatchOr(patterns=patterns):
            for each in patterns:
                yield from _patterns(each)


def _compared(test: ast.expr) -> _Test | None:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[value]):
            return left, (value,)
        case ast.Compare(
            left=left,
            ops=[ast.In()],
            comparators=[ast.List(elts=values) | ast.Tuple(elts=values) | ast.Set(elts=values)],
        ):
            return left, tuple(values)
        case ast.BoolOp(op=ast.Or(), values=tests):
            parts = [_compared(each) for each in tests]
            asked = {ast.dump(part[0]) for part in parts if part is not None}
            if all(part is not None for part in parts) and len(asked) == 1 and parts[0] is not None:
                return parts[0][0], tuple(value for part in parts if part for value in part[1])
        case ast.BoolOp(op=ast.And(), values=tests):
            return next((found for each in tests if (found := _compared(each))), None)
    return None


def _asked(subject: ast.expr, values: tuple[ast.expr, ...]) -> tuple[frozenset[str], frozenset[str]] | None:
    """Words of what is asked, and the values as written; None where either cannot be compared."""
    while isinstance(subject, ast.Call) and isinstance(subject.func, ast.Attribute):
        subject = subject.func.value  # provider.lower()
    match subject:
        case (
            ast.Name(id=name)
            | ast.Attribute(attr=name)
            | ast.Subscript(slice=ast.Constant(value=str() as name))
        ):
            pass
        case _:
            return None
    written: set[str] = set()
    for value in values:
        match value:
            case ast.Constant(value=str() as text) if text:
                written.add(text.lower())
            case ast.Attribute(value=ast.Name(id=owner), attr=member):
                written.add(f"{owner}.{member}")
            case _:
                return None
    words = frozenset(word for word in snake(name).split("_") if word)
    return (words, frozenset(written)) if words else None
