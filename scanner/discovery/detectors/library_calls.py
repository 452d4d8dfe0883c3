"""Calls of Python libraries that load a model or a dataset, or ask a hosted one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.discovery.call_facts import (
    ALONE,
    AT_RUN_TIME,
    Service,
    at_set_address,
    first_open,
    loads_weights,
    meant_thing,
    region_of,
    remote_code_of,
    revision_of,
    service_of,
    text_of,
    texts_in,
    value_of,
    with_members,
)
from scanner.discovery.classify import hub_of_provider, is_open_weights
from scanner.discovery.names import is_hub_id, is_ollama_tag, split_variant
from scanner.discovery.naming import Named, join_pair, kind_of, read_name
from scanner.discovery.plugin import Context, Detector
from scanner.discovery.python_imports import find_module
from scanner.discovery.same_function import beside
from scanner.discovery.source import Source
from scanner.discovery.switches import is_modelscope_switch
from scanner.discovery.views import Call, Opaque, Text, Value, View
from scanner.knowledge.libraries import Argument, CallRecord, NamedThing
from scanner.patterns import regex
from scanner.records.quick import replace
from scanner.records.sighting import Certainty, Kind, Role, Sighting, Unresolved
from scanner.records.unknown import Unknown

ID = "library-calls"
_OLLAMA_PORT = ":11434"


def detect(view: View, source: Source, context: Context) -> Iterator[Sighting | Unresolved]:
    """Read the names a recorded call takes, with revision, remote code, address and provider."""
    if not isinstance(view, Call) or source.language != "python":
        return
    record = find_record(view, context)
    if record is None or not loads_weights(view, record) or _is_of_project(view, record, source):
        return
    if record.members:
        view = with_members(view, dict(record.members))
    for listed in record.things:
        thing = meant_thing(listed, view)
        stated = _stated(view, thing) if record.is_deployment else ()
        value = stated or value_of(view, thing.argument)
        found = list(_named(value, thing, view, record, source, context))
        yield from found
        if any(isinstance(each, Sighting) for each in found):
            continue
        opaque = first_open(value) or _answer_of_call(value, record, context)
        if opaque is not None and not any(text.value for text in texts_in(value)) and thing.is_required:
            yield _unresolved(_kind_of(thing), opaque)
        elif not value:
            yield from _implicit(thing, view, record, source, context)


def _stated(view: Call, thing: NamedThing) -> Value:
    """The model behind a deployment, where a call says both; empty where the deployment stands alone."""
    words = thing.argument.keywords
    value = value_of(view, Argument(None, tuple(word for word in words if word in _MODEL_WORDS)))
    others = tuple(word for word in words if word not in _MODEL_WORDS)
    is_told = any(isinstance(member, Text) for member in value)
    return value if is_told and value_of(view, Argument(thing.argument.position, others)) else ()


_MODEL_WORDS = frozenset({"model", "model_name"})


def _answer_of_call(value: Value, record: CallRecord, context: Context) -> Opaque | None:
    """A name another function gives; a trainer is given the model itself, not its name."""
    if record.pattern[-1].endswith("Trainer"):
        return None
    for member in value:
        if isinstance(member, Call) and not context.calls_of(member.name):
            return Opaque(f"{member.name.removeprefix('?.')}(…)", AT_RUN_TIME, member.location)
    return None


def _is_of_project(view: Call, record: CallRecord, source: Source) -> bool:
    """Whether the package a call is of is the project's own, called like a library."""
    if not record.has_common_name or source.neighbours is None:
        return False
    return find_module(source.file, view.name.partition(".")[0], source.neighbours) is not None


def find_record(view: Call, context: Context) -> CallRecord | None:
    """The most specific record of a call; one of an unknown object only where its library is imported."""
    for record in context.calls_of(view.name):
        if record.pattern[0] != "?" or not record.imported:
            return record
        if any(name in record.imported for name in view.library_names):
            return record
    return None


def _kind_of(thing: NamedThing) -> Kind:
    return Kind.API_MODEL if thing.kind == "router" else Kind(thing.kind)


def _named(
    value: Value,
    thing: NamedThing,
    view: Call,
    record: CallRecord,
    source: Source,
    context: Context,
) -> Iterator[Sighting | Unresolved]:
    for text in texts_in(value):
        written = text.value
        if thing.form == "pair" and isinstance(tag := text_of(view, record.task), str):
            written = join_pair(written, tag)
        named = read_name(written, thing, context)
        if named is None or (named.kind is Kind.API_MODEL and named.route is None):
            named = _routed(written, view, record, context) or named
        if named is None:
            continue
        if thing.form == "repository" and (kind := text_of(view, record.task)) != "model":
            if kind == "space":
                continue
            if kind == "dataset":
                named = replace(named, kind=Kind.HF_DATASET)
        if named.kind is Kind.API_MODEL:
            yield from _hosted(named, text, view, record, source, context)
        else:
            yield _weights(named, text, view, record, source, thing.revision)


def _routed(written: str, view: Call, record: CallRecord, context: Context) -> Named | None:
    """A name with the provider that another argument names (`model_provider="bedrock"`)."""
    chosen, thing = text_of(view, record.router), record.things[0]
    if not isinstance(chosen, str):
        return None
    routed = read_name(f"{chosen}{':' if thing.form == 'colon' else '/'}{written}", thing, context)
    is_told = routed is not None and (routed.kind is not Kind.API_MODEL or isinstance(routed.provider, str))
    return routed if is_told else None


def _weights(
    named: Named,
    text: Text,
    view: Call,
    record: CallRecord,
    source: Source,
    revised_by: Argument | None = None,
) -> Sighting:
    revision = revision_of(view, revised_by or record.revision)
    name = named.name
    if named.kind is Kind.TORCH_HUB and (entry := text_of(view, record.task)) and isinstance(entry, str):
        name = f"{name}:{entry}"
    kind = named.kind
    if kind is Kind.HF_MODEL and _takes_from_modelscope(view, record):
        kind = Kind.MODELSCOPE
    return Sighting(
        kind,
        name,
        named.revision if revision is None else revision,
        Role.DEPENDENCY,
        source.scope,
        text.certainty,
        ID,
        text.location,
        remote_code=remote_code_of(view, record) if named.runs_code is None else named.runs_code,
        library=record.library,
        call=view.name,
        task=_task(view, record),
    )


def _takes_from_modelscope(view: Call, record: CallRecord) -> bool:
    """Whether the program sets the variable that sends this library to the other hub."""
    return any(
        name.lower().startswith(f"{record.pattern[0]}_") and is_modelscope_switch(name, str(value.value))
        for name, value in view.environment
    )


def _task(view: Call, record: CallRecord) -> str | None:
    task = text_of(view, record.task)
    return task if isinstance(task, str) else None


def _hosted(
    named: Named, text: Text, view: Call, record: CallRecord, source: Source, context: Context
) -> Iterator[Sighting | Unresolved]:
    service = service_of(view, record, context, named.name, beside(text.location, source))
    if named.provider is not None and service.base_url is None:
        service = Service(named.provider)
    elif named.is_deployment and isinstance(service.base_url, Unknown):
        # `azure/…`: every customer has an address of its own there, which projects keep out of their code.
        service = Service(named.provider or service.provider, service.base_url)
    service = at_set_address(service, view, context)
    at = text.location
    if service.provider == "local":
        own = record.provider or context.provider_of_client(record.library, view.name)
        service = Service(own, service.base_url) if own in _RUN_BY_ONESELF else service
    if isinstance(service.base_url, str) and service.provider == "local":
        local = _served_here(named, text, view, record, source, service.base_url)
        reason = "a name on a server of one's own: the weights behind it are not stated"
        yield local or Unresolved(Kind.API_MODEL, named.name, at.file, at.line, at.column, reason)
        return
    provider = service.provider
    if service.opaque is not None:
        yield _unresolved(Kind.API_MODEL, service.opaque)
    if _is_out_of_place(named.name, text, service, context):
        reason = "open weights asked of a service that has its own: the address is set elsewhere"
        yield Unresolved(Kind.API_MODEL, named.name, at.file, at.line, at.column, reason)
        return
    if _is_anothers(named.name, text, service, context):
        return
    is_placed = not isinstance(service.base_url, Unknown) and is_open_weights(named.name)
    is_alias = isinstance(provider, Unknown) and not is_placed and not _names_a_model(named.name, context)
    if is_alias or hub_of_provider(named.name):  # `model="vllm"`: who serves, not what
        yield Unresolved(
            Kind.API_MODEL, named.name, at.file, at.line, at.column, "an alias of a server that is not known"
        )
        return
    known = "unknown" if isinstance(provider, Unknown) else provider
    name, version = split_variant(named.name) if provider == "replicate" else (named.name, "")
    yield Sighting(
        Kind.API_MODEL,
        f"{known}:{name}",
        version or "none",
        Role.DEPENDENCY,
        source.scope,
        text.certainty,
        ID,
        text.location,
        provider=provider,
        base_url=service.base_url,
        region=named.region or region_of(view, record, context),
        library=record.library,
        call=view.name,
        route=named.route,
    )
    is_deployment = record.is_deployment or named.is_deployment or provider == "azure-openai"
    if is_deployment and not any(member is text for member in _stated(view, record.things[0])):
        reason = "deployment name: the model behind it is not stated"
        yield Unresolved(Kind.API_MODEL, named.name, at.file, at.line, at.column, reason)


def _names_a_model(name: str, context: Context) -> bool:
    """Whether a name on an unknown server means a model (`gpt-4o-mini`), not an alias (`tgi`, `default`)."""
    return bool(context.providers_of_model(name)) or is_hub_id(name) or context.is_known_model(name)


_SIZE = regex(r"(?<![A-Za-z0-9])\d+(?:\.\d+)?b(?![A-Za-z0-9])", re.IGNORECASE)


def _is_out_of_place(name: str, text: Text, service: Service, context: Context) -> bool:
    """Whether a followed name tells its size (`vicuna-7b`) to a client left at a first party's address."""
    if service.base_url is not None or text.certainty is Certainty.LITERAL or "/" in name:
        return False
    return (
        service.provider in _OWN_NAMES and bool(_SIZE.search(name)) and not context.providers_of_model(name)
    )


def _is_anothers(name: str, text: Text, service: Service, context: Context) -> bool:
    """Whether a followed name is of a service whose models this client cannot ask (`ChatAnthropic`, gpt-4o).

    Where one setting holds the model of whichever client is chosen, each client takes its own.
    """
    if service.base_url is not None or text.certainty is Certainty.LITERAL:
        return False
    offering = context.providers_of_model(name)
    return service.provider in ALONE and bool(offering) and service.provider not in offering


_RUN_BY_ONESELF = frozenset({"nvidia-nim"})
"""Services one can run oneself: at an address of one's own their names stay theirs, not the Hub's."""
_OWN_NAMES = frozenset({"openai", "anthropic", "google-gemini"})
"""Services that offer only models of their own, whose names never tell a size in billions."""


def _served_here(
    named: Named, text: Text, view: Call, record: CallRecord, source: Source, url: str
) -> Sighting | None:
    """A server of one's own: weights by their Hub name, or an Ollama tag on Ollama's port."""
    kind = None
    if _OLLAMA_PORT in url and is_ollama_tag(named.name):
        kind = Kind.OLLAMA
    elif is_hub_id(named.name):
        kind = Kind.HF_MODEL
    if kind is None:
        return None
    return Sighting(
        kind,
        named.name,
        "none",
        Role.DEPENDENCY,
        source.scope,
        text.certainty,
        ID,
        text.location,
        base_url=url,
        library=record.library,
        call=view.name,
    )


def _implicit(
    thing: NamedThing, view: Call, record: CallRecord, source: Source, context: Context
) -> Iterator[Sighting | Unresolved]:
    """A call that names nothing takes what its library takes."""
    if (
        not record.defaults
        or view.is_begun
        or view.argument("**")
        or thing.argument != record.things[0].argument
    ):
        return
    task = _task(view, record)
    default = next(
        (each for held_for in (task, "") for each in record.defaults if each.task == held_for), None
    )
    if default is None or not default.name:
        if default is not None and not default.task:
            yield _unresolved(_kind_of(thing), Opaque(f"{view.name}()", _OWN_DEFAULT, view.location))
        return
    is_hosted = _kind_of(thing) is Kind.API_MODEL
    provider: str | Unknown | None = None
    base_url: str | Unknown | None = None
    name = default.name
    if is_hosted:
        service = at_set_address(service_of(view, record, context, name), view, context)
        provider, base_url = service.provider, service.base_url
        name = f"{'unknown' if isinstance(provider, Unknown) else provider}:{name}"
    yield Sighting(
        Kind.API_MODEL if is_hosted else kind_of(thing, name),
        name,
        default.revision or "none",
        Role.DEPENDENCY,
        source.scope,
        Certainty.IMPLICIT,
        ID,
        view.location,
        provider=provider,
        base_url=base_url,
        remote_code=remote_code_of(view, record),
        library=record.library,
        call=view.name,
        task=task,
    )


_OWN_DEFAULT = "the library's own default, which changes with its version"


def _unresolved(kind: Kind, opaque: Opaque) -> Unresolved:
    at = opaque.location
    return Unresolved(kind, opaque.expression, at.file, at.line, at.column, opaque.reason)


DETECTOR = Detector(
    ID,
    (Call,),
    detect,
    (
        "Names that another process hands over (a database, a web request) are listed as unresolved.",
        "Calls of libraries without a record are seen only by the words of their arguments.",
        "Values that depend on the order of execution are read as alternatives.",
    ),
    languages=("python",),
)
