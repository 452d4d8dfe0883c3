"""What a license says, as data; field names of design section 3."""

from __future__ import annotations

from typing import Any

from scanner.records.choices import Enum
from scanner.records.fact import Confidence
from scanner.records.quick import dataclass
from scanner.records.terms_in_words import (
    NOTHING_SAID,
    ban_of,
    duty_of,
    head_of,
    outputs_of,
    present,
    said_of,
    territory_of,
    threshold_of,
)
from scanner.records.unknown import Unknown


class Way(Enum):
    """How a project passes a model on; the values of `use.distribution`."""

    INTERNAL = "internal"
    HOSTED_SERVICE = "hosted-service"
    EMBEDDED = "embedded"
    REDISTRIBUTED_WEIGHTS = "redistributed-weights"


class Carries(Enum):
    """What a text makes travel to a work made from the model, from least to most."""

    NOTICES = "notices"
    """Other terms may stand above; notices (and a copy) are all that is asked."""
    LIMITS = "limits"
    """Other terms may stand above if they keep the limits (non-commercial, a threshold, a place)."""
    SIMILAR_RESTRICTIONS = "similar-restrictions"
    """Other terms may stand above if they hold a similar set of use restrictions."""
    USE_RESTRICTIONS = "use-restrictions"
    """Other terms may stand above if they hold these use restrictions."""
    AGREEMENT = "agreement"
    """The agreement itself comes along: its copy must, or its grant cannot be passed on otherwise."""
    SAME_LICENSE = "same-license"
    """Only under this license, or one it accepts by name."""
    NOT_SHARED = "not-shared"
    """Such a work may be made, and not passed on."""
    UNSETTLED = "unsettled"
    """The text supports both readings."""


class Student(Enum):
    """What a model trained on outputs is to the text."""

    FREE = "free"
    """The text makes no claim on it, or allows it against a duty that is an obligation."""
    DERIVATIVE = "derivative"
    """The text defines it as a derivative: what travels to derivatives travels to it."""
    UNSETTLED = "unsettled"
    """The text does not say, or supports both readings."""


class Extent(Enum):
    """How much of a field of use a ban covers."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Law:
    """Which law governs and which court or board decides; `"none"` where the text does not say."""

    law: str
    venue: str = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a license says."""

    value: str | bool | tuple[str, ...] | Law | Unknown
    """`"none"` where the text says nothing; Unknown where the text was not read for it. A sentence begins
    with the word that decides (`yes`, `no`, `conditional`, `allowed`, `forbidden`, `not addressed`)."""
    clause: str | Unknown = NOTHING_SAID
    """Section and a locating quotation of at most 15 words; `"none"` where nothing is said."""
    confidence: Confidence = Confidence.UNVERIFIED
    note: str | None = None

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Take `null` and a missing value or clause for "the text says nothing"."""
        return said_of(written)

    @property
    def head(self) -> str:
        """The word that decides: `conditional` of `conditional (naming)`; `not` of `not addressed`."""
        return head_of(self.value)


@dataclass(frozen=True, slots=True)
class Territory:
    """Where the license does not reach."""

    value: str | tuple[str, ...] | Unknown
    """ISO 3166-1 alpha-2 or `EU`, each perhaps followed by a remark in parentheses; `()` for nowhere."""
    clause: str | Unknown = NOTHING_SAID
    confidence: Confidence = Confidence.UNVERIFIED
    test: str | None = None
    """`use` (where it is used, the default) or `domicile` (where the licensee has its seat)."""
    modality: str | None = None
    """`multimodal` where only such models are meant; absent: all."""
    note: str | None = None

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Read a remark like `EU (multimodal models only)` where the typed fields are missing."""
        return territory_of(written)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the license asks for in return."""

    value: str | bool | Unknown
    """What is asked, `true` where the name says all, `false` or `"none"` where nothing is."""
    clause: str | Unknown = NOTHING_SAID
    confidence: Confidence = Confidence.UNVERIFIED
    words: tuple[str, ...] | None = None
    """Words that must appear, verbatim from the text; of several any one will do."""
    ways: tuple[Way, ...] | None = None
    """Ways of passing on that bring the duty about; absent: embedded and redistributed-weights."""
    when: tuple[str, ...] | None = None
    """Only where one holds: `derivative`, `trains-on-outputs`, `threshold`, `publication`; `encouraged` and
    `notice-text` (carried out by that duty) never bring it about."""
    note: str | None = None

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Read from the words when the duty begins where the typed fields are missing."""
        return duty_of(written)

    @property
    def is_asked(self) -> bool:
        """Whether the text asks for anything at all."""
        return not isinstance(self.value, Unknown) and self.value not in (False, NOTHING_SAID, "")


@dataclass(frozen=True, slots=True)
class Outputs:
    """Whether outputs may train other models, and what such a model is then."""

    value: str | bool | Unknown
    """Begins with `allowed`, `conditional`, `forbidden` or `not addressed`."""
    clause: str | Unknown = NOTHING_SAID
    confidence: Confidence = Confidence.UNVERIFIED
    student: Student | None = None
    scope: str | None = None
    """Which models a ban means: `other-models` (default), `competing-models`, `foundation-models`,
    `commercial-models`."""
    note: str | None = None

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Read what the words say of the student where the typed field is missing."""
        return outputs_of(written)

    @property
    def head(self) -> str:
        """The word that decides."""
        return head_of(self.value)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number above (or from) which the license asks for something."""

    metric: str
    """What is counted: monthly active users, annual revenue, edge devices, visits, competes with …"""
    op: str
    """`>`, `>=`, or `is` for a plain condition."""
    value: int | float | bool
    unit: str
    """Currency or what the number is a number of, in the words of the text."""
    period: str
    """day, month, year, or `"none"`."""
    effect: str
    """What follows, in words."""
    clause: str | Unknown
    confidence: Confidence
    triggers: str = "license"
    """`license` (the grant ends or another license is needed) or the duty that begins (`attribution`)."""
    affiliates: bool = False
    """Whether affiliates' numbers count."""
    only: str | None = None
    """`commercial` where only commercial use is counted."""
    when: str | None = None
    """The day the number is taken, where the text names one (`on the version release date`)."""
    alternative: str | None = None
    """Thresholds of one name are ways in: only above all of them does the effect follow."""
    unsettled_at_equality: bool = False
    """Whether the text contradicts itself at exactly this number."""
    note: str | None = None

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Read period, effect and conditions from the words where the typed fields are missing."""
        return threshold_of(written)


@dataclass(frozen=True, slots=True)
class FieldBan:
    """A field of use the license excludes."""

    field: str
    """In the words of the text."""
    clause: str | Unknown = NOTHING_SAID
    confidence: Confidence = Confidence.UNVERIFIED
    fields: tuple[str, ...] = ()
    """The fields of `use.fields` it falls into; none for what no such field names."""
    extent: Extent = Extent.WHOLE
    """`part` where only some uses in those fields are meant: a declared field is then a question."""

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Read the fields from the words where they are missing."""
        return ban_of(written)


@dataclass(frozen=True, slots=True)
class Distribution:
    """Duties that come with passing the model on, and what the text says of passing on."""

    copy_of_license: Duty
    notice_text: Duty
    modified_files_notice: Duty
    share_alike: Duty
    retain_notices: Duty | None = None
    use_restrictions_flow_down: Duty | None = None
    hosted_service: Term | None = None
    """`allowed`, `forbidden`, `conditional`, or `counts as distribution`."""
    redistribution: Term | None = None
    """`allowed`, `forbidden`, or `conditional`."""
    derivatives: Term | None = None
    """`allowed`, `forbidden`, or `not shared` (may be made and not passed on)."""
    note: str | None = None

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Fill duties the reader left out with "the text says nothing"."""
        silent: dict[str, Any] = {"value": NOTHING_SAID, "clause": NOTHING_SAID, "confidence": "unverified"}
        duties = ("copy_of_license", "notice_text", "modified_files_notice", "share_alike")
        return dict.fromkeys(duties, silent) | present(written)


@dataclass(frozen=True, slots=True)
class Patent:
    """Patent grant and retaliation."""

    grant: bool | str | Unknown
    """A sentence where neither yes nor no is right."""
    retaliation: bool | Unknown
    retaliation_scope: str = NOTHING_SAID
    clause: str | Unknown = NOTHING_SAID
    confidence: Confidence = Confidence.UNVERIFIED

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Take an empty clause for "none"."""
        return {**written, "clause": written.get("clause") or NOTHING_SAID}


@dataclass(frozen=True, slots=True)
class Travels:
    """Which clauses travel to a work made from the model, with the clause that makes them."""

    carries: Carries
    clause: str | Unknown
    confidence: Confidence
    accepts: tuple[str, ...] = ()
    """Keys or SPDX ids of licenses the text accepts in its place."""
    unsettled_under: tuple[str, ...] = ()
    """Keys or `category:NAME` of licenses under which the text supports both readings."""
    restrictions: str | None = None
    """Name of the list of use restrictions; licenses that carry the same list share the name."""
    keeps_components: str | None = None
    """Clause by which this text leaves components under their own licenses."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one license."""

    commercial_use: Term
    thresholds: tuple[Threshold, ...] | Unknown
    territory_excluded: Territory
    attribution: Duty
    naming: Duty
    aup: Term
    """Whether an acceptable use policy or a list of use restrictions binds."""
    outputs_for_training: Outputs
    distribution: Distribution | Unknown
    patent: Patent | Unknown
    trademark: Term
    governing_law: Term
    termination: Term
    update: Term
    field_bans: tuple[FieldBan, ...] | Unknown
    export: Term
    travels: Travels | None = None
    registration: Term | None = None
    """Whether the licensee must register before (some) use."""
    aup_url: str | None = None
    aup_read: bool | None = None
    """False where the policy that binds was not read: its bans are then unknown."""
    outputs_owner: Term | None = None
    reverse_engineering: Term | None = None
    content_filter: Term | None = None
    grant_back: Term | None = None
    language: Term | None = None
    """Which language prevails."""

    @classmethod
    def tidy(cls, written: dict[str, Any]) -> dict[str, Any]:
        """Fill terms a stored report left out: they were not read."""
        unread: dict[str, Any] = {"value": {"unknown": "not in this report"}, "clause": NOTHING_SAID}
        absent: dict[str, Any] = dict.fromkeys(_SINGLE, unread)
        absent |= dict.fromkeys(("thresholds", "distribution", "patent", "field_bans"), unread["value"])
        return absent | present(written)


_SINGLE = (
    *("commercial_use", "territory_excluded", "attribution", "naming", "aup", "outputs_for_training"),
    *("trademark", "governing_law", "termination", "update", "export"),
)
