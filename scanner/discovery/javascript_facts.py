"""What the arguments of a JavaScript call say: names, revision, address, provider."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.names import (
    HubName,
    decode,
    is_bare_id,
    is_hub_id,
    is_local_path,
    is_ollama_tag,
    is_placeholder,
    split_revision,
)
from scanner.discovery.plugin import Context
from scanner.discovery.views import Bundle, Call, Opaque, Text, Value
from scanner.knowledge.libraries import Argument, CallRecord, NamedThing
from scanner.patterns import regex
from scanner.records.quick import dataclass
from scanner.records.sighting import Certainty, Kind
from scanner.records.unknown import Unknown

LANGUAGES = frozenset({"javascript", "typescript", "tsx"})
ROOT = "javascript"
"""First segment of the patterns of JavaScript in the library records."""
OLLAMA_PORT = ":11434"
_VARIANT = regex(r"(-MLC)-(?:\d+k|b\d+)$")
_VARIABLE = regex(r"[A-Z][A-Z0-9_]{2,}")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the calls of a client go."""

    url: str | Unknown | None
    """None where the library's own default applies."""
    provider: str | Unknown
    opaque: Opaque | None = None
    """The expression, where it is decided at run time."""


def record_of(view: Call, context: Context) -> CallRecord | None:
    """Find the most specific record of a call."""
    found = (one for one in context.calls_of(f"{ROOT}.{view.name}") if one.pattern[0] == ROOT)
    return next(found, None)


def value_of(call: Call, argument: Argument | None) -> Value:
    """Take an argument by keyword (`configuration.baseURL` looks inside), else by position."""
    if argument is None:
        return ()
    for keyword in argument.keywords:
        outer, _, inner = keyword.partition(".")
        value = call.argument(outer)
        if inner:
            entries = (entry for one in value if isinstance(one, Bundle) for entry in one.entries)
            value = tuple(
                one for name, given in entries if name is not None and name.value == inner for one in given
            )
        if value:
            return value
    if argument.position is not None and argument.position < len(call.positional):
        return call.positional[argument.position]
    return ()


def texts_of(value: Value) -> Iterator[Text]:
    """Every text a value may be, lists of texts included."""
    for one in value:
        if isinstance(one, Text):
            yield one
        elif isinstance(one, Bundle):
            for name, inner in one.entries:
                if name is None:
                    yield from (part for part in inner if isinstance(part, Text))


def revision_of(call: Call, record: CallRecord) -> str | Unknown:
    """Revision a call asks for; `"none"` where it gives none."""
    value = value_of(call, record.revision)
    text = next(texts_of(value), None)
    if text is not None:
        return text.value or "none"
    opaque = next((one for one in value if isinstance(one, Opaque)), None)
    return Unknown(_why(opaque)) if opaque is not None else "none"


def hub_name(text: str, thing: NamedThing, context: Context) -> tuple[HubName, bool] | None:
    """Read a text where a repository of the Hub is expected; the flag says that it is only likely."""
    stripped = text.strip()
    if thing.form == "inference-address" and "inference" not in stripped.partition("/models/")[0]:
        return None
    if thing.form == "repository" and stripped.startswith(("datasets/", "spaces/")):
        kind, _, name = stripped.partition("/")
        if kind == "spaces" or not is_hub_id(name):
            return None
        return HubName(Kind.HF_DATASET, name), False
    found = decode(stripped)
    if found is not None:
        return found, False
    if is_local_path(stripped) or is_placeholder(stripped):
        return None
    name, revision = split_revision(stripped)
    if is_hub_id(name):
        return HubName(Kind.HF_MODEL, name, revision), False
    if thing.form == "id" or not is_bare_id(stripped):
        return None
    if thing.owner:
        # WebLLM's ids for a shorter context or a batch size stand for the same repository.
        name = _VARIANT.sub(r"\1", stripped) if thing.owner == "mlc-ai" else stripped
        return HubName(Kind.HF_MODEL, f"{thing.owner}/{name}"), False
    return (HubName(Kind.HF_MODEL, stripped), False) if context.is_known_model(stripped) else None


def address_of(call: Call, record: CallRecord, context: Context, model: str = "") -> Address:
    """Find out whose service a call speaks to: the address decides, then the library's own provider.

    Where code chooses between several clients it is the one whose models have names like this one.
    """
    offered = [_address(call, record, context)]
    for rival in call.rivals:
        known = record_of(rival, context)
        offered.extend([_address(rival, known, context)] if known is not None else [])
    if len({(one.provider, one.url) for one in offered}) == 1:
        return offered[0]
    alike = context.providers_of_model(model)
    fitting = {one.provider: one for one in offered if one.provider in alike}
    if len(fitting) == 1:
        return next(iter(fitting.values()))
    if len({one.provider for one in offered}) == 1:
        return Address(Unknown("several addresses, chosen at run time"), offered[0].provider)
    return Address(Unknown("one of several clients"), Unknown("one of several clients"))


def _address(call: Call, record: CallRecord, context: Context) -> Address:
    asked: Call | None = call
    value: Value = ()
    while asked is not None and not value:
        value = value_of(asked, record.base_url)
        asked = asked.receiver
    urls = [text.value for text in texts_of(value) if text.value]
    if urls:
        providers = {context.provider_of_host(url) for url in urls}
        provider = providers.pop() if len(providers) == 1 else None
        url: str | Unknown = urls[0] if len(urls) == 1 else Unknown("several addresses, chosen at run time")
        return Address(url, provider or Unknown(f"no record says who answers at {urls[0][:200]}"))
    opaque = next((one for one in value if isinstance(one, Opaque)), None)
    if opaque is not None:
        return Address(Unknown(_why(opaque)), Unknown(_why(opaque)), opaque)
    return Address(None, record.provider or Unknown("the call does not say which service it speaks to"))


def is_api_name(text: str) -> bool:
    """Whether a text can be the name of a hosted model."""
    return 1 < len(text) <= 200 and not any(sign.isspace() for sign in text) and not is_placeholder(text)


def is_tag(text: str) -> bool:
    """Whether a text can be an Ollama name."""
    return is_ollama_tag(text) and not is_placeholder(text)


def certainty_of(text: Text, *, is_likely: bool = False) -> Certainty:
    """How a name was read."""
    return Certainty.GUESSED if is_likely else text.certainty


def _why(opaque: Opaque) -> str:
    if opaque.reason == "environment":
        variable = _VARIABLE.search(opaque.expression)
        return f"{variable[0] if variable else opaque.expression} is set at run time"
    return f"{opaque.expression}: {opaque.reason}"
