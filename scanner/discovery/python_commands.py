"""Texts of a Python file that are run as command lines, or handed to something that runs them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.positions import within
from scanner.discovery.python_displays import piece
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import RUN_TIME, Evaluation, combine
from scanner.discovery.views import Text, Value
from scanner.discovery.vocabulary import words
from scanner.patterns import regex

RUNNERS = words(
    "run Popen call check_call check_output getoutput getstatusoutput system popen create_subprocess_exec"
    " create_subprocess_shell execvp execv execvpe spawn sh run_command run_commands run_shell"
    " run_shell_command exec_command system_raw"
)
"""Last names of what runs its first argument: subprocess, os, asyncio, invoke, fabric, IPython, paramiko."""
_EVERY = words("run_commands dockerfile_commands")
"""What runs each of its arguments (Modal's images)."""
_KEYWORDS = words("bash_command command commands cmd shell_command setup run startup_script user_data")
"""Keywords whose text is run elsewhere: Airflow's operators, containers, SkyPilot's tasks."""
MAX_WORDS = 200
"""Arguments and members of a list that are looked at for one call."""


def texts_run(run: Evaluation) -> frozenset[int]:
    """The texts of a file that are run as a line of a shell, and the lists that are run, by `id`."""
    found: set[int] = set()
    for name in RUNNERS | _EVERY:
        for call, frame in run.module.callers.get(name, ()):
            found.update(id(each) for each in _given(run, call, frame, is_every=name in _EVERY))
    for call, frame in run.module.calls:
        for keyword in call.keywords:
            if keyword.arg in _KEYWORDS:
                found.update(id(each) for each in _lines(run, keyword.value, frame))
    return frozenset(found)


def words_given(run: Evaluation) -> Iterator[tuple[ast.Call, Frame, list[ast.expr]]]:
    """Calls that are given the words of a command one by one: `session.run("ollama", "pull", "x")`."""
    for name in ("create_subprocess_exec", "run"):
        for call, frame in run.module.callers.get(name, ()):
            is_text = all(isinstance(each, ast.Constant | ast.JoinedStr | ast.Name) for each in call.args)
            if len(call.args) > 1 and (is_text or name != "run") and _is_text(call.args[0]):
                yield call, frame, call.args


def _given(run: Evaluation, call: ast.Call, frame: Frame, *, is_every: bool) -> Iterator[ast.expr]:
    lines = call.args if is_every else call.args[:1]
    for each in within(lines, MAX_WORDS, "commands of one call", run.source):
        yield from _lines(run, each, frame, is_every=is_every)


def _lines(run: Evaluation, node: ast.expr, frame: Frame, *, is_every: bool = True) -> Iterator[ast.expr]:
    """The texts an argument is: written out, split into words, kept under a name, several in a list."""
    match node:
        case ast.Call(func=ast.Attribute(attr="split", value=ast.Name(id="shlex")), args=[inner, *_]):
            node = inner
        case ast.Call(func=ast.Attribute(attr="split", value=inner)):
            node = inner
    if isinstance(node, ast.Name):
        for binding in run.find(node.id, frame, node):
            if binding.how == "value" and not binding.path and _is_text(binding.node):
                yield binding.node  # type: ignore[misc]  # a text is an expression
    elif isinstance(node, ast.List | ast.Tuple) and is_every:
        for member in within(node.elts, MAX_WORDS, "commands of one call", run.source):
            if isinstance(member, ast.JoinedStr) or (_is_text(member) and " " in ast.unparse(member)):
                yield member
    else:
        yield node


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def words_of(run: Evaluation, node: ast.JoinedStr, frame: Frame) -> list[Value] | None:
    """The words of a plain command line with values filled in; None where only a shell can tell them."""
    parts: list[list[ast.expr | str]] = [[]]
    for part in node.values:
        if not isinstance(part, ast.Constant):
            parts[-1].append(part)
            continue
        text = str(part.value)
        if _OF_SHELL.search(text) is not None:
            return None
        for at, written in enumerate(text.split(" ")):
            if at:
                parts.append([])
            if written:
                parts[-1].append(written)
    return [_filled(run, word, node, frame) for word in parts if word]


def _filled(run: Evaluation, word: list[ast.expr | str], node: ast.JoinedStr, frame: Frame) -> Value:
    place = run.placer.place(node)
    values: list[Value] = [
        (Text(part, place),) if isinstance(part, str) else piece(run, part, frame) for part in word
    ]
    return values[0] if len(values) == 1 else combine(values, run.opaque(node, RUN_TIME))


_OF_SHELL = regex(r"[;&|<>$`\"'\\()\n*]")
"""Signs that mean something to a shell."""
