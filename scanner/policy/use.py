"""What the organization says it does with the models; unsaid is unknown."""

from __future__ import annotations

from typing import NewType

from scanner.records.choices import Enum
from scanner.records.quick import dataclass, field
from scanner.records.unknown import Unknown

Country = NewType("Country", str)
"""ISO 3166-1 alpha-2, upper case; as an entry of a list also a group of countries (`EU`)."""
Region = NewType("Region", str)
"""A country, a group of countries, or the label a provider gives a region."""


class Channel(Enum):
    """How what is built with a model reaches others (`use.distribution`)."""

    INTERNAL = "internal"
    HOSTED_SERVICE = "hosted-service"
    EMBEDDED = "embedded"
    REDISTRIBUTED_WEIGHTS = "redistributed-weights"


class Field(Enum):
    """Fields of use a license may exclude (`use.fields`)."""

    MILITARY = "military"
    GOVERNMENT = "government"
    LAW_ENFORCEMENT = "law-enforcement"
    MEDICAL = "medical"
    SURVEILLANCE = "surveillance"
    BIOMETRICS = "biometrics"
    EDUCATION = "education"
    RESEARCH = "research"
    RETAIL = "retail"
    ENTERTAINMENT = "entertainment"
    MANUFACTURING = "manufacturing"


def _unsaid() -> Unknown:
    return Unknown("not declared under use:")


@dataclass(frozen=True, slots=True)
class Use:
    """The `use:` block of a policy. A field that is not declared is Unknown, never "no"."""

    organization_country: Country | Unknown = field(default_factory=_unsaid)
    """Where the organization has its seat."""
    territories: tuple[Country, ...] | Unknown = field(default_factory=_unsaid)
    """Where it uses, offers or ships what it builds."""
    commercial: bool | Unknown = field(default_factory=_unsaid)
    distribution: tuple[Channel, ...] | Unknown = field(default_factory=_unsaid)
    fields: tuple[Field, ...] | Unknown = field(default_factory=_unsaid)
    """Fields of use; a list that is declared is complete."""
    monthly_active_users: int | Unknown = field(default_factory=_unsaid)
    daily_active_users: int | Unknown = field(default_factory=_unsaid)
    monthly_visits: int | Unknown = field(default_factory=_unsaid)
    monthly_revenue_usd: int | Unknown = field(default_factory=_unsaid)
    annual_revenue_usd: int | Unknown = field(default_factory=_unsaid)
    devices_shipped: int | Unknown = field(default_factory=_unsaid)
    includes_affiliates: bool | Unknown = field(default_factory=_unsaid)
    """Whether the figures above count affiliated companies too."""
    ownership_countries: tuple[Country, ...] | Unknown = field(default_factory=_unsaid)
    """Seats of those who own or control the organization."""
    public_sector: str | Unknown = field(default_factory=_unsaid)
    """`none`, or which part of the public sector it is or works for (`us-federal`)."""
    trains_on_outputs: bool | Unknown = field(default_factory=_unsaid)
    """Whether outputs of models are used to train other models."""
    finetunes: bool | Unknown = field(default_factory=_unsaid)
    competes_with: tuple[str, ...] | Unknown = field(default_factory=_unsaid)
    """Licensors whose products the organization's own compete with; `[]` is "none"."""
    registered_with: tuple[str, ...] | Unknown = field(default_factory=_unsaid)
    """Licensors with whom a registration a license asks for has been made."""
