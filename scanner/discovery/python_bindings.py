"""Names of a Python file that are bound to texts: constants, registries, defaults, dictionary keys.

Only what could say something is followed: a name that speaks of a model, and any name whose value is written
with a slash (`BASE = "owner/name"`) or like a spaCy pipeline. All others, most of a file, cost one look.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from scanner.discovery import python_folding as folding
from scanner.discovery.code_names import hints_of, is_called_after, is_output
from scanner.discovery.config_keys import KeyRole, snake
from scanner.discovery.python_frames import Binding, Frame, qualified_name
from scanner.discovery.python_module import parameters_of
from scanner.discovery.python_relevance import ENUMERATIONS
from scanner.discovery.python_tellings import Tellings, is_alias
from scanner.discovery.python_told import Addresses
from scanner.discovery.python_values import Evaluation, prefer_known
from scanner.discovery.setting_neighbours import TELLING_KEYS
from scanner.discovery.switches import ADDRESS_SWITCHES
from scanner.discovery.views import Assignment, Bundle, Constant, Entry, Opaque, Text, Value
from scanner.discovery.widgets import ASKING
from scanner.patterns import regex

_MAY_HOLD_TEXT = (
    ast.Constant,
    ast.JoinedStr,
    ast.BoolOp,
    ast.IfExp,
    ast.List,
    ast.Tuple,
    ast.Set,
    ast.Dict,
    ast.BinOp,
)
_FOLLOWED = frozenset({*_MAY_HOLD_TEXT, ast.Call})
MAX_SIBLINGS = 40
"""Keys of a dictionary above which its entries do not explain each other."""


def _may_tell(run: Evaluation, name: str, node: ast.AST) -> bool:
    """Whether a value bound to this name can name a model: by the name, else by how it is written."""
    role = hints_of(name)
    if role is KeyRole.NEVER or is_output(name):
        return False
    if role is not KeyRole.OTHER or _is_constant_for(run, name, node):
        return True
    return run.placer.holds(node, _SIGNS)


def _is_constant_for(run: Evaluation, name: str, node: ast.AST) -> bool:
    """Whether a constant is called after the hosted model it holds: `HAIKU = "claude-3-haiku-20240307"`."""
    if not (name.isupper() and isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    world = run.source.neighbours
    return is_called_after(name, node.value) and world is not None and world.is_hosted_model(node.value)


_SIGNS = ("/", "_core_", "_sent_", "_dep_", "_ent_")
"""One of these stands in every name that counts wherever it is bound: of the Hub, or of a spaCy pipeline."""


def read_bindings(run: Evaluation, addresses: Addresses) -> Iterator[Assignment | Entry]:
    """Every name, attribute, parameter, option and key that is bound to a text or to a bundle of texts."""
    frames = [run.module.frame, *run.module.frames.values()]
    tellings = Tellings(run)
    for frame in frames:
        is_of_models = _is_list_of_models(frame)
        for name, bindings in (*frame.bindings.items(), *frame.own_attributes.items()):
            for binding in bindings:
                # Most are parameters, imports and other names: they cost this look.
                if type(binding.node) in _FOLLOWED or binding.how == "entry":
                    word = frame.name if is_of_models else name
                    yield from _of_binding(run, word, binding, frame, addresses)
        if isinstance(frame.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _of_parameters(run, frame.node, frame, tellings)
    yield from _of_options(run)
    for node, frame, kind in run.module.strings:
        if kind == "dict" and isinstance(node, ast.Dict):
            yield from _of_mapping(run, node, frame, addresses, tellings)


def _holds_text(node: ast.AST) -> bool:
    return isinstance(node, _MAY_HOLD_TEXT) and not (
        isinstance(node, ast.Constant) and not isinstance(node.value, str)
    )


def _of_binding(
    run: Evaluation, name: str, binding: Binding, frame: Frame, addresses: Addresses
) -> Iterator[Assignment | Entry]:
    node = binding.node
    if binding.how not in ("value", "entry") or not isinstance(node, ast.expr):
        return
    if binding.how == "entry":
        yield from _environment(run, name, binding)
        yield from _of_entry(run, name, binding, frame)
    if frame.kind == "class" and name in _ALIASES and isinstance(node, ast.Dict):
        yield from _of_aliases(run, node, frame, addresses)
    if not _may_tell(run, name, node):
        return
    if isinstance(node, ast.Call):
        value = _default_of_call(run, node, binding.frame, frame.kind == "class")
    elif _holds_text(node):
        value = folding.unpack(run.evaluate(node, binding.frame), binding.path)
    else:
        return
    if _has_text(value):
        how = "field" if frame.kind == "class" else "variable"
        owner = qualified_name(frame) or None
        place = run.placer.place(node)
        told = _told_by_branch(run, place.line) or addresses.of_class(frame) or addresses.of_module
        yield Assignment(name, value, place, owner, how, told, run.module.packages)


_ALIASES = frozenset({"aliases", "model_aliases", "model_map", "model_mapping"})


def _is_list_of_models(frame: Frame) -> bool:
    """Whether a class is an enumeration whose name speaks of models: its members are names."""
    bases = frame.node.bases if isinstance(frame.node, ast.ClassDef) else ()
    is_enum = any(ast.unparse(base).rpartition(".")[2] in ENUMERATIONS for base in bases)
    return is_enum and hints_of(snake(frame.name)) in _NAMING


_NAMING = (KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE)


def _of_aliases(run: Evaluation, node: ast.Dict, frame: Frame, addresses: Addresses) -> Iterator[Assignment]:
    """`aliases = {"small": "gpt-4o-mini"}` of a class that asks a service: its own words for models."""
    told = addresses.of_class(frame)
    if not told and not frame.name.lower().endswith(("provider", "llm", "client")):
        return
    value = run.evaluate(node, frame)
    if _has_text(value):
        place, owner = run.placer.place(node), qualified_name(frame)
        yield Assignment("model", value, place, owner, "key", told, run.module.packages)


def _of_entry(run: Evaluation, name: str, binding: Binding, frame: Frame) -> Iterator[Assignment]:
    """`config["model"] = "x"`: a key set later says what one of a dictionary literal does."""
    key, node = binding.key, binding.node
    if name == "environ" or is_output(name) or not isinstance(node, ast.expr) or not _holds_text(node):
        return
    if not (isinstance(key, ast.Constant) and isinstance(key.value, str) and _may_tell(run, key.value, node)):
        return
    value = run.evaluate(node, binding.frame)
    if _has_text(value):
        held = frame.bindings.get(name) or frame.own_attributes.get(name, [])
        beside = tuple(
            (each.key.value, each.node.value)
            for each in held[:MAX_SIBLINGS]
            if isinstance(each.key, ast.Constant)
            and isinstance(each.node, ast.Constant)
            and isinstance(each.key.value, str)
            and isinstance(each.node.value, str)
            and each is not binding
        )
        place, owner = run.placer.place(node), qualified_name(frame) or None
        yield Assignment(key.value, value, place, owner, "key", beside, run.module.packages)


def _told_by_branch(run: Evaluation, line: int) -> tuple[tuple[str, str], ...]:
    """The provider that is asked for around a place: `if provider == "azure_openai":`."""
    if not any(word in run.source.text for word in _ASKED):
        return ()
    told = [
        next(iter(guard.values)).rpartition(".")[2].lower()
        for guard in run.guards
        if guard.first <= line <= guard.last and len(guard.values) == 1 and not _ASKED.isdisjoint(guard.words)
    ]
    return (("provider", told[-1]),) if told else ()


_ASKED = frozenset({"provider", "vendor"})
"""Words of names that hold who serves a model."""


def _default_of_call(run: Evaluation, node: ast.Call, frame: Frame, is_field: bool) -> Value:
    """What a call gives that only hands on a default: `os.getenv`, `.get`, a field of a class."""
    if is_field:
        return folding.default_of(run, node, frame)
    last = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if last in ("dict", "getenv", "get", "config", "env", "str", "strip", "getattr", "format", "join"):
        return run.evaluate(node, frame)
    if last in ASKING:
        return tuple(member for member in run.evaluate(node, frame) if isinstance(member, Text))
    return _fallback_of(run, node, last, frame)


def _fallback_of(run: Evaluation, node: ast.Call, last: str, frame: Frame) -> Value:
    """The second argument of a project's own getter: `get_config("MODEL_NAME", "gpt-4o")`."""
    if len(node.args) != 2 or node.keywords or not _GETS.search(last):
        return ()
    key, fallback = node.args
    is_plain = isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.isidentifier()
    if not (is_plain and isinstance(fallback, ast.Constant) and isinstance(fallback.value, str)):
        return ()
    return run.evaluate(fallback, frame)


_GETS = regex(
    r"(?i)^get_?\w*(?:config|setting|env|option|param|conf|var)\w*$|^(?:env|config|setting|conf)\w*$"
)


def _environment(run: Evaluation, name: str, binding: Binding) -> Iterator[Entry]:
    """`os.environ["X"] = "y"` is a setting like any other."""
    if name != "environ" or binding.key is None:
        return
    for key in run.evaluate(binding.key, binding.frame):
        for member in run.evaluate(binding.node, binding.frame) if isinstance(binding.node, ast.expr) else ():
            if not isinstance(key, Text):
                continue
            if isinstance(member, Opaque) and key.value not in ADDRESS_SWITCHES:
                continue
            if isinstance(member, (Text, Constant, Opaque)):
                yield Entry((key.value,), member, (), "env")


def _has_text(value: Value) -> bool:
    return any(isinstance(member, (Text, Bundle)) for member in value)


def _of_parameters(
    run: Evaluation, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame, tellings: Tellings
) -> Iterator[Assignment]:
    told = _told_by_parameters(run, node, frame)
    for name, _, default in parameters_of(node):
        if default is None or not (_holds_text(default) or isinstance(default, ast.Call)):
            continue
        if not _may_tell(run, name, default):
            continue
        value = prefer_known(folding.default_of(run, default, frame.parent or frame))
        if isinstance(default, ast.Call) and not _has_text(value):
            value = _default_of_call(run, default, frame.parent or frame, is_field=False)
        if _has_text(value):
            place = run.placer.place(default)
            owner, how = qualified_name(frame), tellings.of_parameter(name, frame)
            yield Assignment(name, value, place, owner, how, told, run.module.packages)


def _told_by_parameters(
    run: Evaluation, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame
) -> tuple[tuple[str, str], ...]:
    """The address or provider among the defaults of a function: it is where its model is asked."""
    return tuple(
        (name, told.value)
        for name, _, default in parameters_of(node)
        if isinstance(default, (ast.Constant, ast.Name, ast.Attribute)) and snake(name) in TELLING_KEYS
        for told in run.evaluate(default, frame.parent or frame)[:1]
        if isinstance(told, Text) and ("://" in told.value or not _ASKED.isdisjoint(snake(name).split("_")))
    )


def _of_options(run: Evaluation) -> Iterator[Assignment]:
    for name, defaults in run.module.options.items():
        for default, frame in defaults:
            if default is None or not _may_tell(run, name, default):
                continue
            if _has_text(value := run.evaluate(default, frame)):
                place = run.placer.place(default)
                yield Assignment(
                    name, value, place, qualified_name(frame) or None, "option", (), run.module.packages
                )
    for node, frame in run.module.calls:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        default = given.get("value" if called.endswith("EnvVar") else "default")
        if default is None or called == "add_argument":
            continue
        # Other calls describe a setting by its name: `Parameter(name="model", default="x")`.
        named = node.args if called == "option" else [given.get("name"), *node.args[:1]]
        flags = [a.value for a in named if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if not flags:
            continue
        long = next((flag for flag in flags if flag.startswith("--")), flags[0])
        name = long.lstrip("-").replace("-", "_")
        if _may_tell(run, name, default) and _has_text(value := run.evaluate(default, frame)):
            place = run.placer.place(default)
            yield Assignment(
                name, value, place, qualified_name(frame) or None, "option", (), run.module.packages
            )


def _of_mapping(
    run: Evaluation, node: ast.Dict, frame: Frame, addresses: Addresses, tellings: Tellings
) -> Iterator[Assignment]:
    if not any(
        isinstance(key, ast.Constant) and isinstance(key.value, str) and _may_tell(run, key.value, value)
        for key, value in zip(node.keys, node.values, strict=True)
    ):
        return
    siblings: list[tuple[str, str]] = []
    named: list[tuple[str, ast.expr]] = []
    for key, value in zip(node.keys, node.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            named.append((key.value, value))
            known = next((m for m in run.evaluate(value, frame) if isinstance(m, Text)), None)
            if known is not None and len(siblings) < MAX_SIBLINGS:
                siblings.append((key.value, known.value))
    told = addresses.of_body(node) or tellings.above(node) or addresses.of_module
    keys, how = {name for name, _ in named}, tellings.of_key(node)
    for name, value in named:
        if not (_holds_text(value) or isinstance(value, (ast.Call, ast.Name, ast.Attribute))):
            continue
        if not _may_tell(run, name, value) or is_alias(keys, name):
            continue
        held = run.evaluate(value, frame)
        if _has_text(held):
            beside = (*(pair for pair in siblings if pair[0] != name), *told)
            place = run.placer.place(value)
            yield Assignment(
                name, held, place, qualified_name(frame) or None, how, beside, run.module.packages
            )
