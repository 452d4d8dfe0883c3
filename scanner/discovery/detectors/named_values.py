"""Names in Python code that are bound to models where no recorded call shows their use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from scanner.discovery.address_reach import reaching
from scanner.discovery.classify import (
    Named,
    Surroundings,
    classify,
    is_open_weights,
    is_private_address,
    looks_like_ollama,
)
from scanner.discovery.code_names import hints_of, is_called_after, is_output, is_spacy, service_words
from scanner.discovery.config_keys import KeyRole, snake
from scanner.discovery.names import decode, is_hub_id, is_placeholder, split_hub_url
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.python_tellings import COUNTED, TOLD
from scanner.discovery.python_told import MODULE_ADDRESS
from scanner.discovery.python_values import KEY_OF_MADE
from scanner.discovery.service_tables import services_of
from scanner.discovery.setting_neighbours import is_recorded_answer, revision_beside, surroundings_of
from scanner.discovery.source import Source
from scanner.discovery.views import Assignment, Bundle, Call, Constant, Entry, Opaque, Text, Value, View
from scanner.discovery.vocabulary import any_of, words
from scanner.patterns import regex
from scanner.records.sighting import Certainty, Kind, Role, Scope, Sighting
from scanner.records.unknown import Unknown

ID = "named-values"

_ROUTERS = frozenset({"litellm", "smolagents", "crewai", "dspy", "instructor", "browser_use"})
_PLAUSIBLE = regex(r"[A-Za-z0-9@<{$][\w.\-/:@%+]{2,199}")
MAX_NESTING = 3
"""Lists within lists that are searched for names."""
MOSTLY = 0.5
"""Share of a list that must be names of hosted models, for its members to count as used."""


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting]:
    """Read constants, registries, defaults, fields, options and dictionary keys."""
    if not isinstance(view, Assignment) or source.language != "python":
        return
    role = hints_of(view.target)
    if role is KeyRole.NEVER or is_output(view.target) or _is_space(view, source):
        return
    if role is KeyRole.OTHER and _offers_names(view, source):
        role = KeyRole.MODEL_BY_SHAPE
    services = {} if role is KeyRole.DATASET else services_of(view.target, view.value, context)
    role = KeyRole.MODEL if services and role is KeyRole.OTHER else role
    if _is_table(view, role, source, context) or _is_constant(view, role, context):
        role = KeyRole.MODEL
    listed = _listed(view.value, source, context) if role is not KeyRole.OTHER else 1.0
    own = _own_namespaces(view, source, context) if role is KeyRole.DATASET else frozenset()
    registered = tuple(_registered(view, role, context))
    for text in (*_texts(view.value, source), *registered):
        if not _PLAUSIBLE.fullmatch(text.value) or (role is KeyRole.OTHER and "/" not in text.value):
            continue
        if text.value.partition("/")[0] in own or text.note == KEY_OF_MADE:
            continue
        if "://" in text.value and decode(text.value) is None:
            continue
        service = services.get(text.location, "")
        around = Surroundings(provider=service) if service else _around(view, text, role, context)
        if around is None:
            continue
        named = classify(_plain(text.value, context), around, context)
        if named is None or not (service or _counts(text, named.kind, role, view, context)):
            continue
        if named.kind is Kind.API_MODEL and view.how == "return" and not _is_offered(text, around, context):
            continue  # a function called after a model may return any word
        is_told = bool(around.base_url or service)  # an address says more than how many of a list are known
        if named.kind is Kind.API_MODEL and listed < MOSTLY and not is_told and text not in registered:
            continue
        yield Sighting(
            named.kind,
            named.name,
            _revision(named, view, text),
            Role.MENTION if _only_tells(view, named.kind, source) else Role.DEPENDENCY,
            source.scope,
            Certainty.GUESSED,
            ID,
            text.location,
            provider=named.provider,
            base_url=named.base_url,
            call=view.target,
        )
    for text in _texts(view.value, source):
        if is_spacy(text.value):
            yield Sighting(
                Kind.SPACY,
                text.value,
                "none",
                Role.DEPENDENCY,
                source.scope,
                Certainty.GUESSED,
                ID,
                text.location,
            )


_OF_MODELS = words("model models llm llms")


def _is_table(view: Assignment, role: KeyRole, source: Source, context: Context) -> bool:
    """Whether a table says which hosted model is for what: `LLM_BY_TASK = {"summarize": "gpt-4o"}`."""
    if role is not KeyRole.MODEL_BY_SHAPE or view.how == TOLD or _ABOUT.search(view.target):
        return False
    if _OF_MODELS.isdisjoint(snake(view.target).split("_")):
        return False
    keyed = [m for m in view.value if isinstance(m, Bundle) and any(key is not None for key, _ in m.entries)]
    return bool(keyed) and _listed(tuple(keyed), source, context) == 1.0


def _is_constant(view: Assignment, role: KeyRole, context: Context) -> bool:
    """Whether a constant is called after the one hosted model it holds: `GPT4 = "gpt-4-1106-preview"`."""
    if role is not KeyRole.OTHER or not view.target.isupper() or view.how not in ("variable", "field"):
        return False
    return len(view.value) == 1 and all(
        isinstance(each, Text)
        and is_called_after(view.target, each.value)
        and bool(context.providers_of_model(each.value))
        for each in view.value
    )


def _revision(named: Named, view: Assignment, text: Text) -> str | Unknown:
    """The revision a name says, or the one beside it in its dictionary."""
    if named.revision != "none" or named.kind not in (Kind.HF_MODEL, Kind.HF_DATASET):
        return named.revision
    return revision_beside(Entry((view.target,), text, view.siblings, "python"))


def _only_tells(view: Assignment, kind: Kind, source: Source) -> bool:
    """Whether a name bound so is only spoken of: in tests, examples and answers, for counting tokens."""
    return (
        source.scope is Scope.TEST
        or view.how == TOLD
        or (view.how == COUNTED and kind in (Kind.API_MODEL, Kind.OLLAMA))
    )


def _is_offered(text: Text, around: Surroundings, context: Context) -> bool:
    return bool(around.base_url) or bool(context.providers_of_model(text.value.rpartition("/")[2]))


_LISTED = regex(r"[A-Z][A-Z0-9_]*_(?:CHOICES|OPTIONS|LIST|NAMES|IDS)")
_HUB_WORDS = ("hugging", "diffusers", "transformers", "from_pretrained")
_REGIONS = words("africa america antarctica arctic asia atlantic australia europe indian pacific etc us")
"""Owners in names of time zones, which are listed for choice as well."""


def _offers_names(view: Assignment, source: Source) -> bool:
    """Whether a constant lists names of the Hub alone for choice, in a file that speaks of the Hub."""
    if not _LISTED.fullmatch(view.target):
        return False
    texts = [text.value for text in _texts(view.value, source)]
    if not texts or not all(is_hub_id(text) and not is_placeholder(text) for text in texts):
        return False
    if any(text.partition("/")[0].lower() in _REGIONS for text in texts):
        return False
    return any_of(_HUB_WORDS, source.text.lower())


_HUB_LIBRARIES = frozenset(
    {"datasets", "huggingface_hub", "transformers", "trl", "evaluate", "sentence_transformers", "modelscope"}
)
"""What loads datasets of the hubs; a file that imports one means those."""
NAMESPACE = 4
"""Members of a list under one prefix nobody knows, above which the prefix is the project's own (`vtab/…`)."""


def _own_namespaces(view: Assignment, source: Source, context: Context) -> frozenset[str]:
    """Prefixes under which a list has names of the project's own, where no library of the hubs is near."""
    texts = [text.value for text in _texts(view.value, source) if "/" in text.value]
    if len(texts) < NAMESPACE or _HUB_LIBRARIES & set(view.library_names):
        return frozenset()
    if any(context.is_known_model(text) for text in texts):
        return frozenset()
    count = Counter(text.partition("/")[0] for text in texts)
    return frozenset(owner for owner, times in count.items() if times >= NAMESPACE)


_ABOUT = regex(
    r"(?i)price|cost|limit|token|context|window|rate|size|dim|max|alias|label|display|title|desc|info|conflict"
)
"""Tables that tell something of models by their names; they use none of them."""


def _registered(view: Assignment, role: KeyRole, context: Context) -> Iterator[Text]:
    """Keys of a table of models that are names themselves (`SUPPORTED_MODELS = {"gpt-4o": "GPT-4o"}`)."""
    if role is not KeyRole.MODEL or view.how in ("key", TOLD) or _ABOUT.search(view.target):
        return
    for member in view.value:
        if not isinstance(member, Bundle) or len(member.entries) < 2:
            continue
        keys = [key for key, _ in member.entries if key is not None]
        is_told = any(isinstance(each, (Constant, Opaque)) for _, value in member.entries for each in value)
        known = [key for key in keys if context.providers_of_model(key.value)]
        if not is_told and len(known) > len(keys) * MOSTLY:
            yield from (key for key in known if not _is_alias(key.value, member, context))


def _is_alias(key: str, table: Bundle, context: Context) -> bool:
    """Whether the entry of a key names the model that the key is the project's own word for."""
    held = next((value for name, value in table.entries if name is not None and name.value == key), ())
    names = [name for name in _named_by(held) if name.lower() != key.lower()]
    return any(is_hub_id(name) or context.providers_of_model(name) for name in names)


def _named_by(held: Value) -> Iterator[str]:
    """Texts of an entry, and of the arguments for models where a call makes it (`Client(model="…")`)."""
    for each in held:
        if isinstance(each, Text):
            yield each.value
        elif isinstance(each, Call):
            named = [value for keyword, value in each.keywords if hints_of(keyword) is KeyRole.MODEL]
            for value in (*each.positional[:1], *named):
                yield from (member.value for member in value if isinstance(member, Text))


def _is_space(view: Assignment, source: Source) -> bool:
    """Whether a constant names a Space: its type says so (`HF_REPO_TYPE`), or Gradio's client is given it."""
    if "gradio_client" in source.text and re.search(rf"\bClient\(\s*{re.escape(view.target)}\b", source.text):
        return True
    stem, found, _ = view.target.upper().rpartition("REPO")
    of_type = rf"(?i)\b{re.escape(stem)}REPO_?TYPE\s*[:=]\s*[\"']space[\"']"
    return bool(found) and re.search(of_type, source.text) is not None


def _listed(value: Value, source: Source, context: Context) -> float:
    """Share of a list that hosted services offer: names of a comparison are of all kinds."""
    bundles = [member for member in value if isinstance(member, Bundle)]
    texts = [text.value for member in bundles for text in _texts((member,), source)]
    if not texts:
        return 1.0
    return sum(bool(context.providers_of_model(text.rsplit("/", 1)[-1])) for text in texts) / len(texts)


def _plain(text: str, context: Context) -> str:
    """Without the `models/` some services write before their names."""
    rest = text.removeprefix("models/")
    return rest if context.providers_of_model(rest) else text


def _texts(value: Value, source: Source, depth: int = 0) -> Iterator[Text]:
    """Texts of a value and of the lists in it; nested dictionaries have keys of their own."""
    for member in value:
        if isinstance(member, Text):
            yield member
        elif isinstance(member, Bundle) and depth >= MAX_NESTING:
            source.leave_out(f"lists nested deeper than {MAX_NESTING} levels were not read for names")
        elif isinstance(member, Bundle):
            for key, held in member.entries:
                if key is None or depth == 0:
                    yield from _texts(held, source, depth + 1)


def _around(view: Assignment, text: Text, role: KeyRole, context: Context) -> Surroundings | None:
    """What the place says: keys beside it, words of the class around it, libraries of the file."""
    entry = Entry((view.target,), text, reaching(view, text.value, context), "python")
    if view.siblings and is_recorded_answer(entry):
        return None
    around = surroundings_of(entry, context)
    is_router = around.is_router or bool(_ROUTERS & set(view.library_names))
    provider = around.provider
    if not provider and not around.hub and not around.base_url and not is_hub_id(text.value):
        told = " ".join(value for key, value in view.siblings if key in _CLASS_KEYS)
        provider = service_words(f"{told} {view.owner or ''}", context)
    elif not provider and not around.hub and not around.base_url and view.owner:
        word = service_words(view.owner, context)  # `class OpenRouterModels`: names of others, asked there
        service = context.provider_of_prefix(word) if word else None
        provider = word if service and not context.has_own_models(service) else ""
    if not provider and not around.hub and not around.base_url and role is KeyRole.MODEL:
        told = next((value for key, value in view.siblings if key == MODULE_ADDRESS), "")
        if told and _is_asked_at(told, text.value, view, context):
            return Surroundings(base_url=told, is_sure=True, is_router=is_router)
    return Surroundings(
        around.hub,
        provider,
        around.base_url,
        role is KeyRole.MODEL,
        role is KeyRole.DATASET,
        is_router,
    )


def _is_asked_at(address: str, name: str, view: Assignment, context: Context) -> bool:
    """Whether the one address of an API in a file is where a model is asked that nothing else places."""
    if _RUNNERS & set(view.library_names) or is_private_address(address) or split_hub_url(address):
        return False
    provider = context.provider_of_host(address)
    if provider == "local" or (provider is None and not _API_PATH.search(address)):
        return False
    services = () if is_open_weights(name) else context.providers_of_model(name)
    return provider in services if services else provider not in _FIRST_PARTIES


_FIRST_PARTIES = frozenset({"openai", "anthropic", "google-gemini"})
"""Services that offer models of their own alone, whose names say so."""
_API_PATH = regex(r"/(?:v\d{1,2}|openai|compatible-mode)(?:[/?]|$)")
_RUNNERS = _HUB_LIBRARIES | words("torch diffusers peft vllm sglang llama_cpp faster_whisper ollama")
"""What runs weights itself; in a file that imports one an address may be of anything."""
_CLASS_KEYS = frozenset(
    {"__type__", "_target_", "class", "class_name", "cls", "type", "provider", "llm_provider"}
)


def _counts(text: Text, kind: Kind, role: KeyRole, view: Assignment, context: Context) -> bool:
    """Whether place and spelling together are enough."""
    found = decode(text.value)
    if found is not None:
        return not text.value.startswith("http")
    if kind is Kind.API_MODEL:
        return role is KeyRole.MODEL or (role is KeyRole.MODEL_BY_SHAPE and view.how != "variable")
    if kind is Kind.OLLAMA:
        return role is KeyRole.MODEL or looks_like_ollama(text.value)
    if kind is Kind.HF_DATASET:
        return role is KeyRole.DATASET
    if role in (KeyRole.MODEL, KeyRole.MODEL_BY_SHAPE):
        return True
    if not is_hub_id(text.value):
        return False
    owner = text.value.partition("/")[0].lower()
    return context.is_known_model(text.value) or owner in {name.lower() for name in view.library_names}


DETECTOR = Detector(
    ID,
    (Assignment,),
    detect,
    (
        "A name without an owner is found only where key and catalog agree on it.",
        "Names bound in tests are mentions until a call loads them.",
    ),
    languages=("python",),
)
