"""What a license says, as data; field names of design section 3."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.records.fact import Confidence
from scanner.records.unknown import Unknown

NOTHING_SAID = "none"
"""Value of a term the text was read for and says nothing about."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a license says."""

    value: str | bool | tuple[str, ...] | Unknown
    """`"none"` where the text says nothing; Unknown where the text was not read for it."""
    clause: str | Unknown
    """Section and a locating quotation of at most 15 words; `"none"` where nothing is said."""
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number above (or from) which the license asks for something."""

    metric: str
    op: str
    value: int | float
    unit: str
    period: str
    effect: str
    clause: str | Unknown
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class FieldBan:
    """A field of use the license excludes."""

    field: str
    clause: str | Unknown
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Distribution:
    """Duties that come with passing the model on."""

    copy_of_license: Term
    notice_text: Term
    modified_files_notice: Term
    share_alike: Term
    retain_notices: Term | None = None
    use_restrictions_flow_down: Term | None = None
    hosted_service: Term | None = None
    redistribution: Term | None = None
    derivatives: Term | None = None


@dataclass(frozen=True, slots=True)
class Patent:
    """Patent grant and retaliation."""

    grant: bool | Unknown
    retaliation: bool | Unknown
    retaliation_scope: str
    clause: str | Unknown
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one license."""

    commercial_use: Term
    thresholds: tuple[Threshold, ...] | Unknown
    territory_excluded: Term
    attribution: Term
    naming: Term
    aup: Term
    outputs_for_training: Term
    distribution: Distribution | Unknown
    patent: Patent | Unknown
    trademark: Term
    governing_law: Term
    termination: Term
    update: Term
    field_bans: tuple[FieldBan, ...] | Unknown
    export: Term
