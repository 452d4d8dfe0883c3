"""Python files: a commit written into the call, a name put in another's place; never executed."""

from __future__ import annotations

import ast
import warnings

from scanner.cli._fix_text import Edit, line_starts
from scanner.records.quick import dataclass

MAX_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Call:
    """A call that names a model, and how it takes a revision."""

    name: str
    """Dotted, as the library calls it: `transformers.AutoModel.from_pretrained`."""
    keyword: str
    position: int | None
    """Index of the revision among the positional arguments, None where it has no place there."""
    others: tuple[tuple[int, int], ...] = ()
    """Lines and columns of the other models named in the file: a revision would be taken for them too."""


class Module:
    """One Python file, parsed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = line_starts(text)
        self._tree = parse(text)

    @property
    def is_read(self) -> bool:
        """Whether it parses."""
        return self._tree is not None

    def pin(self, line: int, column: int, commit: str, call: Call, reason: str) -> list[Edit] | str:
        """Edits that write the commit into the call that names the model here, or why there are none.

        A name that is assigned once in this file is followed to the calls of the same library in it.
        """
        literal = self._literal(line, column)
        if self._tree is None or literal is None:
            return "the name does not stand there as a plain text"
        called = call.name.rpartition(".")[2]
        calls = [each for each in self._calls(called) if literal in _arguments(each)]
        if not calls and (variable := self._variable(literal)):
            package = call.name.partition(".")[0]
            calls = [each for each in self._calls(called) if _takes(each, variable)]
            if not all(self._is_of(each, package) for each in calls):
                return f"not every call of {called} that takes it is one of {package}"
        if not calls:
            return f"no call of {called} in this file takes the name as it stands there"
        edits = []
        for each in calls:
            edit = self._pin_call(each, call, commit, reason)
            if isinstance(edit, str):
                return edit
            edits.append(edit)
        return edits

    def swap(self, line: int, column: int, name: str, other: str, reason: str) -> Edit | str:
        """The edit that writes another name where this one stands."""
        literal = self._literal(line, column)
        if literal is None or literal.value != name:
            return "the name does not stand there as a plain text"
        start, end = self._span(literal)
        written = self.text[start:end]
        if written.count(name) != 1 or "\n" in written:
            return "the text is written in several pieces"
        at = start + written.index(name)
        return Edit(at, at + len(name), other, reason)

    def _pin_call(self, call: ast.Call, takes: Call, commit: str, reason: str) -> Edit | str:
        keyword = takes.keyword
        if takes.position is not None and len(call.args) > takes.position:
            return f"{keyword} may be among the arguments without a name"
        start, end = self._span(call)
        for line, column in takes.others:
            if line <= len(self._starts) and start <= self._starts[line - 1] + column - 1 < end:
                return "the call names several models, and would take the revision for each"
        if any(isinstance(each, ast.Starred) for each in call.args):
            return "the call takes further arguments from a list, which may hold a revision"
        for given in call.keywords:
            if given.arg is None:
                return "the call takes further arguments from a mapping, which may hold a revision"
            if given.arg == keyword:
                if isinstance(given.value, ast.Constant) and isinstance(given.value.value, str | None):
                    return Edit(*self._span(given.value), f'"{commit}"', reason)
                return f"{keyword} is given by an expression"
        arguments: list[ast.expr] = [*call.args, *(given.value for given in call.keywords)]
        last = max((self._span(each)[1] for each in arguments), default=None)
        if last is None:
            return "the call has no arguments"
        # Brackets around the last argument belong to it: the comma goes behind them.
        between = self.text[last : end - 1]
        closing = len(between) - len(between.lstrip(" \t)")) if between.lstrip(" \t").startswith(")") else 0
        at = last + closing if closing else last
        return Edit(at, at, f', {keyword}="{commit}"', reason)

    def _literal(self, line: int, column: int) -> ast.Constant | None:
        """The text that stands at this place."""
        if self._tree is None or not 1 <= line <= len(self._starts):
            return None
        at = self._starts[line - 1] + column - 1
        joined = [node for node in ast.walk(self._tree) if isinstance(node, ast.JoinedStr)]
        parts = {id(part) for each in joined for part in each.values}
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                start, end = self._span(node)
                if start <= at < end:
                    return node
        return None

    def _variable(self, literal: ast.Constant) -> str | None:
        """The name of the module the text is assigned to, where nothing else is ever bound to that name."""
        for node in self._tree.body if self._tree else ():
            if isinstance(node, ast.Assign) and node.value is literal and len(node.targets) == 1:
                target = node.targets[0]
                if isinstance(target, ast.Name) and self._bindings(target.id) == 1:
                    return target.id
        return None

    def _bindings(self, name: str) -> int:
        count = 0
        for node in ast.walk(self._tree) if self._tree else ():
            if isinstance(node, ast.Name) and node.id == name:
                count += not isinstance(node.ctx, ast.Load)
            elif isinstance(node, ast.arg):
                count += node.arg == name
            elif isinstance(node, ast.alias):
                count += (node.asname or node.name) in (name, "*")
            elif isinstance(node, ast.Global | ast.Nonlocal):
                count += name in node.names
        return count

    def _calls(self, called: str) -> list[ast.Call]:
        """Calls of this last name, however it is reached; renamed on import it is not followed."""
        found = []
        for node in ast.walk(self._tree) if self._tree else ():
            if isinstance(node, ast.Call):
                function = node.func
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                if name == called:
                    found.append(node)
        return found

    def _is_of(self, call: ast.Call, package: str) -> bool:
        """Whether the function's first name was imported from a package."""
        function: ast.expr = call.func
        while isinstance(function, ast.Attribute):
            function = function.value
        name = function.id if isinstance(function, ast.Name) else ""
        for node in ast.walk(self._tree) if self._tree else ():
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
                if any((alias.asname or alias.name) == name for alias in node.names):
                    return True
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name.split(".")[0] == package and (alias.asname or package) == name:
                        return True
        return False

    def _span(self, node: ast.expr) -> tuple[int, int]:
        """Offsets of a node in code points; the tree counts columns in bytes."""
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
        return self._offset(node.lineno, node.col_offset), self._offset(end_line, end_column)

    def _offset(self, line: int, column_bytes: int) -> int:
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        return start + len(self.text[start:end].encode("utf-8")[:column_bytes].decode("utf-8", "ignore"))


def parse(text: str) -> ast.Module | None:
    """The tree of a Python file, None where it does not parse."""
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_same_but_for(
    before: str,
    after: str,
    keywords: frozenset[str],
    names: dict[str, str],
    flags: frozenset[str] = frozenset(),
) -> bool:
    """Whether the new text parses and says the same, revisions and exchanged names aside.

    `flags` are the words of command lines that were added: elements of lists, and ends of texts.
    """
    old, new = parse(before), parse(after)
    if old is None or new is None:
        return False
    try:
        return _outline(old, keywords, names, flags) == _outline(new, keywords, names, flags)
    except RecursionError:
        return False


def _outline(tree: ast.Module, keywords: frozenset[str], names: dict[str, str], flags: frozenset[str]) -> str:
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                node.keywords = [each for each in node.keywords if each.arg not in keywords]
            case ast.List() | ast.Tuple() if flags:
                node.elts = [each for each in node.elts if getattr(each, "value", None) not in flags]
            case ast.Constant(value=str() as text):
                kept = text
                for flag in flags:
                    kept = kept.replace(f" {flag}", "")
                node.value = names.get(text, kept)
    return ast.dump(tree)


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(given.value for given in call.keywords)]


def _takes(call: ast.Call, variable: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == variable for each in _arguments(call))
