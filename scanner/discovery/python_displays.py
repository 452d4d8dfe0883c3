"""Lists, dictionaries and f-strings as a Python file writes them out."""

from __future__ import annotations

import ast

from scanner.discovery import python_folding as folding
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import RUN_TIME, Evaluation, entries_of, texts_of
from scanner.discovery.views import Bundle, Text, Value


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
