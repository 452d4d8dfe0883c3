"""Options of command lines in Python: argparse's by their destination, the flags of absl."""

from __future__ import annotations

import ast

from scanner.discovery.python_values import COMMAND_LINE, Evaluation, fold, prefer_known, unite
from scanner.discovery.views import Call, Constant, Value

FLAGS = (".flags.FLAGS", "gflags.FLAGS")
"""What holds the flags of absl and its kin."""


def option_default(run: Evaluation, name: str, node: ast.AST | None) -> Value:
    """Default of a command-line option, by its destination."""
    found = [
        fold(run.evaluate(default, frame)) for default, frame in run.module.options.get(name, ()) if default
    ]
    known = tuple(m for m in unite(found) if not (isinstance(m, Constant) and m.value is None))
    if known:
        return known
    return (run.opaque(node, COMMAND_LINE),) if node is not None else ()


def defined_flag(made: Call, name: str) -> Value:
    """What the holder of a flag has: `MODEL = flags.DEFINE_string("model", "x", …)` and `MODEL.value`."""
    if name != "value" or not made.name.rpartition(".")[2].startswith("DEFINE_"):
        return ()
    given = made.argument("default") or (made.positional[1] if len(made.positional) > 1 else ())
    return fold(prefer_known(given))
