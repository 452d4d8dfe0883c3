"""What a person is asked for at run time: the choices offered, and the answer that stands ready."""

from __future__ import annotations

import ast

from scanner.discovery import python_folding as folding
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import Evaluation, fold, prefer_known, unite
from scanner.discovery.views import Text, Value
from scanner.discovery.widgets import CHOICES, COMPONENTS, PROMPTS, TYPED


def answers(run: Evaluation, node: ast.Call, name: str, frame: Frame) -> Value | None:
    """Texts a question may be answered with, None where the call asks nothing or nothing is known."""
    package, last = name.partition(".")[0], name.rpartition(".")[2]
    asked: list[ast.expr | None] = []
    offered: ast.expr | None = None
    if package == "streamlit" and last in CHOICES:
        offered = _argument(node, 1, "options")
    elif package == "streamlit" and last in TYPED:
        asked.append(_argument(node, 1, "value"))
    elif name in PROMPTS:
        asked.append(_argument(node, 1 if last == "prompt" else None, "default"))
        offered = _argument(node, None, "choices")
    elif name in COMPONENTS:
        has_choices = last != "Textbox"
        asked.append(_argument(node, 1 if has_choices else 0, "value"))
        offered = _argument(node, 0, "choices") if has_choices else None
    else:
        return None
    values = [run.evaluate(each, frame) for each in asked if each is not None]
    if offered is not None:
        values.extend(folding.elements(run, offered, frame))
    known = tuple(each for each in prefer_known(unite(values)) if isinstance(each, Text) and each.value)
    return fold(known) or None


def _argument(node: ast.Call, at: int | None, keyword: str) -> ast.expr | None:
    given = next((each.value for each in node.keywords if each.arg == keyword), None)
    if given is None and at is not None and at < len(node.args):
        return node.args[at]
    return given
