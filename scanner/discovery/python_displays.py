"""Lists, dictionaries and f-strings as a Python file writes them out, and their entries."""

from __future__ import annotations

import ast

from scanner.discovery import python_calls as calls
from scanner.discovery import python_folding as folding
from scanner.discovery.python_annotations import within_brackets
from scanner.discovery.python_environment import environment
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import (
    COMMAND_LINE,
    NO_TEXT,
    RUN_TIME,
    Evaluation,
    Reference,
    entries_of,
    fold,
    index,
    texts_of,
)
from scanner.discovery.views import Bundle, Call, Opaque, Text, Value


def piece(run: Evaluation, part: ast.expr, frame: Frame) -> Value:
    """One part of an f-string."""
    if not isinstance(part, ast.FormattedValue):
        return run.evaluate(part, frame)
    if part.conversion not in (-1, 115):
        return (run.opaque(part, RUN_TIME),)
    return folding.as_texts(folding.part_of_text(run, part.value, frame))


def sequence(run: Evaluation, node: ast.expr, members: list[ast.expr], frame: Frame) -> Bundle:
    """A list, tuple or set; the members of what stands behind a star are its own."""
    entries: list[tuple[Text | None, Value]] = []
    for member in members:
        value = run.evaluate(member, frame)
        if isinstance(member, ast.Starred):
            entries.extend(entries_of(value))
        else:
            entries.append((None, value))
    return Bundle(tuple(entries), run.placer.place(node))


def mapping(run: Evaluation, node: ast.Dict, frame: Frame) -> Bundle:
    """A dictionary; what stands behind two stars is merged into it."""
    entries: list[tuple[Text | None, Value]] = []
    for key, value in zip(node.keys, node.values, strict=True):
        held = run.evaluate(value, frame)
        if key is None:
            entries.extend(entries_of(held))
            continue
        names = list(texts_of(folding.as_texts(run.evaluate(key, frame))))
        entries.extend((name, held) for name in names)
        if not names:
            entries.append((None, held))
    return Bundle(tuple(entries), run.placer.place(node))


def entry(run: Evaluation, node: ast.Subscript, frame: Frame) -> Value:
    """The entry of a known key, every entry for a key chosen at run time."""
    base = run.evaluate(node.value, frame)
    if any(isinstance(member, Reference) and member.name == "os.environ" for member in base):
        return environment(run, node, run.evaluate(node.slice, frame), ())
    if any(isinstance(member, Reference) and member.name == "sys.argv" for member in base):
        return (run.opaque(node, COMMAND_LINE),)
    if any(isinstance(m, Reference) and m.name.endswith(".__dict__") for m in base):
        return calls.members_of(run, base, run.evaluate(node.slice, frame))
    if isinstance(node.slice, ast.Slice):
        return tuple(member for member in base if isinstance(member, Bundle))
    if meant := within_brackets(run, node, base, frame):
        return meant
    key = () if run.is_chosen_by_callers(node.slice, frame) else run.evaluate(node.slice, frame)
    if found := index(base, folding.as_texts(key)):
        return fold(found)
    made = next((member for member in base if isinstance(member, Call)), None)
    if made is not None:
        place = run.placer.place(node)
        return (Reference(run.placer.text(node), NO_TEXT, place, f"{made.name}[]", None, made),)
    reason = next((m.reason for m in base if isinstance(m, Opaque) and m.reason != NO_TEXT), RUN_TIME)
    return (run.opaque(node, reason),)
