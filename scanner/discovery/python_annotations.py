"""What annotations of Python say of parameters and fields, and what frameworks hand over for them.

A parameter that no text gives anything is at least of its annotated class: settings of the project hold their
defaults, a client of a library is one whose address is given elsewhere. `Depends(get_client)` hands over what
`get_client` gives.
"""

from __future__ import annotations

import ast

from scanner.discovery.positions import within
from scanner.discovery.python_frames import Frame
from scanner.discovery.python_values import (
    NO_TEXT,
    PARAMETER,
    Evaluation,
    Reference,
    fold,
    prefer_known,
    unite,
)
from scanner.discovery.views import Call, Opaque, Value
from scanner.patterns import regex

MAX_HANDED_OVER = 20
"""Values one function gives, of those a framework calls, that are followed."""
_PROVIDERS = frozenset({"Depends", "Security"})
"""What stands for the result of the function it is given."""
_WRAPPERS = frozenset({"Annotated", "Optional", "Union", "ClassVar", "Final", "Required", "InitVar"})
_TYPING = frozenset({"typing", "typing_extensions", "collections", "types", "builtins"})
_MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
_QUOTED = regex(r"\s*(?:Optional\[)?([A-Za-z_]\w{0,100})\]?(?:\s*\|\s*None)?\s*")


def is_open(member: object) -> bool:
    """Whether nothing is known of a thing but how it is written: not even which library it is of."""
    if isinstance(member, Reference):
        is_bare = member.definition is None and member.receiver is None
        return is_bare and (member.reason != NO_TEXT or member.name.startswith("?"))
    return isinstance(member, Opaque)


def declared(run: Evaluation, node: ast.expr | None, frame: Frame) -> Value:
    """What is known of a thing by its annotation; empty where that names no class."""
    if node is None:
        return ()
    found: list[Value] = []
    for member in _annotated(run, node, frame):
        match member:
            case Call():
                found.append((member,))
            case Reference(definition=(_, Frame(kind="class"))):
                found.append((member,))
            case Reference(definition=None) if _is_of_library(member.name):
                elsewhere = Opaque(member.expression, PARAMETER, member.location)
                found.append((Call(member.name, (), (("**", (elsewhere,)),), member.location),))
    return unite(found)


def _annotated(run: Evaluation, node: ast.expr, frame: Frame) -> Value:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        # Written in quotes because it is defined further down.
        quoted = _QUOTED.fullmatch(node.value)
        return unite(run.bound(each) for each in run.find(quoted[1], frame, node)) if quoted else ()
    return run.evaluate(node, frame)


def _is_of_library(name: str) -> bool:
    package, dot, _ = name.partition(".")
    return bool(dot) and package not in _TYPING


def within_brackets(run: Evaluation, node: ast.Subscript, base: Value, frame: Frame) -> Value:
    """What `Optional[X]` and `Annotated[X, …]` stand for; empty for all other subscripts."""
    names = {m.name.rpartition(".")[2] for m in base if isinstance(m, Reference) and m.definition is None}
    if _WRAPPERS.isdisjoint(names):
        return ()
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if "Annotated" not in names:
        return unite(_annotated(run, each, frame) for each in inner)
    given = unite(run.evaluate(each, frame) for each in inner[1:] if _last_word(each) in _PROVIDERS)
    return given if any(isinstance(m, Call) for m in given) else _annotated(run, inner[0], frame)


def handed_over(run: Evaluation, node: ast.Call, name: str, provider: Value) -> Value | None:
    """What `Depends(f)` gives: the result of `f`; None for any other call."""
    if name.rpartition(".")[2] not in _PROVIDERS or "." not in name:
        return None
    return result_of(provider) or (run.opaque(node, PARAMETER),)


def result_of(provider: Value) -> Value:
    """What a function or class gives that is called with nothing; empty where it is none of the project."""
    found: list[Value] = []
    for member in provider:
        if isinstance(member, Reference):
            match member.definition:
                case (owner, Frame(kind="function") as body):
                    found.append(given_back(owner, body))
                case (_, Frame(kind="class")):
                    found.append((member,))
                case None if _is_of_library(member.name):
                    found.append((Call(member.name, (), (), member.location),))
    return prefer_known(unite(found))


def given_back(run: Evaluation, body: Frame) -> Value:
    """What a function gives back that is called with nothing: yielded, returned, else what it says it is."""
    every = [*body.returns, *body.yields]
    kept = within(every, MAX_HANDED_OVER, "values given back by one function", run.source)
    value = fold(prefer_known(unite(run.evaluate(each, body) for each in kept)))
    if value and not all(map(is_open, value)):
        return value
    return declared(run, getattr(body.node, "returns", None), body.parent or body)


def manages(function: ast.AST) -> bool:
    """Whether a function gives a `with` statement what it yields."""
    return any(_last_word(each) in _MANAGERS for each in getattr(function, "decorator_list", ()))


def _last_word(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def last_words(decorators: list[ast.expr]) -> set[str]:
    """The last names of decorators, called or not: `functools.cached_property`, `model.setter`."""
    return {_last_word(each) for each in decorators}
