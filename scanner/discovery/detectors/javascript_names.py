"""Names, fields and registries of JavaScript that hold a model, where no known call uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.classify import Named, classify
from scanner.discovery.code_names import hints_of, is_output
from scanner.discovery.config_keys import KeyRole, snake
from scanner.discovery.javascript_facts import LANGUAGES
from scanner.discovery.names import decode, is_hub_id, is_local_path, is_placeholder, speaks_for_itself
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.setting_neighbours import TELLING_KEYS, surroundings_of
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Bundle, Call, Entry, Opaque, Text, Value, View
from scanner.patterns import regex
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Certainty, Kind, Role, Scope, Sighting

ID = "javascript-names"
_DEFAULTS = frozenset({"default", "catch", "prefault", "withDefault"})
"""Calls of schemas whose argument is the value taken when none is given."""
_MARKUP = frozenset({"html", "vue", "svelte"})
MAX_SIBLINGS = 60
"""Properties of an object that are looked at beside a name."""
MAX_PATH = 8
"""Objects within objects that are still looked through."""
_MODEL = regex(
    r"model|checkpoint|tokeni[sz]er|pretrained|(?:^|_)llms?(?:$|_)|embedder|reranker|hf_?repo|hub_?id",
    re.IGNORECASE,
)
_NAMES_IT = regex(
    r"[a-z0-9_-]{0,60}(?:models?|checkpoints?|tokeni[sz]ers?)(?:[_-]?(?:ids?|names?|paths?|repos?|urls?|uris?|keys?))?",
    re.IGNORECASE,
)
_SLOT = regex(
    r"(?:id|name|value|key|repo|repository|path|slug|default|base|source|hf|primary|fallback|\[\])s?",
    re.IGNORECASE,
)
_IDENTIFIES = regex(r"id|key|value|slug|\[\]", re.IGNORECASE)
_LIST_OF_MODELS = regex(
    r"(?:(?:models|llms)(?:[_-]?(?:list|ids|names|options))?|model[_-]?(?:list|ids|names|options))$",
    re.IGNORECASE,
)
_BARRED = regex(r"(?:^|_)(?:un\w+|not|non|no|without|deprecated|disabled|removed|retired|banned)(?:_|$)")
"""Words of lists of models that are not to be used."""
_MEMBER_IDS = ("id", "value", "key", "slug", "modelId")
_PRICES = regex(r"pric(?:e|ing)|cost", re.IGNORECASE)
"""Keys of a list that says what models cost, whoever uses them."""
_NOT_NAMES = regex(
    r"label|title|description|icon|image|logo|avatar|href|link|license|author|(?<!open)(?<!open_)route|image_?url|class",
    re.IGNORECASE,
)
_MEMBER = regex(r"[A-Za-z_$][\w$.]{0,80}\.([A-Za-z]\w{1,40})")
"""A member of an enumeration: `API_PROVIDERS.Groq`."""


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Take texts that could be names where the words around them say that they are a model's.

    They are guesses: a call that loads the same text is surer and wins. In tests only names of the
    catalog count, as mentions.
    """
    if not isinstance(view, Assignment) or source.language not in (LANGUAGES | _MARKUP):
        return
    path = (view.owner, view.target) if view.owner and view.owner != view.target else (view.target,)
    place = _Place(source, context)
    yield from place.walk(tuple(part for part in path if part), view.value, ())


@dataclass(frozen=True, slots=True)
class _Place:
    source: Source
    context: Context

    def walk(
        self, path: tuple[str, ...], value: Value, siblings: tuple[tuple[str, str], ...]
    ) -> Iterator[Sighting]:
        """Go through a value; `path` holds the names that lead to it, lists as `[]`."""
        if len(path) > MAX_PATH:
            self.source.leave_out(f"objects nested deeper than {MAX_PATH} levels were not read for names")
            return
        for one in value:
            if isinstance(one, Text):
                yield from self.name(path, one, siblings)
            elif isinstance(one, Bundle):
                beside = _texts_of(one)
                if path[-1:] != ("models",) and self.lists_models(one):
                    path = (*path, "models")
                for key, inner in one.entries:
                    if key is not None and "/" in key.value:
                        yield from self.name((*path, "[]"), key, ())
                    yield from self.walk((*path, key.value if key is not None else "[]"), inner, beside)
            elif isinstance(one, Call) and one.positional and one.name.rpartition(".")[2] in _DEFAULTS:
                yield from self.walk(path, one.positional[0], siblings)

    def lists_models(self, bundle: Bundle) -> bool:
        """Whether most members of a list bear as their ids names of models that services or the Hub have."""
        members = [one for key, value in bundle.entries[:MAX_SIBLINGS] if key is None for one in value[:1]]
        named = 0
        for member in members:
            if not isinstance(member, Bundle):
                return False
            texts = dict(_texts_of(member))
            if any(_PRICES.search(key.value) for key, _ in member.entries if key is not None):
                return False
            name = next((texts[key] for key in _MEMBER_IDS if key in texts), "")
            is_offered = _has_digit(name) and bool(self.context.providers_of_model(name))
            named += is_offered or (is_hub_id(name) and self.context.is_known_model(name))
        return named > 1 and named * 2 >= len(members)

    def name(
        self, path: tuple[str, ...], text: Text, siblings: tuple[tuple[str, str], ...]
    ) -> Iterator[Sighting]:
        """Decide about one text."""
        written = text.value.strip()
        if not 2 <= len(written) <= 200 or "://" in written or _is_path(written):
            return
        if len(written) == 2 and not (_has_digit(written) and self.context.providers_of_model(written)):
            return  # `o1` is one, `en` is none
        is_known = is_hub_id(written) and self.context.is_known_model(written)
        if self.source.scope is Scope.TEST:
            if is_known:
                yield self.sighting(Named(Kind.HF_MODEL, written), text, Role.MENTION)
            return
        if "/" not in written and (_is_title(path, siblings) or _is_echo(path, written)):
            return
        if ("object", "model") in siblings:
            return  # what the project's own server says it offers, as OpenAI's interface lists models
        if not _speaks_of_models(path):
            if is_known:
                yield self.sighting(Named(Kind.HF_MODEL, written), text)
            return
        if written.startswith(("@cf/", "@hf/")):
            yield self.sighting(Named(Kind.API_MODEL, f"cloudflare:{written}", provider="cloudflare"), text)
            return
        is_sure = _NAMES_IT.fullmatch(path[-1][:80]) is not None
        around = replace(
            surroundings_of(Entry(path, text, siblings, "javascript"), self.context), is_sure=is_sure
        )
        named = classify(written, around, self.context)
        if named is None or is_placeholder(written) or (_is_field(path) and not self.looks_it(written)):
            return
        named = _hosted_by_owner(named, self.context)
        is_told = bool(siblings) and (around.provider != "" or "/" in written)
        if (
            is_sure
            or named.kind is Kind.HF_MODEL
            or is_told
            or (_is_selectable(path) and (_has_digit(written) or self.is_offered(written)))
        ):
            yield self.sighting(named, text)

    def looks_it(self, written: str) -> bool:
        """Whether a text looks like a model's name wherever it stands."""
        return _has_digit(written) or speaks_for_itself(written) or self.context.is_known_model(written)

    def is_offered(self, written: str) -> bool:
        """Whether a name without a digit is one that a service gives its models: `mistral-large-latest`."""
        return "-" in written and bool(self.context.providers_of_model(written))

    def sighting(self, named: Named, text: Text, role: Role = Role.DEPENDENCY) -> Sighting:
        """Make the sighting of a guessed name; a spelling that only the Hub has is no guess."""
        is_spelled = decode(text.value) is not None
        certainty = text.certainty if is_spelled else Certainty.GUESSED
        return Sighting(
            named.kind, named.name, named.revision, role, self.source.scope, certainty, ID, text.location,
            provider=named.provider, base_url=named.base_url,
        )  # fmt: skip


def _hosted_by_owner(named: Named, context: Context) -> Named:
    """Read `google/gemini-…` as the hosted model it is: its owner serves models of this very name."""
    owner, _, rest = named.name.partition("/")
    if named.kind is not Kind.HF_MODEL or context.is_known_model(named.name) or "b-" in f"{rest.lower()}-":
        return named
    services = [one for one in context.providers_of_model(rest) if one.split("-")[0] == owner.lower()]
    if len(services) != 1:
        return named
    return Named(Kind.API_MODEL, f"{services[0]}:{rest}", provider=services[0])


def _is_title(path: tuple[str, ...], siblings: tuple[tuple[str, str], ...]) -> bool:
    """Whether a `modelName` stands beside the `modelId` it is a title of, or a `name` beside an `id`."""
    key = _IDS.get(snake(path[-1]))
    return key is not None and any(snake(name) == key and not text.isdigit() for name, text in siblings)


def _is_selectable(path: tuple[str, ...]) -> bool:
    """Whether a text is the id of a member of a list of models, or itself one."""
    if _IDENTIFIES.fullmatch(path[-1]) is None:
        return False
    lists = [word[:80] for word in path[:-1] if word != "[]"][-2:]
    is_barred = any(is_output(word) or _BARRED.search(snake(word)) for word in lists)
    return not is_barred and any(_LIST_OF_MODELS.search(word) for word in lists)


def _is_field(path: tuple[str, ...]) -> bool:
    """Whether a text is an element's value (`<option value="…">`) that only its component speaks of."""
    return len(path) == 2 and path[-1] == "value"


def _is_path(text: str) -> bool:
    # `models/…` may be how Google's service writes a model's name.
    return is_local_path(text) and not text.startswith("models/")


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _is_echo(path: tuple[str, ...], written: str) -> bool:
    """Whether a text only says its own key once more (`setOllamaModel: "set-ollama-model"`)."""
    return not _has_digit(written) and snake(path[-1]) == snake(written)


_IDS = {"model_name": "model_id", "name": "id", "display_name": "id"}


def _texts_of(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    """The texts of an object by their keys; a key with several values is of several objects put together."""
    found: list[tuple[str, str]] = []
    for key, value in bundle.entries:
        first = value[0] if value else None
        if isinstance(first, Opaque) and key is not None and snake(key.value) in TELLING_KEYS:
            member = _MEMBER.fullmatch(first.expression)
            first = Text(member[1], first.location) if member is not None else None
        if key is not None and isinstance(first, Text) and len(first.value) <= 300:
            found.append((key.value, first.value))
            if len(found) >= MAX_SIBLINGS:
                break
    values = dict(found)
    mixed = {key for key, text in found if values[key] != text}
    return tuple(each for each in found if each[0] not in mixed)


def _speaks_of_models(path: tuple[str, ...]) -> bool:
    """Whether the last names on the way say that a model's name stands here."""
    words = [part for part in path if part != "[]"]
    if not words or _NOT_NAMES.search(words[-1]):
        return False
    if _NAMES_IT.fullmatch(words[-1][:80]):
        return True
    slot = path[-1]
    if _SLOT.fullmatch(slot) is not None and any(_MODEL.search(word) for word in words[-3:]):
        return True
    return hints_of(words[-1]) in (KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE)


DETECTOR = Detector(
    ID,
    (Assignment,),
    detect,
    (
        "A name of the Hub in a variable that speaks of no model is found only where the catalog knows it.",
        "A hosted model under a name that speaks of no model is found only by the call that uses it.",
    ),
    languages=tuple(sorted(LANGUAGES | _MARKUP)),
)
