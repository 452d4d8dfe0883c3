"""Arguments of calls no record knows whose keyword says that they name a model."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.call_facts import texts_in
from scanner.discovery.classify import Surroundings, classify
from scanner.discovery.code_names import (
    asks_about,
    describes_model,
    hints_of,
    is_output,
    is_spacy,
    own_revision,
    service_words,
)
from scanner.discovery.config_keys import KeyRole, snake
from scanner.discovery.loading_names import is_hyphened, takes_a_model, takes_only_models
from scanner.discovery.names import is_hub_id, is_local_path, speaks_for_itself
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.python_tellings import is_alias, is_answer
from scanner.discovery.setting_neighbours import surroundings_of
from scanner.discovery.source import Source
from scanner.discovery.views import Bundle, Call, Constant, Entry, Text, Value, View
from scanner.records.quick import replace
from scanner.records.sighting import Certainty, Kind, Role, Scope, Sighting

ID = "named-arguments"

_SPEAKING = (KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE, KeyRole.DATASET)
_IDLE = frozenset(
    {
        "print",
        "len",
        "str",
        "info",
        "debug",
        "warning",
        "error",
        "exception",
        "startswith",
        "endswith",
        "append",
    }
    | {
        "split",
        "replace",
        "format",
        "get",
        "join",
        "add",
        "isinstance",
        "hasattr",
        "getattr",
        "write",
        "echo",
    }
    | {"log", "add_argument", "option", "Option", "markdown", "update", "assert_called_with", "patch", "skip"}
    | {"field", "Field", "Param", "strip", "count", "index", "find", "compile", "match", "search", "sub"}
    | {
        "parametrize",
        "raises",
        "isEqual",
        "assertEqual",
        "assertIn",
        "register_conv_template",
        "get_conv_template",
    }
)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Read `model=`, `repo_id=`, `embedding_model=` … of calls that stand in no library record."""
    if not isinstance(view, Call) or source.language != "python" or context.calls_of(view.name):
        return
    last = view.name.rsplit(".", 1)[-1]
    if is_output(last) or last in _IDLE or _is_of_space(last, view):
        return
    siblings = tuple(
        (name, text.value) for name, value in view.keywords for text in value if isinstance(text, Text)
    )
    is_description = describes_model(last)
    keywords = {name for name, _ in view.keywords}
    for name, value in view.keywords:
        role = hints_of(name)
        if is_output(name) or is_alias(keywords, name):
            continue
        if role in _SPEAKING:
            for text in _texts(value):
                yield from _read(text, name, role, siblings, view, source, context)
        elif is_description and role in (KeyRole.OTHER, KeyRole.ADDRESS):
            for each in value:
                if isinstance(each, Text) and _is_described(name, each.value, view, context):
                    yield from _read(each, name, KeyRole.MODEL_BY_SHAPE, siblings, view, source, context)
    for at, value in enumerate(view.positional[:2]):
        for member in value:
            if isinstance(member, Text) and _is_given(member.value, view.name, at == 0, context):
                role = KeyRole.MODEL_BY_SHAPE if is_hub_id(member.value) else KeyRole.MODEL
                yield from _read(member, "", role, siblings, view, source, context)


def _is_given(text: str, callee: str, is_first: bool, context: Context) -> bool:
    """Whether a text given by its place alone is a model's name: it is known, or the call takes models."""
    if is_hub_id(text):
        if context.is_known_model(text):
            return True
        if not is_first or is_local_path(text) or not takes_a_model(callee):
            return False
        return speaks_for_itself(text) or takes_only_models(callee)
    is_hosted = is_first and is_hyphened(text) and bool(context.providers_of_model(text))
    return is_hosted and (takes_a_model(callee) or _is_client(callee, context))


def _is_client(callee: str, context: Context) -> bool:
    """Whether a class bears the name of a service (`models.OpenAI("gpt-4o")`)."""
    last = callee.rpartition(".")[2]
    return last[:1].isupper() and bool(service_words(last, context))


def _is_of_space(callee: str, view: Call) -> bool:
    """Whether a repository that a call is given is a Space (`restart_space(repo_id=…)`)."""
    parts = snake(callee).split("_")
    is_said = any(isinstance(each, Text) and each.value == "space" for each in view.argument("repo_type"))
    return is_said or (bool(view.argument("repo_id")) and not {"space", "spaces"}.isdisjoint(parts))


def _is_described(keyword: str, text: str, view: Call, context: Context) -> bool:
    """Whether `Model(path="owner/name", …)` says where a model is: its revision or its name proves it."""
    if keyword != "path" and not keyword.endswith(_PLACES):
        return False
    if not is_hub_id(text):
        return False
    return _revision(keyword, view) is not None or speaks_for_itself(text) or context.is_known_model(text)


def _revision(keyword: str, view: Call) -> str | None:
    """The revision beside a keyword; a general one speaks of the main name of a call."""
    asked = [own_revision(keyword)]
    if not any(name != keyword and name in _MAIN for name, _ in view.keywords):
        asked.append("revision")
    given = (each for key in asked for each in view.argument(key))
    return next((each.value for each in given if isinstance(each, Text)), None)


_MAIN = frozenset({"path", "name", "id", "model", "model_name", "model_id", "repo_id"})
_PLACES = ("_path", "_id", "_name", "_repo", "id", "name", "repo", "repository", "source")


def _texts(value: Value) -> Iterator[Text]:
    """Texts of an argument and of lists in it; in a dictionary only what its keys say to be a name."""
    for member in value:
        if isinstance(member, Text):
            yield member
        elif isinstance(member, Bundle):
            for key, held in member.entries:
                if key is None or hints_of(key.value) in _SPEAKING:
                    yield from texts_in(_without_aliases(held))


def _without_aliases(value: Value) -> Value:
    """Dictionaries without the words a project has of its own for the models of a router."""
    return tuple(
        replace(member, entries=tuple(_not_aliased(member))) if isinstance(member, Bundle) else member
        for member in value
    )


def _not_aliased(table: Bundle) -> Iterator[tuple[Text | None, Value]]:
    keys = {key.value for key, _ in table.entries if key is not None}
    return ((key, held) for key, held in table.entries if key is None or not is_alias(keys, key.value))


def _read(
    text: Text,
    name: str,
    role: KeyRole,
    siblings: tuple[tuple[str, str], ...],
    view: Call,
    source: Source,
    context: Context,
) -> Iterator[Sighting]:
    beside = tuple(pair for pair in siblings if pair[0] != name)
    around = surroundings_of(Entry((name or "model",), text, beside, "python"), context)
    provider = around.provider
    if not provider and not around.hub and not around.base_url and not is_hub_id(text.value):
        provider = service_words(view.name, context)
    surroundings = Surroundings(
        around.hub,
        provider,
        around.base_url,
        role is KeyRole.MODEL,
        role is KeyRole.DATASET,
        around.is_router,
    )
    named = classify(text.value, surroundings, context)
    if named is None:
        if is_spacy(text.value):
            yield _sighting(Kind.SPACY, text.value, text, view, source)
        return
    if named.kind in (Kind.API_MODEL, Kind.OLLAMA) and role is not KeyRole.MODEL:
        return
    remote = next((m.value for m in view.argument("trust_remote_code") if isinstance(m, Constant)), None)
    revision = _revision(name or "model", view) or named.revision
    is_asked = named.kind is not Kind.API_MODEL or not asks_about(view.name)
    is_asked = is_asked and not _is_answer(view, siblings)
    yield Sighting(
        named.kind,
        named.name,
        revision,
        Role.DEPENDENCY if is_asked and source.scope is not Scope.TEST else Role.MENTION,
        source.scope,
        Certainty.GUESSED,
        ID,
        text.location,
        provider=named.provider,
        base_url=named.base_url,
        remote_code=None if remote is None else bool(remote),
        call=view.name,
    )


def _is_answer(view: Call, siblings: tuple[tuple[str, str], ...]) -> bool:
    """Whether a call makes by hand what a service would answer (`ChatCompletion(object=…, choices=…)`)."""
    return is_answer((name for name, _ in view.keywords), dict(siblings).get("object", ""))


def _sighting(kind: Kind, name: str, text: Text, view: Call, source: Source) -> Sighting:
    role = Role.MENTION if source.scope is Scope.TEST else Role.DEPENDENCY
    return Sighting(
        kind, name, "none", role, source.scope, Certainty.GUESSED, ID, text.location, call=view.name
    )


DETECTOR = Detector(
    ID,
    (Call,),
    detect,
    (
        "Positional arguments of unknown functions count only for names the catalog holds, or where the"
        " function's own name says that it takes a model.",
        "In tests such arguments are mentions: the function may be a double.",
    ),
    languages=("python",),
)
