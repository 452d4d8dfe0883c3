"""Attributes and calls of a Python file: which library thing is meant, and with what arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery import python_folding as folding
from scanner.discovery.positions import within
from scanner.discovery.python_annotations import handed_over, manages
from scanner.discovery.python_arguments import keywords_of, module_settings
from scanner.discovery.python_asking import answers
from scanner.discovery.python_calling import given_by
from scanner.discovery.python_cases import given_by_request
from scanner.discovery.python_environment import environment
from scanner.discovery.python_frames import ADDED, Frame, dotted_name, owner_of
from scanner.discovery.python_guards import is_shut_out, keep_possible
from scanner.discovery.python_objects import class_attribute, held_by
from scanner.discovery.python_options import FLAGS, defined_flag, option_default
from scanner.discovery.python_partials import calls_of_partial, is_partial
from scanner.discovery.python_switches import ENVIRONMENTS
from scanner.discovery.python_values import (
    ENVIRONMENT,
    NO_TEXT,
    RUN_TIME,
    Calling,
    Evaluation,
    Reference,
    entries_of,
    fold,
    prefer_known,
    texts_of,
    unite,
)
from scanner.discovery.views import Bundle, Call, Opaque, Text, Value
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Location

MAX_RETURNS = 20
"""Values one function returns that are followed."""
MAX_CALLS_WITHIN = 3
"""Calls of one file's functions that are followed within each other, each with arguments of its own."""
_PASS_THROUGH = frozenset(
    {"to", "eval", "cuda", "cpu", "half", "float", "train", "compile", "requires_grad_"}
    | {"bind", "bind_tools", "with_config", "with_options", "with_structured_output", "with_retry"}
    | {"with_fallbacks", "__enter__", "__aenter__"}
)
"""Methods that give back the object they are called on, as far as a model's name goes."""
_ENVIRONMENT = frozenset({"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop", "getenv"})
_SETTINGS = frozenset({"decouple.config", "environ.Env.str", "environs.Env.str", "dotenv.get_key"})
_TEXT_OF = frozenset({"str", "pathlib.Path", "Path", "os.path.expanduser", "os.path.expandvars", "os.fspath"})
_PATHS = frozenset(
    {"os.path.join", "os.path.abspath", "os.path.dirname", "os.path.realpath", "os.path.normpath"}
)
_COLLECT = frozenset({"list", "tuple", "set", "sorted", "reversed", "frozenset"})
_MAKE_MAPPING = frozenset(
    {"dict", "collections.OrderedDict", "types.SimpleNamespace", "argparse.Namespace", "addict.Dict"}
    | {"easydict.EasyDict", "omegaconf.OmegaConf.create", "ml_collections.ConfigDict", "box.Box"}
)


_WRAPS = regex(r"instructor\.(?:a?patch|from_\w+)")
"""What gives back the client it is given, with more methods."""


def attribute(run: Evaluation, node: ast.Attribute, frame: Frame) -> Value:
    """The value of `base.name`."""
    if node.attr == "param" and (cases := given_by_request(run, node, frame)):
        return cases
    chain = dotted_name(node)
    owner, rest = owner_of(chain, frame)
    if owner is not None and "." in rest:
        bound = owner.own_attributes.get(rest, [])
    else:
        bound = run.find(chain, frame, node) if chain and chain not in ENVIRONMENTS else []
    if bound:
        added = [binding for binding in bound if binding.how in ADDED]
        value = unite(run.bound(binding) for binding in bound if binding.how not in ADDED)
        return folding.add_members(run, value, added) if added else value
    return attribute_of(run, run.evaluate(node.value, frame), node.attr, node)


def attribute_of(run: Evaluation, base: Value, name: str, node: ast.Attribute | None) -> Value:
    """The attribute of each thing a value may be."""
    found = [_attribute(run, member, name, node) for member in base]
    return prefer_known(unite(found))


def _attribute(run: Evaluation, base: object, name: str, node: ast.Attribute | None) -> Value:
    match base:
        case Reference(definition=(owner, Frame(kind="class") as frame)):
            return class_attribute(owner, frame, name) or _unknown(run, base, name, node)
        case Reference(definition=None) if base.name.endswith(FLAGS):
            return option_default(run, name, node)
        case Reference(definition=None):
            inner = run.resolve(base.name + "." + name) if base.receiver is None else ()
            at = base.location if base.is_named_by_text or node is None else run.placer.place(node)
            return inner or (replace(base, name=f"{base.name}.{name}", location=at),)
        case Call():
            return _attribute_of_made(run, base, name, node)
        case Bundle():
            return fold(unite(v for k, v in base.entries if k is not None and k.value == name))
        case Text() if name in ("value", "name", "default"):
            return (base,)
        case Opaque():
            return _attribute_of_open(run, base, name, node)
    return ()


def _unknown(run: Evaluation, base: Opaque, name: str, node: ast.Attribute | None) -> Value:
    if node is None:
        return ()
    return (Reference(run.placer.text(node), NO_TEXT, run.placer.place(node), f"?.{name}", None, None),)


def _attribute_of_made(run: Evaluation, made: Call, name: str, node: ast.Attribute | None) -> Value:
    """Attribute of an object a call made: an option, a field, else a name to be called."""
    if made.name.endswith(
        (".parse_args", ".parse_known_args", ".parse_known_args[]", ".parse_intermixed_args")
    ):
        return option_default(run, name, node)
    if value := held_by(run, made, name) or defined_flag(made, name):
        return value
    if name in _PASS_THROUGH:
        return (made,)
    place = made.location if node is None else run.placer.place(node)
    expression = name if node is None else run.placer.text(node)
    return (Reference(expression, NO_TEXT, place, f"{made.name}.{name}", None, made),)


def _attribute_of_open(run: Evaluation, base: Opaque, name: str, node: ast.Attribute | None) -> Value:
    """Attribute of something open: `args.model` where the file has that option, a field of a lone class."""
    if name in run.module.options:
        return option_default(run, name, node)
    holders = [
        frame
        for frame in run.module.frames.values()
        if frame.kind == "class" and name in frame.bindings and _is_record(frame)
    ]
    if 0 < len(holders) <= 3:
        value = unite(class_attribute(run, frame, name) for frame in holders)
        if any(isinstance(m, (Text, Bundle)) for m in value):
            return value
    if node is None:
        return ()
    shown = run.opaque(node, base.reason if base.reason != NO_TEXT else RUN_TIME)
    return (Reference(shown.expression, shown.reason, shown.location, f"?.{name}", None, None),)


def _is_record(frame: Frame) -> bool:
    """A dataclass, pydantic model or the like: its fields are annotated in the class body."""
    node = frame.node
    return isinstance(node, ast.ClassDef) and bool(node.decorator_list or node.bases)


def call(run: Evaluation, node: ast.Call, frame: Frame) -> Value:
    """The value of a call: folded where Python's own, followed where the project's, else the Call itself."""
    arguments: list[Value] | None = None
    if isinstance(node.func, ast.Attribute):
        base = run.evaluate(node.func.value, frame)
        if node.func.attr in folding.METHODS and (
            not all(isinstance(m, Reference) for m in base) or node.func.attr in ("get", "items")
        ):
            arguments = [run.evaluate(argument, frame) for argument in node.args]
            folded = folding.fold_method(run, node, node.func.attr, base, arguments, frame)
            if folded is not None and not _is_environment(base):
                return folded
    found = [_result(run, node, target, frame) for target in run.evaluate(node.func, frame)]
    return unite(found) or (run.opaque(node, RUN_TIME),)


def _is_environment(base: Value) -> bool:
    return any(isinstance(m, Reference) and m.name == "os.environ" for m in base)


def _result(run: Evaluation, node: ast.Call, target: object, frame: Frame) -> Value:
    match target:
        case Reference(definition=(owner, Frame(kind="function") as inner)):
            return _returned(run, node, owner, inner, frame)
        case Reference(definition=(_, Frame(kind="class")) as definition):
            made = _made(run, node, target.name, None, frame)
            run.makers[made.location, made.name] = definition
            return (made,)
        case Reference():
            known = _known_function(run, node, target.name, frame)
            if known is not None:
                return known
            last = target.name.rsplit(".", 1)[-1]
            if target.receiver is not None and last in _PASS_THROUGH:
                return (target.receiver,)
            return (_made(run, node, target.name, target.receiver, frame),)
        case Call():
            if is_partial(target):
                finished = _made(run, node, target.name, None, frame)
                return calls_of_partial(target, finished) or (finished,)
            return (_made(run, node, f"{target.name}()", target, frame),)
    return (run.opaque(node, RUN_TIME),)


def _returned(run: Evaluation, node: ast.Call, owner: Evaluation, inner: Frame, frame: Frame) -> Value:
    """What a function of the project returns: to this call where its arguments can be told."""
    gives = inner.yields if inner.yields and manages(inner.node) else inner.returns
    if isinstance(inner.node, ast.AsyncFunctionDef | ast.FunctionDef) and gives:
        returned = within(gives, MAX_RETURNS, "values returned by one function", run.source)
        given = None
        if len(owner.calls) < MAX_CALLS_WITHIN and _is_called_often(run, owner, inner):
            given = given_by(run, node, frame, owner, inner)
        if given is None:
            values = [owner.evaluate(each, inner) for each in returned]
        else:
            with owner.inside(Calling(inner, given)):
                kept = [each for each in returned if not is_shut_out(owner, each, inner)]
                values = [owner.evaluate(each, inner) for each in kept]
        value = prefer_known(unite(values))
        if any(isinstance(m, (Text, Bundle, Call)) for m in value):
            return fold(value)
        if any(isinstance(m, Opaque) and m.reason == ENVIRONMENT for m in value):
            return (run.opaque(node, ENVIRONMENT),)
    return (run.opaque(node, RUN_TIME),)


def _is_called_often(run: Evaluation, owner: Evaluation, inner: Frame) -> bool:
    """Whether a function has calls besides this one, so that their arguments must be kept apart."""
    return owner is not run or len(owner.module.callers.get(inner.name, ())) > 1


def _known_function(run: Evaluation, node: ast.Call, name: str, frame: Frame) -> Value | None:
    """Results of functions everyone uses; None for all others."""

    def argument(at: int) -> Value:
        return run.evaluate(node.args[at], frame) if at < len(node.args) else ()

    if name in _ENVIRONMENT or name in _SETTINGS or (name in ("config", "env") and node.args):
        default = argument(1)
        for keyword in node.keywords:
            if keyword.arg == "default":
                default = run.evaluate(keyword.value, frame)
        if name in _ENVIRONMENT or name in _SETTINGS or default:
            return environment(run, node, argument(0), default)
        return None
    if name in _TEXT_OF and len(node.args) == 1:
        return folding.as_texts(argument(0))
    if name in _PATHS:
        return (run.opaque(node, "a path"),)
    if name in _COLLECT and len(node.args) == 1:
        members = tuple((None, value) for value in folding.elements(run, node.args[0], frame))
        return (Bundle(members, run.placer.place(node)),)
    if name in _MAKE_MAPPING:
        held = keywords_of(run, node, frame)
        place = run.placer.place(node)
        entries = [(Text(key, place), value) for key, value in held if key != "**"]
        return (Bundle((*entries_of(argument(0)), *entries), place),)
    if name == "getattr" and len(node.args) > 1:
        base = argument(0)
        named = members_of(run, base, argument(1)) or _held(run, base, argument(1))
        fallback = fold(prefer_known(argument(2))) if len(node.args) == 3 else None
        return fallback if fallback and is_of_no_module(run, named) else named or fallback
    if _WRAPS.fullmatch(name) and (clients := tuple(m for m in argument(0) if isinstance(m, Call))):
        return clients
    if name in ("input", "getpass.getpass"):
        return (run.opaque(node, "typed in at run time"),)
    if (found := handed_over(run, node, name, argument(0))) is not None:
        return found
    return answers(run, node, name, frame)


def is_of_no_module(run: Evaluation, named: Value) -> bool:
    """Whether an attribute named by a text is that of an object nobody knows, not of something imported."""
    imported = {*run.module.packages, *run.module.frame.bindings}
    return all(isinstance(each, Reference) and each.name.partition(".")[0] not in imported for each in named)


def members_of(run: Evaluation, base: Value, names: Value) -> Value:
    """Attributes of a library's module that are named by texts (`getattr(pipelines, "X")`)."""
    return tuple(
        Reference(
            text.value,
            NO_TEXT,
            text.location,
            f"{member.name.removesuffix('.__dict__')}.{text.value}",
            is_named_by_text=True,
        )
        for member in base
        if isinstance(member, Reference) and member.definition is None and member.receiver is None
        for text in texts_of(names)
    )


def _held(run: Evaluation, base: Value, names: Value) -> Value:
    """What objects of the project hold under names given as texts (`getattr(settings, "model")`)."""
    return unite(
        held_by(run, each, text.value) for each in base if isinstance(each, Call) for text in texts_of(names)
    )


def _made(
    run: Evaluation,
    node: ast.Call,
    name: str,
    receiver: Call | None,
    frame: Frame,
    named_at: Location | None = None,
) -> Call:
    positional: list[Value] = []
    for argument in node.args:
        value = run.evaluate(argument, frame)
        if isinstance(argument, ast.Starred):
            positional.extend(each for _, each in entries_of(value))
        else:
            positional.append(value)
    return Call(
        name,
        tuple(positional),
        tuple(keywords_of(run, node, frame, is_all="." not in name)),
        run.placer.place(node),
        receiver,
        run.module.packages,
        named_at,
    )


def describe(run: Evaluation, node: ast.Call, frame: Frame) -> Iterator[Call]:
    """Every library call a call may be, with its arguments; also calls of the project's own functions."""
    targets = run.evaluate(node.func, frame) or (run.opaque(node.func, RUN_TIME),)
    seen: set[str] = set()
    for target in targets:
        name, receiver = _called(node, target)
        key = f"{name}@{receiver.location if receiver else ''}"
        if key not in seen:
            seen.add(key)
            named_at = target.location if isinstance(target, Reference) else None
            if isinstance(node.func, ast.Name) and not getattr(target, "is_named_by_text", False):
                named_at = None
            made = _made(run, node, name, receiver, frame, named_at)
            settings = tuple(module_settings(run, node, frame)) if receiver is None else ()
            made = keep_possible(made, run.guards, run.source.file)
            if settings or run.told:
                made = replace(made, keywords=(*made.keywords, *settings), environment=run.told)
            yield from calls_of_partial(target, made) or (made,)


def _called(node: ast.Call, target: object) -> tuple[str, Call | None]:
    match target:
        case Reference():
            return target.name, target.receiver
        case Call():
            return f"{target.name}()", target
    last = f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else ""
    return f"?{last}", None
