"""What frameworks of tests hand to test functions: parameters of cases, and what fixtures give.

`@pytest.mark.parametrize("name", ["a", "b"])`, `@pytest.fixture(params=[…])`, `@parameterized.expand([…])`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery.positions import within
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_module import parameters_of
from scanner.discovery.python_values import Evaluation, entries_of, fold, unite
from scanner.discovery.views import Bundle, Call, Text, Value

MAX_CASES = 200
"""Cases of one test whose values are looked at."""


def given_by_cases(
    run: Evaluation, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str, frame: Frame
) -> Iterator[Value]:
    """What the cases of a test, or a fixture of its file, give one parameter."""
    around = frame.parent or frame
    decorators = list(function.decorator_list)
    if isinstance(around.node, ast.ClassDef):
        decorators += around.node.decorator_list
    for each in decorators:
        if isinstance(each, ast.Call) and each.args:
            last = _last_word(each.func)
            if last == "parametrize" and len(each.args) > 1:
                yield from _parametrized(run, each, name, around)
            elif last in ("expand", "parameterized"):
                yield from _expanded(run, each, function, name, frame)
    if function.name.startswith("test") or _fixture(function) is not None:
        yield from _given_by_fixture(run, name)


def given_by_request(run: Evaluation, node: ast.Attribute, frame: Frame) -> Value:
    """`request.param` in a fixture: each of its `params`."""
    match node:
        case ast.Attribute(value=ast.Name(id="request"), attr="param"):
            made = _fixture(frame.node)
        case _:
            return ()
    params = next((each.value for each in made.keywords if each.arg == "params"), None) if made else None
    if params is None:
        return ()
    return fold(unite(_cases(run, params, frame.parent or frame)))


def _parametrized(run: Evaluation, call: ast.Call, name: str, frame: Frame) -> Iterator[Value]:
    names: list[str] = []
    for member in run.evaluate(call.args[0], frame):
        if isinstance(member, Text):
            names = [each.strip() for each in member.value.split(",")]
        elif isinstance(member, Bundle):
            names = [each.value for _, held in member.entries for each in held if isinstance(each, Text)]
    if name not in names:
        return
    for case in _cases(run, call.args[1], frame):
        yield _member(case, names.index(name)) if len(names) > 1 else case


def _expanded(
    run: Evaluation,
    call: ast.Call,
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    name: str,
    frame: Frame,
) -> Iterator[Value]:
    """`parameterized` gives the members of a case one after the other; a case may be one value alone."""
    names = [each for each, _, _ in parameters_of(function) if each != frame.self_name]
    if name not in names:
        return
    at = names.index(name)
    for case in _cases(run, call.args[0], frame.parent or frame):
        if any(isinstance(member, Bundle) for member in case):
            yield _member(case, at)
        elif at == 0:
            yield case


def _cases(run: Evaluation, listed: ast.expr, frame: Frame) -> Iterator[Value]:
    """The values of each case; what `pytest.param(…)` or `param(…)` holds is the case itself."""
    every = [held for _, held in entries_of(run.evaluate(listed, frame))]
    for held in within(every, MAX_CASES, "cases of one test", run.source):
        found: list[Value] = []
        for member in held:
            if isinstance(member, Call) and member.name.rpartition(".")[2] == "param":
                given = tuple((None, value) for value in member.positional)
                found.append(given[0][1] if len(given) == 1 else (Bundle(given, member.location),))
            else:
                found.append((member,))
        yield unite(found)


def _member(case: Value, at: int) -> Value:
    return unite(
        member.entries[at][1] for member in case if isinstance(member, Bundle) and at < len(member.entries)
    )


def _given_by_fixture(run: Evaluation, name: str) -> Iterator[Value]:
    """What the fixture of this name returns or yields, where the file has one."""
    for binding in run.module.frame.bindings.get(name, ())[:1]:
        body = run.module.frames.get(id(binding.node))
        if body is not None and _fixture(body.node) is not None:
            every = [*body.returns, *body.yields]
            for given in within(every, MAX_CASES, "cases of one test", run.source):
                yield run.evaluate(given, body)


def _fixture(function: ast.AST) -> ast.Call | None:
    """The decorator that makes a function a fixture; without arguments as a call without any."""
    for each in getattr(function, "decorator_list", ()):
        if _last_word(each.func if isinstance(each, ast.Call) else each) == "fixture":
            return each if isinstance(each, ast.Call) else ast.Call(each, [], [])
    return None


def _last_word(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
