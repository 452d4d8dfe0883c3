"""String literals of languages without a reader of their own; every name is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.names import decode, is_hub_id, is_local_path, is_ollama_tag, is_placeholder
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Bundle, Text, View
from scanner.discovery.written_for import speaks_of_models
from scanner.patterns import regex
from scanner.records.sighting import Certainty, Kind, Role, Scope, Sighting

ID = "code-literals"
_NAMES_IT = regex(r"(?:^|[._])\w*?models?_?(?:id|name|repo)?$|checkpoint$", re.IGNORECASE)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Take literals that are names of the catalog, and those given to something that speaks of a model.

    A name of a hosted model counts where it is given to a model: its provider is the only one whose
    address stands in the file, else the only one with a model of this name.
    """
    if not isinstance(view, Assignment) or source.language != "code":
        return
    literals = [
        (name.value, text)
        for bundle in view.value
        if isinstance(bundle, Bundle)
        for name, value in bundle.entries
        if name is not None
        for text in value
        if isinstance(text, Text)
    ]
    address = _only_address(literals, context)
    speaks_of_ollama = any(
        "ollama" in text.value.lower() or "ollama" in name.lower() for name, text in literals
    )
    for name, text in literals:
        yield from _name(name, text, source, context, address, speaks_of_ollama=speaks_of_ollama)


def _name(
    name: str,
    text: Text,
    source: Source,
    context: Context,
    address: tuple[str, str] | None,
    *,
    speaks_of_ollama: bool,
) -> Iterator[Sighting]:
    written = text.value.strip()
    if not written or is_placeholder(written) or is_local_path(written):
        return
    if written.startswith(("http://", "https://")):
        return  # an address is the business of links
    found = decode(written)
    if found is not None:
        yield _sighting(found.kind, found.name, text, source, found.revision)
        return
    if is_hub_id(written):
        if context.is_known_model(written) or (speaks_of_models(name) and source.scope is not Scope.TEST):
            yield _sighting(Kind.HF_MODEL, written, text, source)
        return
    if not _NAMES_IT.search(name) or source.scope is Scope.TEST:
        return
    providers = context.providers_of_model(written)
    if address is not None and (providers or re.search(r"\d", written)) and _is_word(written):
        yield _sighting(Kind.API_MODEL, f"{address[0]}:{written}", text, source, "none", address)
    elif len(providers) == 1:
        yield _sighting(Kind.API_MODEL, f"{providers[0]}:{written}", text, source, "none", (providers[0], ""))
    elif speaks_of_ollama and is_ollama_tag(written) and re.search(r"\d", written):
        yield _sighting(Kind.OLLAMA, written, text, source)


def _only_address(literals: list[tuple[str, Text]], context: Context) -> tuple[str, str] | None:
    """The one hosted service whose address stands in the file, with that address."""
    found: dict[str, str] = {}
    for _, text in literals:
        if text.value.startswith(("https://", "http://")):
            provider = context.provider_of_host(text.value)
            if provider is not None and provider != "local":
                found.setdefault(provider, text.value)
    return next(iter(found.items())) if len(found) == 1 else None


def _is_word(text: str) -> bool:
    return len(text) <= 100 and not any(sign.isspace() for sign in text)


def _sighting(
    kind: Kind,
    name: str,
    text: Text,
    source: Source,
    revision: str = "none",
    service: tuple[str, str] | None = None,
) -> Sighting:
    return Sighting(
        kind,
        name,
        revision,
        Role.MENTION if source.scope is Scope.TEST else Role.DEPENDENCY,
        source.scope,
        Certainty.GUESSED,
        ID,
        text.location,
        provider=service[0] if service else None,
        base_url=(service[1] or None) if service else None,
    )


DETECTOR = Detector(
    ID,
    (Assignment,),
    detect,
    (
        "Names in variables, constants of other files and texts put together are not followed.",
        "Names of enumerations (`OpenAiChatModelName.GPT_4_O`) are not texts and are not seen.",
        "A hosted model whose name several services use is reported only beside the address of one.",
    ),
)
