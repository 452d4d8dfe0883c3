"""Names, fields and registries of JavaScript that hold a model, where no known call uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.javascript_facts import LANGUAGES
from scanner.discovery.names import decode, is_hub_id, is_local_path, is_placeholder
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Bundle, Text, Value, View
from scanner.records.sighting import Certainty, Kind, Role, Scope, Sighting

ID = "javascript-names"
_MARKUP = frozenset({"html", "vue", "svelte"})
MAX_PATH = 8
"""Objects within objects that are still looked through."""
_MODEL = re.compile(
    r"model|checkpoint|tokeni[sz]er|pretrained|(?:^|_)llms?(?:$|_)|embedder|reranker|hf_?repo|hub_?id",
    re.IGNORECASE,
)
_NAMES_IT = re.compile(
    r"(?:[a-z0-9]*[_-]?)*?(?:models?|checkpoints?|tokeni[sz]ers?)(?:[_-]?(?:ids?|names?|paths?|repos?|urls?|uris?|keys?))?",
    re.IGNORECASE,
)
_SLOT = re.compile(
    r"(?:id|name|value|key|repo|repository|path|slug|default|base|source|hf|primary|fallback|\[\])s?",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"label|title|description|icon|image|logo|avatar|href|link|license|author|route|image_?url|class",
    re.IGNORECASE,
)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Take texts of the shape of a Hub name where the name around them says that it is a model's."""
    if not isinstance(view, Assignment) or source.language not in (LANGUAGES | _MARKUP):
        return
    path = (view.owner, view.target) if view.owner and view.owner != view.target else (view.target,)
    yield from _walk(tuple(part for part in path if part), view.value, source, context)


def _walk(path: tuple[str, ...], value: Value, source: Source, context: Context) -> Iterator[Sighting]:
    if len(path) > MAX_PATH:
        return
    for one in value:
        if isinstance(one, Text):
            yield from _name(path, one, source, context)
        elif isinstance(one, Bundle):
            for key, inner in one.entries:
                if key is not None and "/" in key.value:
                    yield from _name((*path, "[]"), key, source, context)
                yield from _walk((*path, key.value if key is not None else "[]"), inner, source, context)


def _name(path: tuple[str, ...], text: Text, source: Source, context: Context) -> Iterator[Sighting]:
    written = text.value.strip()
    found = decode(written)
    if found is not None:
        if "://" in written and not written.lower().startswith(("hf", "huggingface:")):
            return  # an address is the business of links
        yield _sighting(found.kind, found.name, found.revision, text, source)
        return
    if not is_hub_id(written) or is_placeholder(written) or is_local_path(written):
        return
    if _speaks_of_models(path) and source.scope is not Scope.TEST:
        is_likely = source.language in _MARKUP
        yield _sighting(Kind.HF_MODEL, written, "none", text, source, is_likely=is_likely)
    elif context.is_known_model(written):
        yield _sighting(Kind.HF_MODEL, written, "none", text, source, is_likely=True)


def _speaks_of_models(path: tuple[str, ...]) -> bool:
    """Whether the last names on the way say that a model's name stands here."""
    words = [part for part in path if part != "[]"]
    if not words or _NOT_NAMES.search(words[-1]):
        return False
    if _NAMES_IT.fullmatch(words[-1][:80]):
        return True
    slot = path[-1]
    return _SLOT.fullmatch(slot) is not None and any(_MODEL.search(word) for word in words[-3:])


def _sighting(
    kind: Kind, name: str, revision: str, text: Text, source: Source, *, is_likely: bool = False
) -> Sighting:
    certainty = Certainty.GUESSED if is_likely else text.certainty
    role = Role.MENTION if is_likely and source.scope is Scope.TEST else Role.DEPENDENCY
    return Sighting(kind, name, revision, role, source.scope, certainty, ID, text.location)


DETECTOR = Detector(
    ID,
    (Assignment,),
    detect,
    (
        "A name of the Hub in a variable that speaks of no model is found only where the catalog knows it.",
        "Names of hosted models in variables are not reported: only the call that uses them says whose.",
    ),
)
