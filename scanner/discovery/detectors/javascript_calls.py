"""Library calls of JavaScript and TypeScript that load a model or ask a hosted one."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.discovery.classify import Named, Surroundings, classify
from scanner.discovery.javascript_facts import (
    LANGUAGES,
    OLLAMA_PORT,
    Address,
    address_of,
    certainty_of,
    hub_name,
    is_api_name,
    is_tag,
    record_of,
    revision_of,
    texts_of,
    value_of,
)
from scanner.discovery.names import decode, is_hub_id
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.service_names import service_called
from scanner.discovery.source import Source
from scanner.discovery.views import Call, Opaque, Text, View
from scanner.knowledge.libraries import CallRecord, NamedThing
from scanner.records.sighting import Certainty, Kind, Role, Scope, Sighting, Unresolved
from scanner.records.unknown import Unknown

ID = "javascript-calls"
_SCHEMES = ("hf:", "hf://", "huggingface:", "hf-hub:")
_SELDOM_NAMES = frozenset({"function", "nested too deeply"})


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved]:
    """Read the names a recorded call gives, with revision, address and provider."""
    if not isinstance(view, Call) or source.language not in LANGUAGES:
        return
    record = record_of(view, context)
    if record is None:
        yield from _spelled(view, source, context)
        return
    for thing in record.things:
        value = value_of(view, thing.argument)
        found = [one for text in texts_of(value) for one in _name(text, thing, view, record, source, context)]
        yield from found
        opaque = next((one for one in value if isinstance(one, Opaque)), None)
        if not found and opaque is not None and _is_certain(record) and opaque.reason not in _SELDOM_NAMES:
            at = opaque.location
            kind = _kind_of(thing)
            yield Unresolved(kind, opaque.expression, at.file, at.line, at.column, opaque.reason)
        if not value:
            yield from _default(thing, view, record, source, context)


def _spelled(view: Call, source: Source, context: Context) -> Iterator[Sighting]:
    """Names given to a call nobody knows in a spelling that is nothing else: `hf:o/n`, `openai:gpt-4o`."""
    for value in view.positional[:2]:
        for text in value:
            named = _named_by_itself(text.value, context) if isinstance(text, Text) else None
            if named is None or (source.scope is Scope.TEST and named.kind is Kind.API_MODEL):
                continue
            yield Sighting(
                named.kind, named.name, named.revision, Role.DEPENDENCY, source.scope, Certainty.GUESSED, ID,
                text.location, provider=named.provider, call=".".join(view.name.split(".")[-2:]),
            )  # fmt: skip


def _named_by_itself(text: str, context: Context) -> Named | None:
    if text.startswith(_SCHEMES):
        hub = decode(text)
        return Named(hub.kind, hub.name, hub.revision) if hub is not None else None
    service, colon, model = text.partition(":")
    if not colon or service_called(service, context) not in context.providers_of_model(model):
        return None
    return classify(text, Surroundings(), context)


def _name(
    text: Text, thing: NamedThing, view: Call, record: CallRecord, source: Source, context: Context
) -> Iterator[Sighting | Unresolved]:
    kind = _kind_of(thing)
    if kind is Kind.OLLAMA:
        if is_tag(text.value):
            yield _sighting(kind, text.value, text, view, record, source)
        return
    if kind is Kind.API_MODEL:
        yield from _hosted(text, thing, view, record, source, context)
        return
    found = hub_name(text.value, thing, context)
    if found is None:
        return
    hub, is_likely = found
    revision = revision_of(view, record)
    if hub.revision != "none" and revision == "none":
        revision = hub.revision
    yield _sighting(
        hub.kind, hub.name, text, view, record, source,
        revision=revision, certainty=certainty_of(text, is_likely=is_likely),
    )  # fmt: skip


def _hosted(
    text: Text, thing: NamedThing, view: Call, record: CallRecord, source: Source, context: Context
) -> Iterator[Sighting | Unresolved]:
    name = text.value.strip()
    if not is_api_name(name) or (thing.form == "workers-ai" and not name.startswith(("@cf/", "@hf/"))):
        return
    hub = decode(name)
    if hub is not None and "/" in hub.name and "://" in name:
        yield _sighting(hub.kind, hub.name, text, view, record, source, revision=hub.revision)
        return
    address = address_of(view, record, context, name)
    provider, revision = address.provider, "none"
    sign = ":" if thing.form == "colon" else "/" if thing.form == "router" and not record.provider else ""
    if sign:
        before, _, after = name.partition(sign)
        asked = service_called(before, context)
        known = context.providers_of_model(name)
        if before == "ollama" and is_tag(after):
            yield _sighting(Kind.OLLAMA, after, text, view, record, source)
            return
        if after and asked:
            provider, name = asked, after
        elif len(known) == 1:
            provider = known[0]
    elif provider == "replicate" and ":" in name:
        name, _, revision = name.partition(":")
    local = _served_here(name, address, context)
    if local is not None:
        yield _sighting(local, name, text, view, record, source, base_url=address.url)
        return
    if record.is_deployment:
        at = text.location
        reason = "deployment name: the model behind it is not stated"
        yield Unresolved(Kind.API_MODEL, text.value, at.file, at.line, at.column, reason)
    if address.opaque is not None:
        at = address.opaque.location
        yield Unresolved(
            Kind.API_MODEL, address.opaque.expression, at.file, at.line, at.column, address.opaque.reason
        )
        if name.isalpha() and not context.providers_of_model(name):
            return  # a plain word is what that server calls a model of its own
    shown = provider if isinstance(provider, str) else "unknown"
    yield _sighting(
        Kind.API_MODEL, f"{shown}:{name}", text, view, record, source,
        revision=revision, provider=provider, base_url=address.url,
    )  # fmt: skip


def _served_here(name: str, address: Address, context: Context) -> Kind | None:
    """What a server of one's own answers with: an Ollama tag on Ollama's port, else weights of the Hub."""
    if address.provider != "local" or not isinstance(address.url, str):
        return None
    if OLLAMA_PORT in address.url and is_tag(name):
        return Kind.OLLAMA
    return Kind.HF_MODEL if is_hub_id(name) else None


def _default(
    thing: NamedThing, view: Call, record: CallRecord, source: Source, context: Context
) -> Iterator[Sighting | Unresolved]:
    """The model a library takes when the call names none."""
    given = view.positional[0] if view.positional else ()
    if not record.defaults or (record.task is None and any(isinstance(each, Opaque) for each in given)):
        return  # what is given at run time may name one
    task_value = value_of(view, record.task)
    task = next((one.value for one in texts_of(task_value)), "")
    chosen = next((one for one in record.defaults if one.task in ("", task)), None)
    at = view.location
    kind = _kind_of(thing)
    if chosen is None or not chosen.name:
        if task or record.task is None:
            expression = f"{view.name.rpartition('.')[2]}({task!r})" if task else view.name
            yield Unresolved(kind, expression, at.file, at.line, at.column, "the library's own default")
        return
    text = Text(chosen.name, at, Certainty.IMPLICIT)
    yield from _name(text, thing, view, record, source, context)


def _sighting(
    kind: Kind,
    name: str,
    text: Text,
    view: Call,
    record: CallRecord,
    source: Source,
    *,
    revision: str | Unknown = "none",
    certainty: Certainty | None = None,
    provider: str | Unknown | None = None,
    base_url: str | Unknown | None = None,
) -> Sighting:
    task = next((one.value for one in texts_of(value_of(view, record.task))), None)
    return Sighting(
        kind=kind,
        name=name,
        revision=revision,
        role=Role.DEPENDENCY,
        scope=source.scope,
        certainty=certainty or text.certainty,
        detector=ID,
        location=text.location,
        provider=provider,
        base_url=base_url,
        region=next((one.value for one in texts_of(value_of(view, record.region))), None),
        library=record.library,
        call=".".join(view.name.split(".")[-2:]),
        task=task,
    )


def _is_certain(record: CallRecord) -> bool:
    return "**" not in record.pattern[:2] and record.pattern[-1] != "fetch"


def _kind_of(thing: NamedThing) -> Kind:
    return Kind(thing.kind)


DETECTOR = Detector(
    ID,
    (Call,),
    detect,
    (
        "A name that travels through a function of another file, a store or a message is not followed.",
        "A client handed over as a parameter is not recognized as the client it is.",
        "What an expression does to a text (replace, split, lower case) is not computed.",
    ),
    languages=tuple(sorted(LANGUAGES)),
)
