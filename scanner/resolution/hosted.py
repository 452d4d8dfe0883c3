"""Hosted models: who serves them, who developed them, and where requests go."""

from __future__ import annotations

from scanner.knowledge import providers
from scanner.knowledge.developers import developer_of
from scanner.knowledge.hosts import read_address
from scanner.knowledge.licenses import look_up
from scanner.knowledge.providers import HostMatch, Provider
from scanner.knowledge.store import Knowledge
from scanner.patterns import regex
from scanner.records.asset import Asset, AssetLicense, Endpoint, Party
from scanner.records.fact import Evidence
from scanner.records.license import LicenseRecord
from scanner.records.quick import dataclass
from scanner.records.sighting import Sighting
from scanner.records.unknown import Unknown

_SCOPE = regex(r"(?:^|/)(us|eu|apac|global|jp|au|ca|us-gov)\.[a-z0-9]+\.[a-z]")
"""Cross-region prefix of a cloud's model name (`us.anthropic.…`), as providers.py reads it."""
_SERVED = "a hosted service: its files are not distributed"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the requests of one sighting go."""

    provider: Provider | None
    host: str | Unknown
    region: str | Unknown
    evidence: tuple[Evidence, ...]
    is_default: bool
    """Whether neither address nor region is given by the project."""


def hosted_asset(sighting: Sighting, knowledge: Knowledge) -> Asset:
    """Describe the hosted model one sighting names.

    Two sightings of one model that go to different places are two assets: the place stands in brackets
    behind the name in the id.
    """
    address = _address(sighting, knowledge)
    provider, model = _provider_and_model(sighting, address)
    name = f"{provider}:{model}" if provider else sighting.name
    developer = (
        developer_of(knowledge, provider, model)
        if provider
        else Unknown("the provider is not known, so the name does not say who developed it")
    )
    record = address.provider
    missing = Unknown("no record of this service")
    contract = _contract(record, knowledge)
    key = contract.key if contract else _unread(record)
    return Asset(
        id=f"api-model:{name}{_place(address)}@*",
        name=name,
        kind=sighting.kind,
        commit=Unknown("a hosted model has no commit"),
        repository_id=Unknown("a hosted model has no repository"),
        renamed_from="none",
        answered_by="knowledge" if record else Unknown(_why_unknown(sighting, address)),
        as_of=record.party.as_of if record else missing,
        license=AssetLicense(
            Unknown(f"no license; terms of service: {key if contract else 'text not read'}"),
            key,
            contract.category if contract else _unread(record),
            (),
            (),
            address.evidence,
        ),
        terms=contract.terms if contract else _unread(record),
        inherited=(),
        publisher=record.party if record else missing,
        developer=developer,
        lineage=Unknown("a hosted model does not say what it was made from"),
        files=Unknown(_SERVED),
        modality=Unknown("not recorded for hosted models"),
        library=sighting.library or Unknown("no library named"),
        gated=Unknown(_SERVED),
        availability=Unknown("hosted services are not asked"),
        serving_entity=record.party if record else _unknown_party(sighting),
        trained_on=Unknown("no source says what a hosted model was trained on"),
        endpoint=Endpoint(address.host, address.region, _scope(model, address)),
    )


def _contract(provider: Provider | None, knowledge: Knowledge) -> LicenseRecord | None:
    """The record of a provider's terms of service, where their text was read."""
    if provider is None or isinstance(provider.terms, Unknown):
        return None
    return look_up(knowledge, provider.terms)


def _unread(provider: Provider | None) -> Unknown:
    """Why the terms of service are not known."""
    if provider is None:
        return Unknown("terms of service: no record of this service")
    why = provider.terms.reason if isinstance(provider.terms, Unknown) else f"no record {provider.terms!r}"
    return Unknown(f"terms of service: {why}")


def _address(sighting: Sighting, knowledge: Knowledge) -> Address:
    """Follow the address the project gives; else the provider it names; else the client's default."""
    given = sighting.base_url
    stated = sighting.region if isinstance(sighting.region, str) else None
    if isinstance(given, str):
        match = providers.by_host(knowledge, given)
        parsed = read_address(given)
        host: str | Unknown = parsed.host if parsed else Unknown(f"{given[:100]!r} is no address")
        if match is None:
            unseen = Unknown(f"no record of the host {host}" if parsed else "no host")
            return Address(None, host, stated or unseen, (), is_default=False)
        provider = providers.by_id(knowledge, match.id)
        return Address(provider, match.host, stated or _region(match), _evidence(match), is_default=False)
    if isinstance(given, Unknown):
        return Address(_named(sighting, knowledge), given, stated or given, (), is_default=False)
    return _without_address(sighting, knowledge, stated)


def _without_address(sighting: Sighting, knowledge: Knowledge, stated: str | None) -> Address:
    provider = _named(sighting, knowledge)
    default = None
    if sighting.library and sighting.call:
        model = sighting.name.partition(":")[2] or sighting.name
        model = f"{sighting.route}/{model}" if sighting.route else model
        known = provider.id if provider else None
        default = providers.client_default(knowledge, sighting.library, sighting.call, model, known)
    if default is None or (provider is not None and default.provider != provider.id):
        if provider and stated and (match := providers.regional_host(knowledge, provider.id, stated)):
            return Address(provider, match.host, stated, _evidence(match), is_default=False)
        unsaid = Unknown("the project gives no address, and no record says where this client goes")
        return Address(provider, unsaid, stated or unsaid, (), is_default=stated is None)
    provider = provider or providers.by_id(knowledge, default.provider)
    source = default.evidence if isinstance(default.evidence, str) else "knowledge:providers"
    source = f"{source}; {_inferred(provider)}"
    evidence = Evidence("endpoint.host", default.host, source, Unknown("not recorded"), default.confidence)
    return Address(provider, default.host, stated or default.region, (evidence,), is_default=stated is None)


def _inferred(provider: Provider | None) -> str:
    """That a default is no address of the project, and what can change it where the program runs."""
    said = "the default of the library, the project gives no address"
    names = provider.environment if provider else ()
    addresses = [name for name in names if name.endswith(("_BASE", "_URL", "_HOST", "_ENDPOINT"))]
    return f"{said}; {', '.join(addresses)} can name another" if addresses else said


def _named(sighting: Sighting, knowledge: Knowledge) -> Provider | None:
    return providers.by_id(knowledge, sighting.provider) if isinstance(sighting.provider, str) else None


def _provider_and_model(sighting: Sighting, address: Address) -> tuple[str | None, str]:
    """Split `provider:model`; a name without a known provider stays whole."""
    before, colon, after = sighting.name.partition(":")
    provider = sighting.provider if isinstance(sighting.provider, str) else None
    model = after if colon and provider is not None and before.casefold() == provider.casefold() else ""
    if address.provider is not None:
        known = address.provider.id
        if model or (colon and before.casefold() == known.casefold()):
            return known, model or after
        return known, sighting.name
    return (provider, model or sighting.name) if provider else (None, sighting.name)


def _region(match: HostMatch) -> str | Unknown:
    if isinstance(match.region, str):
        return match.region
    return match.region_country if isinstance(match.region_country, str) else match.region


def _evidence(match: HostMatch) -> tuple[Evidence, ...]:
    source = f"knowledge:providers/{match.id}"
    return (
        Evidence(
            "endpoint.host", match.host, source, Unknown("not recorded"), match.confidence, match.pattern
        ),
    )


def _place(address: Address) -> str:
    """What tells two places of one model apart; nothing where the project leaves it to the client."""
    if address.is_default:
        return ""
    said = [part for part in (address.host, address.region) if isinstance(part, str)]
    return f"[{' '.join(said)}]" if said else "[address not known]"


def _scope(model: str, address: Address) -> str | Unknown:
    if found := _SCOPE.search(model):
        return found.group(1)
    if isinstance(address.region, str) and address.region.casefold() == "global":
        return "global"
    return Unknown("no record says where inference takes place")


def _why_unknown(sighting: Sighting, address: Address) -> str:
    if isinstance(address.host, str):
        return f"no record says who answers at {address.host}"
    if isinstance(sighting.provider, Unknown):
        return sighting.provider.reason
    return f"no record of the provider {sighting.provider}" if sighting.provider else "no provider named"


def _unknown_party(sighting: Sighting) -> Party:
    named = sighting.provider if isinstance(sighting.provider, str) else Unknown("no provider named")
    missing = Unknown("no record of this service")
    return Party(named, missing, missing, missing, missing, missing, missing, ())
