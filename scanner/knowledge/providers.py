"""Providers: who serves a hosted model, on which host, in which region."""

from __future__ import annotations

import re

from scanner.knowledge import lists, publishers
from scanner.knowledge.families import developer_of_family
from scanner.knowledge.fields import Fields
from scanner.knowledge.hosts import Address, host_matches, read_address
from scanner.knowledge.store import Knowledge
from scanner.patterns import matches_glob, regex
from scanner.records.asset import Endpoint, Party
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown

KIND = "providers"
_COUNTRY = regex(r"[A-Z]{2}")
_VENDOR = regex(r"(?:(?:us|eu|apac|global|jp|au|ca|us-gov)\.)?([a-z0-9]+)\.[a-z]")
"""The vendor label of a cloud's model name, behind the scope of a cross-region profile."""
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
        return _host_match(provider, pattern, host, address)
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
    for key, packages, default in _client_defaults(knowledge):
        if packages.isdisjoint(named) and packages.isdisjoint(family):
            continue
        if provider not in (None, key) or not _prefix_fits(default, model, provider):
            continue
        if fits := _fit_of_call(default, call):
            found.append(((bool(named & packages), fits, len(str(default.text("prefix")))), key, default))
    best = max((match[0] for match in found), default=None)
    closest = [(key, default) for fit, key, default in found if fit == best]
    if len({key for key, _ in closest}) != 1:
        return None
    key, default = closest[0]
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


def developer_of(knowledge: Knowledge, provider: str, model: str) -> Party | Unknown:
    """Find who developed a hosted model, which need not be who serves it.

    Read from the name alone: a namespace (`deepseek-ai/DeepSeek-R1`), the vendor label of a cloud
    (`deepseek.r1-v1:0`, `us.anthropic.…`), or the naming patterns of the developers' own services.
    """
    parts = model.split("/")
    for owner in parts[-2:-1]:
        if party := _vendor(knowledge, owner):
            return party
    name = parts[-1]
    label = _VENDOR.match(name)
    if label and (party := _vendor(knowledge, label.group(1))):
        return party
    makers = [maker for maker in by_model(knowledge, name) if maker.party.role == "first-party"]
    if own := [maker for maker in makers if maker.id == provider]:
        makers = own
    if len(makers) == 1:
        return _maker(knowledge, makers[0])
    if party := developer_of_family(knowledge, name) or _behind_first_word(knowledge, provider, name):
        return party
    return Unknown(f"the name {model} does not say who developed it")


def _behind_first_word(knowledge: Knowledge, provider: str, name: str) -> Party | None:
    """The developer a name tells behind the service's own (`databricks-claude-…`) or the developer's."""
    first, hyphen, rest = name.partition("-")
    if not hyphen or not rest:
        return None
    found = developer_of(knowledge, provider, rest)
    if isinstance(found, Unknown) or first.casefold() == provider:
        return found if isinstance(found, Party) else None
    vendor = _vendor(knowledge, first)
    return found if vendor and vendor.entity == found.entity else None


def _vendor(knowledge: Knowledge, label: str) -> Party | None:
    """Whoever a namespace or a vendor label names: a publisher, else the maker of a first-party service."""
    party = publishers.find(knowledge, label)
    if isinstance(party, Party):
        return party
    provider = by_id(knowledge, label)
    return _maker(knowledge, provider) if provider and provider.party.role == "first-party" else None


def _maker(knowledge: Knowledge, provider: Provider) -> Party:
    """The developer behind a first-party service: its publisher record where there is one."""
    body = knowledge.get(KIND, provider.id) or {}
    namespace = Fields(body, KIND).text("publisher")
    party = publishers.look_up(knowledge, namespace) if isinstance(namespace, str) else namespace
    return party if isinstance(party, Party) else provider.party


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
    pattern, host = next((each for each in drawn if each[0].endswith(f".{country}")), drawn[0])
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


def _all(knowledge: Knowledge) -> tuple[tuple[str, Fields], ...]:
    if "providers" not in knowledge.memo:
        knowledge.memo["providers"] = tuple(
            (key, Fields(body, knowledge.source_of(KIND, key))) for key, body in knowledge.all(KIND)
        )
    found: tuple[tuple[str, Fields], ...] = knowledge.memo["providers"]
    return found


def _model_patterns(knowledge: Knowledge) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Patterns of the model names of every provider that has some."""
    if "model_patterns" not in knowledge.memo:
        knowledge.memo["model_patterns"] = tuple(
            (key, patterns) for key, fields in _all(knowledge) if (patterns := fields.texts("model_patterns"))
        )
    found: tuple[tuple[str, tuple[str, ...]], ...] = knowledge.memo["model_patterns"]
    return found


def _hosts(knowledge: Knowledge) -> tuple[tuple[str, str, Fields], ...]:
    """Provider, pattern and record of every host."""
    if "hosts" not in knowledge.memo:
        knowledge.memo["hosts"] = tuple(
            (key, _pattern_of(host), host)
            for key, fields in _all(knowledge)
            for host in fields.members("hosts")
        )
    found: tuple[tuple[str, str, Fields], ...] = knowledge.memo["hosts"]
    return found


def _pattern_of(host: Fields) -> str:
    pattern = host.text("pattern")
    if not isinstance(pattern, str):
        raise host.broken("pattern", "a host, with * or {region} for a label")
    return pattern


def _client_defaults(knowledge: Knowledge) -> tuple[tuple[str, frozenset[str], Fields], ...]:
    """Provider, packages and record of every default."""
    if "client_defaults" not in knowledge.memo:
        knowledge.memo["client_defaults"] = tuple(
            (key, frozenset(map(_package, default.texts("library"))), default)
            for key, fields in _all(knowledge)
            for default in fields.members("client_defaults")
        )
    found: tuple[tuple[str, frozenset[str], Fields], ...] = knowledge.memo["client_defaults"]
    return found
