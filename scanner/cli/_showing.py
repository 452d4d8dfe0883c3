"""What `lading show` looks up."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from scanner.cli._facts import knowledge_of
from scanner.errors import UsageError
from scanner.knowledge.store import Knowledge
from scanner.records.asset import Asset, Party, Unanswered
from scanner.records.encoding import Json, encode
from scanner.records.quick import dataclass
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.records.unknown import Unknown
from scanner.resolution.names import is_repository_name, repository_of
from scanner.settings import Settings

if TYPE_CHECKING:
    from scanner.knowledge.providers import HostMatch

SCHEMA = "lading.show/1"
MAX_MODELS = 1_000
"""Catalog rows of a publisher that are listed."""
HELP = (
    "write a Hub name (Qwen/Qwen3-8B), or dataset:NAME, ollama:NAME, modelscope:NAME, api:PROVIDER:MODEL,"
    " publisher:NAME, provider:HOST"
)

_PREFIXES = {"dataset": Kind.HF_DATASET, "ollama": Kind.OLLAMA, "modelscope": Kind.MODELSCOPE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a REF on the command line asks for."""

    kind: Kind | str
    """A kind of asset, or `"publisher"`, `"provider"`."""
    name: str
    revision: str = "none"


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found."""

    wanted: Wanted
    asset: Asset | None = None
    party: Party | Unknown | None = None
    host: HostMatch | None = None
    """Of a provider asked for by host: what the record says of that host."""
    hosts: tuple[str, ...] = ()
    """Of a provider, and of who serves a hosted model: the hosts on record."""
    models: tuple[str, ...] = ()
    """Of a publisher: names in the catalog."""
    places: tuple[Location, ...] = ()
    """Where the project names it."""
    unanswered: tuple[Unanswered, ...] = ()


def read_reference(text: str) -> Wanted:
    """Read a REF.

    Raises:
        UsageError: it is none; the message says which there are.
    """
    text = text.strip()
    prefix, colon, rest = text.partition(":")
    if colon and not rest.startswith("//"):
        if prefix in ("publisher", "provider") and rest:
            return Wanted(prefix, rest)
        if prefix == "api" and re.search(r".[:/].", rest):
            return Wanted(Kind.API_MODEL, rest)
        if prefix in _PREFIXES and rest:
            if _PREFIXES[prefix] is Kind.OLLAMA:
                return Wanted(Kind.OLLAMA, rest)
            name, _, revision = rest.partition("@")
            return Wanted(_PREFIXES[prefix], name, revision or "none")
    name, _, revision = text.partition("@")
    found = repository_of(text) if "://" in text else name if is_repository_name(name) else None
    if found is None:
        raise UsageError(f"{text!r} names nothing that can be shown\n  {HELP}")
    return Wanted(Kind.HF_MODEL, found, "none" if "://" in text else revision or "none")


def look_at(wanted: Wanted, settings: Settings, project: Path) -> Shown:
    """Find everything out about one thing."""
    knowledge = knowledge_of(project)
    if wanted.kind == "publisher":
        return _publisher(wanted, knowledge)
    if wanted.kind == "provider":
        return _provider(wanted, knowledge)
    return _asset(wanted, knowledge, settings, project)


def as_json(shown: Shown) -> str:
    """Write it as docs/schema/show-1.json describes it."""
    from scanner.reporting.escaping import json_text

    kind = shown.wanted.kind
    document: dict[str, Json] = {"schema": SCHEMA, "kind": kind.value if isinstance(kind, Kind) else kind}
    if shown.asset is not None:
        document["asset"] = encode(shown.asset)
        document["places"] = encode(shown.places)
        document["unanswered"] = encode(shown.unanswered)
    else:
        document[str(kind)] = encode(shown.party)
        if kind == "publisher":
            document["models"] = encode(shown.models)
        elif shown.host is not None:
            document["host"] = encode(shown.host)
        elif shown.hosts:
            document["hosts"] = encode(shown.hosts)
    return json_text(document)


def _publisher(wanted: Wanted, knowledge: Knowledge) -> Shown:
    from scanner.knowledge import publishers

    party = publishers.find(knowledge, wanted.name)
    name = party.name if isinstance(party, Party) and isinstance(party.name, str) else wanted.name
    start = f"{name}/".casefold()
    names = [key for key in knowledge.keys("catalog") if key.casefold().startswith(start)]
    return Shown(wanted, party=party, models=tuple(sorted(names)[:MAX_MODELS]))


def _provider(wanted: Wanted, knowledge: Knowledge) -> Shown:
    from scanner.knowledge import providers

    found = providers.by_id(knowledge, wanted.name)
    host = None if found else providers.by_host(knowledge, wanted.name)
    found = found or (providers.by_id(knowledge, host.id) if host else None)
    if found is None:
        return Shown(wanted, party=Unknown(f"no record says who answers at {wanted.name}"))
    hosts = () if host else providers.hosts_of(knowledge, found.id)
    return Shown(wanted, party=found.party, host=host, hosts=hosts)


def _asset(wanted: Wanted, knowledge: Knowledge, settings: Settings, project: Path) -> Shown:
    from scanner.knowledge import providers
    from scanner.resolution.lock import read_lock_file
    from scanner.resolution.resolve import resolve

    kind = wanted.kind if isinstance(wanted.kind, Kind) else Kind.OTHER
    name, provider = wanted.name, None
    if kind is Kind.API_MODEL:
        name, provider = _hosted_name(name, knowledge)
    asked = Sighting(
        kind=kind,
        name=name,
        revision=wanted.revision,
        role=Role.DEPENDENCY,
        scope=Scope.SHIPPED,
        certainty=Certainty.LITERAL,
        detector="command-line",
        location=Location("REF", 1, 1, 1, 1),
        provider=provider,
    )
    lock = read_lock_file(project)
    resolution = resolve((asked,), knowledge, settings, root=project, lock=lock)
    (asset,) = resolution.assets
    places = _places(kind, {wanted.name, asset.name}, knowledge, project)
    hosts = providers.hosts_of(knowledge, asked.provider) if isinstance(asked.provider, str) else ()
    return Shown(wanted, asset=asset, places=places, unanswered=resolution.unanswered, hosts=hosts)


def _hosted_name(name: str, knowledge: Knowledge) -> tuple[str, str]:
    """Name of a hosted model and its provider; a router's prefix (`bedrock/…`, `bedrock:…`) is followed."""
    from scanner.knowledge import providers

    first, sign, model = re.split(r"([:/])", name, maxsplit=1)
    found = providers.by_id(knowledge, first) if sign == ":" else None
    found = found or providers.by_prefix(knowledge, first)
    return (f"{found.id}:{model}", found.id) if found else (name, name.partition(":")[0])


def _places(kind: Kind, names: set[str], knowledge: Knowledge, project: Path) -> tuple[Location, ...]:
    """Where the project names it; only a folder that is a project is read for that."""
    if not any((project / mark).exists() for mark in (".git", "lading.yaml", "lading.lock")):
        return ()
    from scanner.discovery.discover import discover
    from scanner.project.walk import walk

    found = discover(walk(project), knowledge).sightings
    written = {each.name for each in found if each.kind is kind and each.role is Role.DEPENDENCY}
    same = {name for name in written if name in names or _present_name(knowledge, kind, name) in names}
    return tuple(
        sighting.location
        for sighting in found
        if sighting.kind is kind and sighting.name in same and sighting.role is Role.DEPENDENCY
    )


def _present_name(knowledge: Knowledge, kind: Kind, name: str) -> str:
    """The name a repository goes by now, as far as the catalog knows of a rename."""
    from scanner.knowledge import catalog

    row = catalog.look_up(knowledge, kind.value, name)
    return name if row is None else row.name
