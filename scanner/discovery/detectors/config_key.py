"""A setting whose key says that its value names a model."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.catalog_values import is_of_catalog
from scanner.discovery.classify import Named, Surroundings, classify, looks_like_ollama
from scanner.discovery.config_keys import (
    ENVIRONMENTS,
    KEY_ITSELF,
    KeyRole,
    is_member_of_models,
    is_of_resource,
    named_keys,
    role_of,
    role_of_variable,
    snake,
    stands_in_models,
)
from scanner.discovery.encoded_data import is_encoded
from scanner.discovery.names import (
    decode,
    find_hub_links,
    is_bare_id,
    is_hub_id,
    is_placeholder,
    speaks_for_itself,
    split_hub_url,
)
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.positions import cut
from scanner.discovery.published_names import is_published
from scanner.discovery.service_names import service_called
from scanner.discovery.setting_neighbours import (
    address_beside,
    address_from_outside,
    is_recorded_answer,
    region_beside,
    revision_beside,
    surroundings_of,
    trusts_code,
)
from scanner.discovery.source import Source
from scanner.discovery.views import Entry, Opaque, Text, View
from scanner.discovery.vocabulary import words
from scanner.discovery.weights import name_weights
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Certainty, HubSwitch, Kind, Role, Scope, Sighting, Unresolved
from scanner.records.unknown import Unknown

ID = "config-key"

MAX_PARTS = 1_000
"""Names of one value (`a/b,c/d`) that are looked at."""
_LISTED_PROVIDERS = {("providers", "id"), ("targets", "id")}
_VARIABLES = frozenset({"env", "shell", "dockerfile", "makefile"})
_SPACY = regex(r"[a-z]{2,3}_(?:core|dep|ent|sent)_[a-z_]+_(?:sm|md|lg|trf)")
_PICTURE = regex(
    r"\.(?:png|jpe?g|gif|svg|webp|ico|mp4|mp3|wav|pdf|html|md|txt|css|js)(?:[?#]|$)", re.IGNORECASE
)
_PINNED = regex(r"/commit/[0-9a-f]{40}$")
"""The end of an address that says which commit of a repository is meant."""
_NAMING = frozenset({KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE})
_WEAK = words(
    "base engine generator processor adapter adapters classifier draft hub encoder retriever summarizer"
    " ranker weights deployment judge chat completion"
)
"""Words of keys under which other things than models stand as often."""
_LOADED_BY_CARD = frozenset({("base_model",), ("preload_from_hub",)})
_DEPLOYMENT = "deployment name: the model behind it is not stated"
_STRONG_UNRESOLVED = regex(
    r"(?:.*_)?(?:model|model_id|model_name|model_name_or_path|base_model|model_path|repo_id|model_url|storage_uri)"
)


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved | HubSwitch]:
    """Find what a setting names."""
    if not isinstance(view, Entry) or view.format == "modelfile":
        return
    is_variable = view.format in _VARIABLES or _stands_in_environment(view.keys)
    role = role_of_variable(view.keys[-1]) if is_variable and view.keys else role_of(view.keys)
    if role is KeyRole.NEVER:
        if view.keys[-1] == "model_size" and isinstance(view.value, Text):
            yield from _guessed(view, view.value, source, context)  # Whisper's, and a repository as well
        return
    if _is_title(view) or is_published(view):
        return
    if isinstance(view.value, Opaque):
        if (arn := view.value.expression)[:4] == "arn:" and (named := classify(arn, Surroundings(), context)):
            yield _sighting(named, Text(arn, view.value.location), view, source, _of_arn(view))
        else:
            yield from _undecided(view, role, is_variable)
    elif isinstance(view.value, Text) and len(view.value.value) > 1:
        yield from _decided(view, view.value, role, source, context)


def _is_title(view: Entry) -> bool:
    """Whether a `name` stands beside the `model` it is a title of."""
    key = snake(view.keys[-1]) if view.keys else ""
    if key in {"name", "model_id", "identifier"} and any(_is_source(key, *pair) for pair in view.siblings):
        return True
    if key == "model_name" and isinstance(view.value, Text) and "/" not in view.value.value:
        return any(snake(name) == "model_id" for name, _ in view.siblings)
    if key not in {"name", "id", "key", "value"}:
        return False
    is_plain = isinstance(view.value, Text) and not set("/:") & set(view.value.value)
    if key == "name" and is_plain and any(snake(k) == "id" and not v.isdigit() for k, v in view.siblings):
        return True
    return any(snake(key) in {"model", "model_id", "model_name", "model_path"} for key, _ in view.siblings)


def _is_source(key: str, name: str, value: str) -> bool:
    """Whether a neighbour says what is loaded, so that `key` is the name it is served under.

    `provider_model_id` of Llama Stack, and the `uri` of what KServe serves.
    """
    if key == "name":
        return snake(name) in {"uri", "storage_uri", "model_uri"} and "://" in value
    return snake(name) == "provider_model_id"


def _stands_in_environment(keys: tuple[str, ...]) -> bool:
    return len(keys) > 1 and any(snake(key) in ENVIRONMENTS for key in keys[-3:-1])


def _undecided(view: Entry, role: KeyRole, is_variable: bool) -> Iterator[Unresolved]:
    value = view.value
    if not isinstance(value, Opaque) or not view.keys or view.format == "model-card" or view.is_looked_up:
        return
    key = named_keys(view.keys)[-1:]
    if role is KeyRole.MODEL and key and _STRONG_UNRESOLVED.fullmatch(key[0]) and not is_variable:
        place = value.location
        yield Unresolved(Kind.HF_MODEL, value.expression, place.file, place.line, place.column, value.reason)


def _decided(
    view: Entry, text: Text, role: KeyRole, source: Source, context: Context
) -> Iterator[Sighting | Unresolved]:
    value = text.value
    if (
        "://" in value
        or "hf.co/" in value
        or "huggingface.co/" in value
        or value.startswith(("huggingface:", "hf:"))
    ):
        yield from _addresses(view, text, role, source)
        return
    way = named_keys(view.keys)
    if way[-1:] == ("provider",) and ":" in value:
        role = KeyRole.MODEL_BY_SHAPE
    if role is KeyRole.OTHER or role is KeyRole.ADDRESS or is_recorded_answer(view):
        yield from _proven(view, text, source, context)
        return
    if way[-2:] in _LISTED_PROVIDERS and ":" not in value:
        return  # the name of a provider, or of the project's own for one
    if is_encoded(value):
        return  # an embedding, a picture: its pieces are no names
    if role is KeyRole.DATASET and any(sign in value for sign in "+,"):
        role = KeyRole.OTHER
    for part in _parts(text, source):
        if _SPACY.fullmatch(part.value):
            yield _sighting(Named(Kind.SPACY, part.value), part, view, source)
        elif named := _classified(part, view, role, context):
            hidden = address_from_outside(view)
            if hidden and named.kind is Kind.API_MODEL and named.provider != "azure-openai":
                # A provider's model name on an unknown host need not be that provider.
                model = named.name.partition(":")[2]
                unknown = Unknown(f"{hidden} is set at run time")
                named = replace(named, name=f"unknown:{model}", provider=unknown)
            yield _sighting(named, part, view, source)
            is_deployment = named.provider == "azure-openai" and not view.is_looked_up
            if is_deployment and not context.providers_of_model(part.value.split("/")[-1]):
                place = part.location
                yield Unresolved(
                    Kind.API_MODEL, part.value, place.file, place.line, place.column, _DEPLOYMENT
                )


def _classified(part: Text, view: Entry, role: KeyRole, context: Context) -> Named | None:
    around = surroundings_of(view, context)
    if role is KeyRole.DATASET:
        return classify(part.value, Surroundings(hub=around.hub, is_sure=False, is_dataset=True), context)
    is_sure = role is KeyRole.MODEL and view.format not in {"shell", "makefile"}
    named = classify(
        part.value,
        Surroundings(around.hub, around.provider, around.base_url, is_sure, is_router=around.is_router),
        context,
    )
    if named is None and _is_known_part(part.value, role, around, context):
        return Named(Kind.HF_MODEL, part.value)
    if named is None or is_sure:
        return named
    if is_hub_id(part.value):
        is_weak = bool(set(snake(view.keys[-1]).split("_")) & _WEAK) and role is not KeyRole.MODEL
        is_weak = is_weak or (is_member_of_models(view.keys) and snake(view.keys[-2]) == "models")
        is_weak = is_weak and not snake(view.keys[-1]).endswith("_name_or_path")
        is_likely = context.is_known_model(part.value) or speaks_for_itself(part.value)
        return named if is_likely or not is_weak or around.hub == "hf" else None
    # A weaker key needs a name that speaks for itself.
    if service_called(part.value, context):
        return None  # who serves, not what
    if named.kind is Kind.API_MODEL:
        is_deployment = named.provider == "azure-openai" and "deployment" in snake(view.keys[-1])
        model = named.name.partition(":")[2]
        if service_called(part.value.partition(":")[0], context) == named.provider:
            return named  # `openrouter:owner/name` says who serves it
        if view.keys[-1] == KEY_ITSELF and "/" not in part.value:
            return named if _is_served_there(view, named, around, context) else None
        return named if is_deployment or context.providers_of_model(model) else None
    if view.keys[-1] == KEY_ITSELF and not _VERSIONED.search(part.value):
        return None  # of the keys of a table, one that counts nothing may be the project's own word
    is_told = around.hub == "ollama" or part.value.lower().startswith("ollama:")
    if named.kind is Kind.OLLAMA and (is_told or looks_like_ollama(named.name)):
        return named
    return named if named.kind is Kind.OTHER or decode(part.value) else None


def _is_known_part(name: str, role: KeyRole, around: Surroundings, context: Context) -> bool:
    """Whether a weaker key holds a name without owner that is one of words in a row (`roberta-base`)."""
    is_open = around.hub in {"", "hf"} and not around.base_url and not around.provider
    is_shaped = role is KeyRole.MODEL_BY_SHAPE and is_open and "-" in name and is_bare_id(name)
    return is_shaped and context.is_known_model(name)


_VERSIONED = regex(r"[\d:]")


def _is_served_there(view: Entry, named: Named, around: Surroundings, context: Context) -> bool:
    """Whether the key of a table of models is a name of the service whose settings hold the table."""
    model = named.name.partition(":")[2]
    if not around.base_url and not around.provider:
        # Only the section's own name is left to say whose models these are.
        section = named_keys(view.keys)[-2:-1]
        return bool(section) and service_called(section[0], context) == named.provider
    return speaks_for_itself(model) or bool(context.providers_of_model(model))


_PRELOADED = regex(r"[\w.\-]{1,96}/[\w.\-]{1,96} [\w.\-/]{1,200}\.[A-Za-z0-9]{1,12}(?:[, ].{0,400})?")
_ONE_OF_MANY = regex(r"[^+,;\s]+")


def _parts(text: Text, source: Source) -> Iterator[Text]:
    """`model+lora` and `a/b,c/d` are two names; `a/b config.json,b.bin` is a name and its files."""
    if _PRELOADED.fullmatch(text.value):
        yield cut(text, 0, text.value.index(" "))
        return
    if not any(sign in text.value for sign in "+,;") or " " in text.value.replace(", ", ","):
        yield text
        return
    for count, found in enumerate(_ONE_OF_MANY.finditer(text.value)):
        if count >= MAX_PARTS:
            source.leave_rest(MAX_PARTS, "names in one value")
            return
        yield cut(text, found.start(), found.end())


def _of_arn(view: Entry) -> Role:
    """What an ARN under this key is: given to a model it is used; elsewhere it may be a permission."""
    return Role.DEPENDENCY if view.keys and "model" in snake(view.keys[-1]) else Role.MENTION


def _proven(view: Entry, text: Text, source: Source, context: Context) -> Iterator[Sighting]:
    """A value that proves itself wherever it stands: `huggingface://…`, `models--o--n`, an ARN."""
    if text.value.startswith("arn:") and (named := classify(text.value, Surroundings(), context)):
        yield _sighting(named, text, view, source, _of_arn(view))
        return
    is_parameter = is_of_resource(view.keys, view.format) and is_hub_id(text.value)
    if is_parameter and (context.is_known_model(text.value) or speaks_for_itself(text.value)):
        yield _sighting(Named(Kind.HF_MODEL, text.value), text, view, source)
        return
    is_of_spacy = view.keys[-1] in {"vectors", "source"} and view.format not in _VARIABLES
    if is_of_spacy and _SPACY.fullmatch(text.value):
        yield _sighting(Named(Kind.SPACY, text.value), text, view, source)
    if len(text.value) < 300 and (proven := decode(text.value)) and not is_placeholder(proven.name):
        is_scheme = ":" in text.value or "--" in text.value
        if is_scheme:
            yield _sighting(Named(proven.kind, proven.name, proven.revision), text, view, source)
        return
    if not is_recorded_answer(view):
        yield from _guessed(view, text, source, context)


def _guessed(view: Entry, text: Text, source: Source, context: Context) -> Iterator[Sighting]:
    """A model of the catalog under a key that does not say so (`translator: owner/name`)."""
    if is_of_catalog(view, text.value, context):
        role = Role.MENTION if source.scope is Scope.TEST else Role.DEPENDENCY
        found = _sighting(Named(Kind.HF_MODEL, text.value), text, view, source, role)
        yield replace(found, certainty=Certainty.GUESSED)


def _addresses(view: Entry, text: Text, role: KeyRole, source: Source) -> Iterator[Sighting]:
    value = text.value
    if len(value.split(maxsplit=1)) > 1:
        for at, link in find_hub_links(value):
            if (hub := split_hub_url(link)) and not _PICTURE.search(link) and not is_placeholder(hub.name):
                named = Named(hub.kind, hub.name, hub.revision)
                yield _sighting(named, cut(text, at, at + len(link)), view, source, Role.MENTION)
        return
    if _PICTURE.search(value):
        return
    hub = split_hub_url(value) or decode(value)
    if hub is None:
        weights = name_weights(value)
        if weights and (
            role in {KeyRole.ADDRESS, KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE} or view.format in _VARIABLES
        ):
            yield _sighting(weights, text, view, source)
        return
    if is_placeholder(hub.name):
        return
    is_scheme = not value.startswith("http") and not value.startswith(("www.", "huggingface.co/"))
    is_page = named_keys(view.keys)[-1:] == ("urls",) and view.keys[-1][:1] == "[" and not hub.is_file_address
    is_page = is_page or bool(_PAGES.intersection(named_keys(view.keys)[:-1]))
    is_source = role in {KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE, KeyRole.DATASET}
    is_source = is_source or view.keys[0].startswith("submodule ")
    is_source = is_source or (role is KeyRole.ADDRESS and named_keys(view.keys)[-1:] != ("url",))
    is_asked = "//api-inference.huggingface.co/" in value
    is_pinned = _PINNED.search(value) is not None and stands_in_models(view.keys)
    is_used = (is_scheme or hub.is_file_address or is_source or is_asked or is_pinned) and not is_page
    named = Named(hub.kind, hub.name, hub.revision)
    yield _sighting(named, text, view, source, Role.DEPENDENCY if is_used else Role.MENTION)


_PAGES = words("urls project_urls links")
"""Sections of addresses to look at (`[project.urls]`)."""


def _sighting(
    named: Named, text: Text, view: Entry, source: Source, role: Role = Role.DEPENDENCY
) -> Sighting:
    is_weights = named.kind in {Kind.HF_MODEL, Kind.MODELSCOPE, Kind.HF_DATASET}
    revision: str | Unknown = named.revision
    if is_weights and revision == "none":
        revision = revision_beside(view)
    if view.format == "model-card" and named_keys(view.keys)[:1] not in {
        ("base_model",),
        ("preload_from_hub",),
    }:
        role = Role.MENTION
    if view.is_looked_up or _is_base_in_catalog(view.keys):
        role = Role.MENTION
    is_hosted = named.kind is Kind.API_MODEL and view.format not in _VARIABLES
    certainty = Certainty.GUESSED if view.format in {"shell", "makefile"} else text.certainty
    return Sighting(
        kind=named.kind,
        name=named.name,
        revision=revision,
        role=role,
        scope=source.scope,
        certainty=certainty,
        detector=ID,
        location=text.location,
        provider=named.provider,
        base_url=named.base_url or (address_beside(view) if is_hosted else None),
        region=named.region or (region_beside(view) if is_hosted else None),
        remote_code=trusts_code(view) if is_weights else None,
        call=next((key for key in reversed(view.keys) if key[:1] not in "[{"), None),
    )


def _is_base_in_catalog(keys: tuple[str, ...]) -> bool:
    """Whether a name is one of a list of bases that a catalog of models tells of its member."""
    is_listed = len(keys) > 3 and keys[-1][:1] == "[" and keys[-3][:1] == "["
    return is_listed and snake(keys[-2]) in {"base_model", "base_models"} and stands_in_models(keys[:-2])


DETECTOR = Detector(
    id=ID,
    views=(Entry,),
    detect=detect,
    blind_spots=(
        "A key of the project's own counts only when it speaks of a model, or the catalog has its value.",
        "A name without an owner counts only where the catalog or a provider's patterns know it.",
        "Deployment names of hosted services do not say which model answers.",
    ),
)
