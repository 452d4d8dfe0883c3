"""Rows of tables that calls take several values from: what stands in one row belongs together.

`s = PROVIDERS[name]` and `OpenAI(base_url=s["url"])` with `model=s["model"]`: each model has the address
beside it, not those of all others. So each call that uses such a row is looked at once for each row; what one
call of a function gives its parameters is such a row as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery import python_folding as folding
from scanner.discovery.python_calling import given_by
from scanner.discovery.python_calls import describe
from scanner.discovery.python_frames import Binding, Frame
from scanner.discovery.python_module import parameters_of
from scanner.discovery.python_values import Calling, Evaluation
from scanner.discovery.views import Bundle, Call, Text, Value

MAX_ROWS = 40
"""Rows of a table that are told apart; the values of a longer one are alternatives of each other."""
_TAKES = frozenset({"get", "pop"})


class Rows:
    """The tables of one file whose rows are taken one at a time, by the binding that takes them."""

    def __init__(self, run: Evaluation) -> None:
        self._run = run
        self._of_frame: dict[int, dict[str, Binding]] = {}
        self._callings: dict[int, tuple[Calling, ...]] = {}
        self._given: dict[int, tuple[Calling, ...]] = {}

    def describe(self, node: ast.Call, frame: Frame) -> Iterator[Call]:
        """Every library call a call may be, for each row it takes its values from."""
        rows = self._rows_used(node, frame) or self._rows_given(node, frame)
        if not rows:
            yield from describe(self._run, node, frame)
        for row in rows:
            with self._run.inside(row):
                yield from describe(self._run, node, frame)

    def _rows_used(self, node: ast.Call, frame: Frame) -> tuple[Calling, ...]:
        """The rows of the one table a call takes values from; none where it uses several."""
        taken = self._taken_in(frame)
        if not taken:
            return ()
        used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        meant = {id(each.node): each for name, each in taken.items() if name in used}
        rows = [at for at, each in meant.items() if self._is_row(each)]
        return self._callings[rows[0]] if len(rows) == 1 else ()

    def _rows_given(self, node: ast.Call, frame: Frame) -> tuple[Calling, ...]:
        """What each call of the function around gives it, where two of its parameters are used together."""
        function = frame.node
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or frame.parent is None:
            return ()
        callers = self._run.module.callers.get(function.name, ()) if frame.parent.kind == "module" else ()
        if not 1 < len(callers) <= MAX_ROWS:
            return ()
        used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        defaults = {name: default for name, _, default in parameters_of(function) if name in used}
        if len(defaults) < 2 or any(call is node for call, _ in callers):
            return ()
        if id(function) not in self._given:
            self._given[id(function)] = self._of_callers(function, frame)
        return self._given[id(function)]

    def _of_callers(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame
    ) -> tuple[Calling, ...]:
        run = self._run
        rows = [
            given_by(run, call, where, run, frame)
            for call, where in run.module.callers.get(function.name, ())
        ]
        known = [row for row in rows if row is not None]
        if len(known) < len(rows):
            return ()
        if all(default is not None for _, _, default in parameters_of(function)):
            alone = ast.copy_location(ast.Call(ast.Name(function.name), [], []), function)
            known.append(given_by(run, alone, frame, run, frame) or {})
        elif not all(self._is_taken(default, known) for _, _, default in parameters_of(function)):
            return ()  # a default that no call here takes may be what others take
        return tuple(Calling(run.module.frame, row) for row in known)

    def _is_taken(self, default: ast.expr | None, rows: list[dict[int, Value]]) -> bool:
        """Whether a default that is a text is what some call takes."""
        if not isinstance(default, ast.Constant) or not isinstance(default.value, str):
            return True
        place = self._run.placer.place(default)
        return any(
            isinstance(member, Text) and member.location == place
            for row in rows
            for value in row.values()
            for member in value
        )

    def _taken_in(self, frame: Frame) -> dict[str, Binding]:
        """Names a body may bind to rows; whether it does is worked out for those a call uses."""
        if id(frame) not in self._of_frame:
            self._of_frame[id(frame)] = {
                name: bindings[0]
                for name, bindings in frame.bindings.items()
                if len(bindings) == 1 and isinstance(bindings[0].node, ast.expr) and _may_take(bindings[0])
            }
        return self._of_frame[id(frame)]

    def _is_row(self, binding: Binding) -> bool:
        node = binding.node
        if id(node) not in self._callings:
            rows = self._read(node, binding) if isinstance(node, ast.expr) else []
            module = self._run.module.frame
            self._callings[id(node)] = tuple(Calling(module, {id(node): row}) for row in rows)
        return bool(self._callings[id(node)])

    def _read(self, node: ast.expr, binding: Binding) -> list[Value]:
        """The rows an expression gives, where it gives several and nothing else that is known."""
        if binding.how == "element":
            rows = list(folding.elements(self._run, node, binding.frame))
        else:
            value = self._run.evaluate(node, binding.frame)
            rows = [(member,) for member in value if isinstance(member, Bundle | Call | Text)]
        is_table = 1 < len(rows) <= MAX_ROWS and all(map(_is_told, rows))
        return rows if is_table else []


def _may_take(binding: Binding) -> bool:
    """Whether a binding takes a row: by a key that is chosen, or one after the other."""
    node = binding.node
    if binding.how == "element":
        return isinstance(node, ast.Name | ast.Call | ast.List | ast.Tuple | ast.Attribute)
    if binding.how != "value":
        return False
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in _TAKES
    return isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant | ast.Slice)


def _is_told(row: Value) -> bool:
    """Whether a row holds several values: a dictionary, a tuple, an object the project makes."""
    return any(
        len(member.entries) > 1
        if isinstance(member, Bundle)
        else isinstance(member, Call) and "." not in member.name and len(member.keywords) > 1
        for member in row
    )
