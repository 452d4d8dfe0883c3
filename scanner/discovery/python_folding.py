"""The few operations and functions of Python whose results can be known from the text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from scanner.discovery.positions import within
from scanner.discovery.python_annotations import result_of
from scanner.discovery.python_cases import given_by_cases
from scanner.discovery.python_frames import Binding, Frame
from scanner.discovery.python_module import parameters_of
from scanner.discovery.python_values import (
    RUN_TIME,
    Evaluation,
    Reference,
    combine,
    entries_of,
    fold,
    grow,
    index,
    key_of,
    may_be_lists,
    pair_of,
    prefer_known,
    texts_of,
    unite,
)
from scanner.discovery.views import Bundle, Call, Constant, Opaque, Text, Value
from scanner.records.quick import replace
from scanner.records.sighting import Certainty

MAX_CALLERS = 60
"""Calls of one function whose arguments are looked at."""


def as_texts(value: Value) -> Value:
    """Numbers as `str` would write them; all else as it is."""
    return tuple(
        Text(str(member.value), member.location)
        if isinstance(member, Constant) and type(member.value) in (int, float)
        else member
        for member in value
    )


def fold_operator(run: Evaluation, node: ast.BinOp, frame: Frame) -> Value:
    """`+` of texts and lists, `%` of a text, `|` of dictionaries, `/` of paths."""
    left, right = part_of_text(run, node.left, frame), part_of_text(run, node.right, frame)
    match node.op:
        case ast.Add() if may_be_lists(left, right):
            return _joined_bundles(run, node, left, right)
        case ast.Add():
            return combine([left, right], run.opaque(node, RUN_TIME))
        case ast.BitOr():
            # Of two types (`Settings | None`) the classes.
            types = tuple(m for m in (*left, *right) if isinstance(m, Reference))
            return types or _joined_bundles(run, node, left, right)
        case ast.Mod() if any(isinstance(m, Text) for m in left):
            given: list[tuple[Text | None, Value]] = [(None, right)]
            if any(isinstance(m, Bundle) for m in right):
                given = list(entries_of(right))
            return _formatted(run, node, left, re.compile(r"%(?:\((\w+)\))?[sd]"), given)
        case ast.Div():
            return (run.opaque(node, "a path"),)
    return (run.opaque(node, RUN_TIME),)


def part_of_text(run: Evaluation, node: ast.expr, frame: Frame) -> Value:
    """What a part of a longer text may be; of two branches, one may add nothing (`"" if x else "-mini"`)."""
    if not isinstance(node, ast.IfExp):
        return run.evaluate(node, frame)
    branches = unite([run.evaluate(node.body, frame), run.evaluate(node.orelse, frame)])
    nothing = tuple(member for member in branches if isinstance(member, Text) and not member.value)
    return unite([prefer_known(branches), nothing])


def _joined_bundles(run: Evaluation, node: ast.AST, left: Value, right: Value) -> Value:
    entries = (*entries_of(left), *entries_of(right))
    return (Bundle(entries, run.placer.place(node)),)


def _formatted(
    run: Evaluation,
    node: ast.AST,
    templates: Value,
    hole: re.Pattern[str],
    given: list[tuple[Text | None, Value]],
) -> Value:
    """Fill the holes of a template; open where a hole is."""
    whole = run.opaque(node, RUN_TIME)
    positional = [value for key, value in given if key is None]
    named = {key.value: value for key, value in given if key is not None}
    found: list[Value] = []
    for template in texts_of(templates):
        parts: list[Value] = []
        end = 0
        for at, matched in enumerate(hole.finditer(template.value)):
            parts.append((replace(template, value=template.value[end : matched.start()]),))
            name = matched[1]
            if name and not name.isdigit():
                parts.append(as_texts(named.get(name, ())))
            else:
                number = int(name) if name else at
                parts.append(as_texts(positional[number]) if number < len(positional) else ())
            end = matched.end()
        parts.append((replace(template, value=template.value[end:]),))
        found.append(combine(parts, whole))
    return unite(found) or (whole,)


METHODS = frozenset(
    {"get", "pop", "setdefault", "getOrDefault", "format", "strip", "rstrip", "lstrip", "copy", "expanduser"}
    | {"lower", "upper", "join", "replace", "values", "keys", "items", "split", "splitlines"}
)
"""Methods whose results can be known from the text."""


def fold_method(
    run: Evaluation, node: ast.Call, name: str, base: Value, arguments: list[Value], frame: Frame
) -> Value | None:
    """What a method of a text or a container gives; None where the method is none of these."""
    whole = run.opaque(node, RUN_TIME)
    match name:
        case "get" | "pop" | "setdefault" | "getOrDefault" if arguments:
            return _get(run, node, base, arguments, frame)
        case "format" if any(isinstance(m, Text) for m in base):
            given: list[tuple[Text | None, Value]] = [(None, value) for value in arguments]
            place = run.placer.place(node)
            for keyword in node.keywords:
                held = run.evaluate(keyword.value, frame)
                if keyword.arg is None:
                    given.extend(entries_of(held))
                else:
                    given.append((Text(keyword.arg, place), held))
            return _formatted(run, node, base, re.compile(r"\{(\w*)(?:![rs])?(?::[^{}]*)?\}"), given)
        case "strip" | "rstrip" | "lstrip" | "copy" | "expanduser" if not arguments:
            return base if any(isinstance(m, (Text, Bundle)) for m in base) else None
        case "lower" | "upper" if any(isinstance(m, Text) for m in base):
            return tuple(replace(m, value=getattr(m.value, name)()) for m in texts_of(base))
        case "join" if any(isinstance(m, Text) for m in base) and arguments:
            return _join(run, node, base, arguments[0])
        case "replace" if len(arguments) == 2 and any(isinstance(m, Text) for m in base):
            old, new = next(texts_of(arguments[0]), None), next(texts_of(arguments[1]), None)
            if old is None or new is None:
                return (whole,)
            sure = Certainty.FOLDED
            return tuple(
                replace(m, value=m.value.replace(old.value, new.value), certainty=sure)
                for m in texts_of(base)
            )
        case "values" | "keys" | "items" | "split" | "splitlines" if not arguments or name == "split":
            return _members(run, node, name, base, arguments)
    return None


def _get(run: Evaluation, node: ast.Call, base: Value, arguments: list[Value], frame: Frame) -> Value | None:
    """`.get(key, default)`: the entry of a known key or every entry, and the default."""
    default = arguments[1] if len(arguments) > 1 else ()
    for keyword in node.keywords:
        if keyword.arg == "default":
            default = run.evaluate(keyword.value, frame)
    if any(isinstance(member, Bundle) for member in base):
        is_open = run.is_chosen_by_callers(node.args[0], frame)
        keys = () if is_open else as_texts(arguments[0])
        named = {text.value for text in texts_of(keys)}
        held = {key.value for key, _ in entries_of(base) if key is not None}
        found = () if named and not named & held else index(base, keys)
        return fold(unite([found, default])) or (run.opaque(node, RUN_TIME),)
    if not any(isinstance(member, (Text, Bundle)) for member in default):
        return None
    # A configuration object: the text knows only what it falls back on.
    key_text = next(texts_of(arguments[0]), None)
    note = f"default of {key_text.value!r}" if key_text else "default"
    known = tuple(replace(m, note=note) if isinstance(m, Text) else m for m in prefer_known(default))
    return known if any(isinstance(m, (Text, Bundle)) for m in known) else (run.opaque(node, RUN_TIME),)


def _join(run: Evaluation, node: ast.AST, base: Value, listed: Value) -> Value:
    separator = next(texts_of(base))
    parts: list[Value] = []
    for _, value in entries_of(listed):
        parts += [(separator,), value] if parts else [value]
    return combine(parts, run.opaque(node, RUN_TIME)) if parts else (run.opaque(node, RUN_TIME),)


def _members(run: Evaluation, node: ast.AST, name: str, base: Value, arguments: list[Value]) -> Value | None:
    place = run.placer.place(node)
    if name in ("split", "splitlines"):
        separator = next(texts_of(arguments[0]), None) if arguments else None
        sign = separator.value if separator and separator.value else None
        return (
            tuple(
                Bundle(tuple((None, (replace(text, value=piece),)) for piece in pieces), place, is_whole=True)
                for text in texts_of(base)
                if (pieces := text.value.split(sign))
            )
            or None
        )
    entries = tuple(entries_of(base))
    if not entries:
        return None
    match name:
        case "values":
            return (Bundle(tuple((None, value) for _, value in entries), place),)
        case "keys":
            keyed = ((key_of(key, held),) for key, held in entries if key is not None)
            return (Bundle(tuple((None, key) for key in keyed), place),)
    pairs = tuple((None, (pair_of(key, value, place),)) for key, value in entries)
    return (Bundle(pairs, place),)


def add_members(run: Evaluation, value: Value, added: Iterable[Binding]) -> Value:
    """A list or dictionary with what is appended or assigned to it elsewhere."""
    extra: list[tuple[Text | None, Value]] = []
    for binding in added:
        if not isinstance(binding.node, ast.expr):
            continue
        held = fold(run.evaluate(binding.node, binding.frame))
        if binding.how == "merge":
            extra.extend(entries_of(held))
            value = grow(value, held, run.opaque(binding.node, RUN_TIME), is_sure=binding.is_sure)
        elif binding.key is None:
            extra.append((None, held))
        else:
            names = list(texts_of(as_texts(run.evaluate(binding.key, binding.frame))))
            extra.extend((name, held) for name in names)
            if not names:
                extra.append((None, held))
    if not extra:
        return value
    merged = tuple(
        replace(m, entries=(*m.entries, *extra)) if isinstance(m, Bundle) else m
        for m in value
        if not (isinstance(m, Opaque) or (isinstance(m, Constant) and m.value is None))
    )
    if any(isinstance(m, Bundle) for m in merged):
        return merged
    return (*value, Bundle(tuple(extra), extra[0][1][0].location)) if extra[0][1] else value


def elements(run: Evaluation, node: ast.expr, frame: Frame) -> Iterator[Value]:
    """Values a loop over an expression gives its target, one by one."""
    match node:
        case ast.Call(
            func=ast.Name(id="enumerate" | "sorted" | "list" | "set" | "tuple" | "reversed" | "tqdm" as name)
        ):
            for inner in elements(run, node.args[0], frame) if node.args else ():
                if name == "enumerate":
                    yield (Bundle(((None, ()), (None, inner)), run.placer.place(node)),)
                else:
                    yield inner
            return
        case ast.Call(func=ast.Name(id="zip")):
            rows = [unite(elements(run, argument, frame)) for argument in node.args]
            yield (Bundle(tuple((None, row) for row in rows), run.placer.place(node)),)
            return
    for member in run.evaluate(node, frame):
        if isinstance(member, Bundle):
            for key, value in member.entries:
                yield (key_of(key, value),) if key is not None else value
        else:
            yield (run.opaque(node, RUN_TIME),)


def unpack(value: Value, path: tuple[int, ...]) -> Value:
    """Take the positions of a nested unpacking."""
    for at in path:
        value = unite(
            member.entries[at][1] if len(member.entries) > at else ()
            for member in value
            if isinstance(member, Bundle)
        )
    return value


def given_to(run: Evaluation, node: ast.arg, frame: Frame) -> Iterator[Value]:
    """What a parameter may hold: its default, its command-line default, arguments of calls in the file."""
    function = frame.node
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return
    position: int | None = None
    for name, at, default in parameters_of(function):
        if name == node.arg:
            position = at
            if default is not None:
                yield default_of(run, default, frame.parent or frame)
    yield from _decorated(run, function, node.arg, frame)
    yield from given_by_cases(run, function, node.arg, frame)
    is_method = bool(frame.self_name) and frame.parent is not None
    makes = is_method and frame.parent is not None and function.name == "__init__"
    callers = _making(run, frame.parent) if makes else run.module.callers.get(function.name, [])
    for call, where in within(callers, MAX_CALLERS, "calls of one function", run.source):
        if is_method and not makes and not isinstance(call.func, ast.Attribute):
            continue
        yield from _argument(run, call, where, node.arg, None if position is None else position - is_method)


def _making(run: Evaluation, made: Frame | None) -> list[tuple[ast.Call, Frame]]:
    """Calls that reach a class's `__init__`: of it, of classes that inherit it, `super().__init__(…)`."""
    callers = run.module.callers
    waiting = [made] if made is not None else []
    inheriting: dict[int, Frame] = {id(each): each for each in waiting}
    extending: set[int] = set()
    while waiting:
        for each in run.module.subclasses.get(waiting.pop().name, ()):
            own = each.bindings.get("__init__")
            if own:
                extending.add(id(each))
            if (not own or _passes_on(own[-1].node)) and id(each) not in inheriting:
                inheriting[id(each)] = each
                waiting.append(each)
    found = [
        call for name in {each.name: None for each in inheriting.values()} for call in callers.get(name, ())
    ]
    for call, where in callers.get("__init__", ()) if extending else ():
        match call.func:
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super"))) if (
                id(where.enclosing_class()) in extending
            ):
                found.append((call, where))
    return found


def _passes_on(function: ast.AST) -> bool:
    """Whether a method takes whatever it is called with: `def __init__(self, *args, **kwargs)`."""
    return (
        isinstance(function, ast.FunctionDef) and bool(function.args.vararg) and len(function.args.args) == 1
    )


def _argument(
    run: Evaluation, call: ast.Call, frame: Frame, name: str, position: int | None
) -> Iterator[Value]:
    for keyword in call.keywords:
        if keyword.arg == name:
            yield run.evaluate(keyword.value, frame)
            return
    if position is None or not 0 <= position < len(call.args):
        return
    if not any(isinstance(argument, ast.Starred) for argument in call.args[: position + 1]):
        yield run.evaluate(call.args[position], frame)


def default_of(run: Evaluation, node: ast.expr, frame: Frame) -> Value:
    """A default, also where it is wrapped: `Field("x")`, `field(default="x")`, `typer.Option("x")`."""
    if not isinstance(node, ast.Call):
        return run.evaluate(node, frame)
    for keyword in node.keywords:
        if keyword.arg == "default":
            return run.evaluate(keyword.value, frame)
        if keyword.arg in ("default_factory", "factory"):
            if isinstance(keyword.value, ast.Lambda):
                return run.evaluate(keyword.value.body, frame)
            if made := result_of(run.evaluate(keyword.value, frame)):
                return made
    value = run.evaluate(node, frame)
    if all(isinstance(member, Call) or member.__class__ is not Text for member in value) and node.args:
        first = run.evaluate(node.args[0], frame)
        if any(isinstance(member, (Text, Bundle)) for member in first) and _is_field(node):
            return first
    return value


def _is_field(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in _FIELDS or name.endswith(("Field", "Param", "Option"))


_FIELDS = frozenset({"Argument", "Body", "Header", "Query", "attrib", "field", "ib"})


def _decorated(
    run: Evaluation, function: ast.FunctionDef | ast.AsyncFunctionDef, name: str, frame: Frame
) -> Iterator[Value]:
    """Defaults that `@click.option("--model", default=…)` gives a parameter."""
    for decorator in function.decorator_list:
        if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, (ast.Attribute, ast.Name))):
            continue
        called = decorator.func.attr if isinstance(decorator.func, ast.Attribute) else decorator.func.id
        if called not in ("option", "argument"):
            continue
        flags = [a.value for a in decorator.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        plain = [flag for flag in flags if not flag.startswith("-")]
        names = plain or [flag.lstrip("-").replace("-", "_") for flag in flags if flag.startswith("--")]
        if name.lower() in (each.lower() for each in names):
            for keyword in decorator.keywords:
                if keyword.arg == "default":
                    yield run.evaluate(keyword.value, frame.parent or frame)
