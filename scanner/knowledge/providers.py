"""Providers: who serves a hosted model, on which host, in which region."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from scanner.knowledge import lists
from scanner.knowledge.fields import Fields
from scanner.knowledge.hosts import Address, host_matches, read_address
from scanner.knowledge.provider_outline import outline_of
from scanner.knowledge.store import Knowledge
from scanner.patterns import matches_glob, regex
from scanner.records.asset import Endpoint, Party
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

KIND = "providers"
Kept = TypeVar("Kept")
_COUNTRY = regex(r"[A-Z]{2}")
_WILDCARD = regex(r"[*?\[]")
LOCAL = "local"
"""Id of the provider that stands for what the organization runs itself."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A hosted service."""

    id: str
    party: Party
    """Who serves; its role is first-party, cloud, aggregator, proxy or local."""
    model_patterns: tuple[str, ...]
    prefixes: tuple[str, ...]
    """Router prefixes, each with its slash (`deepseek/`)."""
    environment: tuple[str, ...]
    """Environment variables its clients read."""
    packages: tuple[str, ...]
    classes: tuple[str, ...]
    note: str | None
    terms: str | Unknown
    """Key of the record of its terms of service."""


@dataclass(frozen=True, slots=True)
class HostMatch:
    """A host that a provider answers at."""

    id: str
    """Provider."""
    host: str
    pattern: str
    region: str | Unknown
    region_country: str | Unknown
    """ISO 3166-1 alpha-2 of the region, or `EU`."""
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ClientDefault:
    """The host a library's client speaks to when the project gives none; an environment can change it."""

    provider: str
    library: str
    version: str | Unknown
    """Version of the library it was read in."""
    host: str | Unknown
    region: str | Unknown
    region_country: str | Unknown
    evidence: str | Unknown
    """File and line of the library that says so."""
    confidence: Confidence


def by_id(knowledge: Knowledge, provider: str) -> Provider | None:
    """Find a provider by its id, letter case aside."""
    known: dict[str, Provider | None] = knowledge.memo.setdefault("provider", {})
    if provider not in known:
        known[provider] = _read(knowledge, provider)
    return known[provider]


def _read(knowledge: Knowledge, provider: str) -> Provider | None:
    keys = knowledge.resolve_alias(KIND, provider)
    body = knowledge.get(KIND, keys[0]) if len(keys) == 1 else None
    if body is None:
        return None
    fields = Fields(body, knowledge.source_of(KIND, keys[0]))
    note = fields.text("note")
    return Provider(
        keys[0],
        _party(knowledge, keys[0], fields),
        fields.texts("model_patterns"),
        fields.texts("prefixes"),
        fields.texts("env_vars"),
        fields.texts("packages"),
        fields.texts("classes"),
        note if isinstance(note, str) else None,
        fields.text("terms") if "terms" in body else Unknown("text not read"),
    )


def by_host(knowledge: Knowledge, url: str) -> HostMatch | None:
    """Find who answers at an address (with or without scheme, port and path).

    Hosts match label by label, so that `api.openai.com.example.org` and `api.minimaxi.com` are not
    mistaken for what they look like. Names that only a private network can answer (no dot, `.local`,
    `.internal`, private addresses) belong to the provider `local`, unverified: what stands behind them
    is not visible. None where no record knows the host.
    """
    address = read_address(url)
    if address is None:
        return None
    found = [
        (len(pattern.replace("*", "")), provider, pattern, host)
        for provider, pattern, host in _hosts(knowledge)
        if host_matches(pattern, address)
    ]
    if found:
        _, provider, pattern, host = max(found, key=lambda match: (match[0], match[1]))
        return _host_match(provider, pattern, _member(knowledge, provider, "hosts", host), address)
    if address.is_private:
        unseen = Unknown("the name belongs to a private network; what answers there is not visible")
        return HostMatch(LOCAL, address.host, "(private)", unseen, unseen, Confidence.UNVERIFIED)
    return None


def by_prefix(knowledge: Knowledge, prefix: str) -> Provider | None:
    """Find the provider behind a router prefix (`deepseek/`, `bedrock`, or `dashscope/qwen-max` whole)."""
    wanted = prefix.split("/", 1)[0].casefold() + "/"
    ids = sorted(
        key for key, fields in _all(knowledge) if wanted in map(str.casefold, fields.texts("prefixes"))
    )
    return by_id(knowledge, ids[0]) if len(ids) == 1 else None


def by_model(knowledge: Knowledge, model: str) -> tuple[Provider, ...]:
    """Find the providers whose own names for models fit; the ones that fit most closely, by id.

    Letter case counts as the provider writes it. Several providers are several possibilities: a name does
    not say who serves it.
    """
    fits = {
        key: max(len(pattern) for pattern in patterns)
        for key, known in _model_patterns(knowledge)
        if (patterns := [p for p in known if _fits(model, p)])
    }
    best = max(fits.values(), default=0)
    found = (by_id(knowledge, key) for key in sorted(fits) if fits[key] == best)
    return tuple(provider for provider in found if provider is not None)


def client_default(
    knowledge: Knowledge, library: str, call: str, model: str = "", provider: str | None = None
) -> ClientDefault | None:
    """Find where a library's client goes when the project gives no address.

    `library` is a package (`langchain-community`), `call` the class or function as the code writes it
    (`ChatTongyi`, `litellm.embedding`), `model` the name passed, whose router prefix may decide; where the
    prefix was taken off, `provider` says who it stood for. The module a call starts with is a package as
    well (`langchain` for a family, `langchain_groq.ChatGroq` for one of it). The closest record wins; of a
    client of several services, where nothing says which, nothing is known.
    """
    wanted = _package(library)
    named = {wanted, _package(call.partition(".")[0])}
    family = {wanted[:at] for at, sign in enumerate(wanted) if sign == "-"}
    found = []
    for key, packages, default, number in _client_defaults(knowledge):
        if packages.isdisjoint(named) and packages.isdisjoint(family):
            continue
        if provider not in (None, key) or not _prefix_fits(default, model, provider):
            continue
        if fits := _fit_of_call(default, call):
            prefix = default.text("prefix")
            closeness = len(prefix) if isinstance(prefix, str) else 0
            found.append(((bool(named & packages), fits, closeness), key, number))
    best = max((match[0] for match in found), default=None)
    closest = [(key, number) for fit, key, number in found if fit == best]
    if len({key for key, _ in closest}) != 1:
        return None
    key, number = closest[0]
    default = _member(knowledge, key, "client_defaults", number)
    return ClientDefault(
        key,
        library,
        default.text("version"),
        default.text("host"),
        default.text("region"),
        default.text("region_country"),
        default.text("evidence"),
        default.confidence(),
    )


def fixed_start(pattern: str) -> str:
    """What every text that fits a pattern begins with."""
    found = _WILDCARD.search(pattern)
    return pattern[: found.start()] if found else pattern


def _fits(text: str, pattern: str) -> bool:
    return matches_glob(text, pattern)


def _package(name: str) -> str:
    """A package or module as packages are compared."""
    return name.replace("_", "-").casefold()


def _prefix_fits(default: Fields, model: str, provider: str | None) -> bool:
    """Whether a router prefix the record wants stands before the model, or was taken off by whoever asks."""
    prefix = default.text("prefix")
    if not isinstance(prefix, str) or model.casefold().startswith(prefix.casefold()):
        return True
    return provider is not None and "/" not in model


def _fit_of_call(default: Fields, call: str) -> int:
    """How closely a record's patterns fit a call; 0 where they do not, or it excepts the call."""
    if any(_fits(part, p) for p in default.texts("except") for part in call.split(".")):
        return 0
    parts = (call, *call.split("."))
    return max((len(p) for p in default.texts("calls") if any(_fits(part, p) for part in parts)), default=0)


def country_of_region(knowledge: Knowledge, endpoint: Endpoint) -> str | Unknown:
    """Country of an endpoint's region, or `EU`: as recorded of the host, or because the region is one."""
    region = endpoint.region
    if isinstance(region, str) and _COUNTRY.fullmatch(region):
        return region
    if isinstance(region, str) and (known := knowledge.get("regions", region)):
        return Fields(known, "regions").text("country")
    match = by_host(knowledge, endpoint.host) if isinstance(endpoint.host, str) else None
    if match is None or (isinstance(region, str) and region != match.region):
        return Unknown("no record says where the region is")
    return match.region_country


def _party(knowledge: Knowledge, key: str, fields: Fields) -> Party:
    party = Party(
        name=key,
        entity=fields.text("entity"),
        parent=fields.text("parent"),
        country=fields.text("country"),
        parent_country=fields.text("parent_country"),
        kind=fields.text("kind"),
        role=fields.text("role"),
        lists=(),
        confidence=fields.confidence(),
        source=fields.text("source"),
        as_of=fields.text("as_of"),
    )
    return lists.with_entries(knowledge, party, f"{KIND}:{key}", fields.texts("names"), fields.confidence())


def regional_host(knowledge: Knowledge, provider: str, region: str) -> HostMatch | None:
    """The host of a service for a region the project asks for.

    None where no record draws one, or where the service's first host has no region in it: then its
    clients do not choose the host by region. A pattern that ends in the country the region begins with
    (`cn-north-1`: `….com.cn`) is for that region.
    """
    hosts = [(pattern, host) for key, pattern, host in _hosts(knowledge) if key == provider]
    if not hosts or "{region}" not in hosts[0][0]:
        return None
    drawn = [
        (pattern, host) for pattern, host in hosts if pattern.count("{") == pattern.count("{region}") == 1
    ]
    country = region.partition("-")[0]
    pattern, number = next((each for each in drawn if each[0].endswith(f".{country}")), drawn[0])
    host = _member(knowledge, provider, "hosts", number)
    filled = pattern.replace("{region}", region)
    return HostMatch(provider, filled, pattern, region, host.text("region_country"), host.confidence())


def hosts_of(knowledge: Knowledge, provider: str) -> tuple[str, ...]:
    """The hosts a provider is recorded to answer at, as patterns."""
    return tuple(pattern for key, pattern, _ in _hosts(knowledge) if key == provider)


def _host_match(provider: str, pattern: str, host: Fields, address: Address) -> HostMatch:
    region = host.text("region")
    if isinstance(region, Unknown) and "{region}" in pattern:
        named = re.escape(pattern).replace(r"\{region\}", r"(?P<region>[^.]+)")
        named = re.sub(r"\\\{\w+\\\}|\\\*", r"[^/]*", named)
        if found := re.match(named, f"{address.host}{address.path}"):
            region = found["region"]
    return HostMatch(provider, address.host, pattern, region, host.text("region_country"), host.confidence())


def model_paths(knowledge: Knowledge, provider: str) -> tuple[str, ...]:
    """Templates of the paths in which a provider's addresses name a model (`*/models/{model}:*`)."""
    body = outlines(knowledge).get(provider)
    return Fields(body, knowledge.source_of(KIND, provider)).texts("model_paths") if body else ()


def outlines(knowledge: Knowledge) -> dict[str, dict[str, Any]]:
    """Prefixes, patterns, hosts and libraries of every provider by its id: what one is found by."""
    return _kept(
        knowledge, "provider_outlines", lambda: knowledge.outline(KIND) or outline_of(knowledge.all(KIND))
    )


def _member(knowledge: Knowledge, provider: str, field: str, number: int) -> Fields:
    """A host or default that its outline led to, whole."""
    body = knowledge.get(KIND, provider) or {}
    return Fields(body, knowledge.source_of(KIND, provider)).members(field)[number]


def _kept(knowledge: Knowledge, name: str, make: Callable[[], Kept]) -> Kept:
    """What was made of all providers, made once."""
    if name not in knowledge.memo:
        knowledge.memo[name] = make()
    found: Kept = knowledge.memo[name]
    return found


def _all(knowledge: Knowledge) -> tuple[tuple[str, Fields], ...]:
    return _kept(
        knowledge,
        "providers",
        lambda: tuple(
            (key, Fields(body, knowledge.source_of(KIND, key))) for key, body in outlines(knowledge).items()
        ),
    )


def _model_patterns(knowledge: Knowledge) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Patterns of the model names of every provider that has some."""
    return _kept(
        knowledge,
        "model_patterns",
        lambda: tuple((key, fields.texts("model_patterns")) for key, fields in _all(knowledge)),
    )


def _hosts(knowledge: Knowledge) -> tuple[tuple[str, str, int], ...]:
    """Provider, pattern and number of every host."""
    return _kept(
        knowledge,
        "hosts",
        lambda: tuple(
            (key, _pattern_of(host), number)
            for key, fields in _all(knowledge)
            for number, host in enumerate(fields.members("hosts"))
        ),
    )


def _pattern_of(host: Fields) -> str:
    pattern = host.text("pattern")
    if not isinstance(pattern, str):
        raise host.broken("pattern", "a host, with * or {region} for a label")
    return pattern


def _client_defaults(knowledge: Knowledge) -> tuple[tuple[str, frozenset[str], Fields, int], ...]:
    """Provider, packages, outline and number of every default."""
    return _kept(
        knowledge,
        "client_defaults",
        lambda: tuple(
            (key, frozenset(map(_package, default.texts("library"))), default, number)
            for key, fields in _all(knowledge)
            for number, default in enumerate(fields.members("client_defaults"))
        ),
    )
