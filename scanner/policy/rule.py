"""What a rule promises, and what it may ask.

A rule is one file in `scanner/policy/rules/`, named by its id with underscores. In this order: a
docstring whose first sentence describes the fault, `Options`, `check`, `RULE`:

    from scanner.records.quick import dataclass  # as the library's, made in a quarter of the time

    @dataclass(frozen=True, slots=True)
    class Options:
        level: Level = Level.WARNING
        accept_tags: bool = False
        \"\"\"Take a tag for a pin.\"\"\"

    def check(place: Place, facts: Facts, options: Options) -> Iterator[Fault]:
        ...

    RULE = Rule(id="revision-not-pinned", judges=Place, options=Options, check=check)

Options are what a policy may write below the rule's id. The schema is built from them, so their types
are limited: `Level`, `bool`, `int`, `float`, `str`, an `Enum`, tuples of `str`, `Enum`, `Glob`, `Entity`,
`Country`, `LicenseName` (scanner/policy/match.py, use.py), and each of these `| None`: None of a level is
written `off`, None of a list means that none was given, which is not the empty list. Every field has a
default; the text under a field describes it in the schema, in `lading explain` and `lading policy init`.
The first field is `level`. Every rule understands besides, without declaring it: `kinds`, `paths`,
`references`, `min_confidence`, `owner` (see `Common` in policy.py). A rule is judged with its defaults where
a policy does not name it, and not at all where the policy says `off`.

A rule that has nothing to say until a policy gives it something (lists of countries, say) names those options
in `silent_without`, one that speaks of nothing but certain facts names them in `rests_on`: a commit hook then
does not import it in vain.

A check yields only what is wrong. It never lowers a level because a place is guessed, implicit or a
mention, never asks whether the asset is excepted, ignored, baselined or out of scope: the engine does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from scanner.policy.use import Use
from scanner.records.asset import Asset, Reference
from scanner.records.choices import Enum
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level, PolicyPlace
from scanner.records.quick import dataclass, field
from scanner.records.sighting import CodeLoad, HubSwitch, IgnoreComment, Notice, Unresolved

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge


class Need(Enum):
    """What a rule cannot judge without; the engine says "not judged" where it is not there."""

    NETWORK = "network"
    """Facts only a source on the network has."""
    WHOLE_PROJECT = "whole-project"
    """Absence: the rule is silent when only some files were scanned."""
    LOCK = "lock"
    """A lockfile."""


class Verdict(Enum):
    """What the policy's license lists say of a license expression."""

    ALLOWED = "allowed"
    REVIEW = "review"
    DENIED = "denied"
    UNKNOWN = "unknown"
    """The expression cannot be read, or its category is needed and not known."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the project and what the name there turned out to be."""

    reference: Reference
    asset: Asset


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The whole of what is judged, for rules about all of it."""

    places: tuple[Place, ...]
    assets: tuple[Asset, ...]
    unresolved: tuple[Unresolved, ...]
    switches: tuple[HubSwitch, ...]


@dataclass(frozen=True, slots=True)
class ExceptionUse:
    """One exception of the policy after all rules have spoken."""

    rule: str
    reference: str
    license: str
    """As granted, `"any"` where the exception names none."""
    owner: str
    expires: date
    is_requested: bool
    covers: int
    """Findings it covers, or would cover had it not expired."""
    lapsed: str
    """Why it no longer applies (`license is now X`), `""` while it does."""
    mutes_unused: bool
    """Whether it comes from an organization-wide list that need not fit every project."""
    breadth: str
    """What makes it too broad, `""` where nothing does."""
    days: int
    """Days from `granted` (else from today) to its end."""
    policy: PolicyPlace


@dataclass(frozen=True, slots=True)
class IgnoreUse:
    """One ignore, inline or in the policy, after all rules have spoken."""

    rules: tuple[str, ...]
    reason: str
    covers: int
    unknown_rules: tuple[str, ...]
    """Rule ids it names that do not exist."""
    file: str
    line: int
    is_inline: bool
    is_allowed: bool = True
    """False where the organization's policy does not let a project ignore."""


@dataclass(frozen=True, slots=True)
class Loosening:
    """Something the change under judgement makes more permissive than the trusted revision."""

    what: str
    """One sentence: `license-not-allowed.allow gains GPL-3.0-only`."""
    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """How the policy itself fared; rules on it run after all others."""

    exceptions: tuple[ExceptionUse, ...]
    ignores: tuple[IgnoreUse, ...]
    loosened: tuple[Loosening, ...]
    max_exception_days: int
    warn_before_days: int


Subject: TypeAlias = Place | Asset | Unresolved | HubSwitch | CodeLoad | ProjectFacts | PolicyFacts
"""What a rule may judge: one of these classes stands in `Rule.judges`."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule may know besides its subject; read only."""

    use: Use
    today: date
    scope: str
    """How much was scanned: whole, files or diff."""
    is_offline: bool
    knowledge: Knowledge
    """License terms (`knowledge/licenses.py`), publishers, providers, catalog rows, lists."""
    places: tuple[Place, ...]
    """Every place that is judged."""
    assets: tuple[Asset, ...]
    """Every asset of a judged place."""
    notices: tuple[Notice, ...] = ()
    """NOTICE, LICENSE and third-party files of the project."""
    switches: tuple[HubSwitch, ...] = ()
    ignores: tuple[IgnoreComment, ...] = ()
    lock: Any = None
    """The lock record resolution read (with its drifts), None where there is no lockfile."""
    license_verdict: Callable[[str], Verdict] = field(default=lambda _: Verdict.UNKNOWN)
    """What `license-not-allowed` as configured says of an SPDX expression or a license key; for
    naming an allowed sibling in a remedy."""

    license_named: Callable[[str], bool] = field(default=lambda _: False)
    """Whether an entry of the policy's `allow` lists names the license (not only its category), so that
    someone has decided on it whatever lading knows of its text."""
    excepted_in: str = ""
    """The organization's policy, where an exception of the project has no effect; `""` where it has."""

    def places_of(self, asset: Asset) -> tuple[Place, ...]:
        """All judged places that name the asset."""
        return tuple(place for place in self.places if place.reference.asset == asset.id)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of its own for a fault: a line of the policy, the lockfile, or the project."""

    file: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found wrong; the engine makes a Finding of it."""

    message: str
    """One sentence with names and numbers; states facts, no verdict on anyone."""
    remedy: str
    """One command or one line that settles it."""
    evidence: tuple[Evidence, ...] = ()
    """The facts the judgement rests on, in the order they are told."""
    level: Level | None = None
    """The level of this case, where it is another than `options.level` (say `options.unknown_host`, or
    QUESTION where a fact is missing)."""
    confidence: Confidence | None = None
    """How sure the judgement is; None: as sure as the weakest of its evidence. Below the policy's
    `min_confidence` the engine makes it a question. Say it where some evidence is only context."""
    missing: str | None = None
    """The fact that would settle it, as a policy or person would name it (`use.territories`,
    `modality`); questions are grouped by it."""
    term: str | None = None
    """Field name of the license term it is about (`territory_excluded`)."""
    setting: str | None = None
    """The option it rests on (`deny_countries`), so that the finding points at that line of the policy."""
    entry: str | None = None
    """The entry of that option (`CN`), as the policy writes it; narrows the policy line further."""
    spot: Spot | None = None
    """Where it is, if not at the subject's own place."""
    about: tuple[str, ...] = ()
    """What tells two faults of one rule on one subject apart (list name, ancestor, term); part of the
    fingerprint. Empty: `term` and the evidence's facts and values."""


Check: TypeAlias = Callable[[Any, Facts, Any], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as its file offers it."""

    id: str
    """The file's name with hyphens; names the fault."""
    judges: type
    """Place, Asset, Unresolved, HubSwitch, CodeLoad, ProjectFacts or PolicyFacts."""
    options: type
    check: Check
    needs: tuple[Need, ...] = ()
    never_baselined: bool = False
    """Whether a baseline may never hide it, unless the policy says so (identity changed, on a list)."""
    blind_spots: tuple[str, ...] = ()
    """What the rule is known not to see, a sentence each."""
    also: tuple[type, Check] | None = None
    """A second class of subjects the rule speaks of, and how it judges those."""
    silent_without: tuple[str, ...] = ()
    """Options a policy has to give one of before the rule says anything; empty where it needs none."""
    rests_on: tuple[str, ...] = ()
    """Facts resolution has to have found one of before the rule says anything: those of evidence
    (`scan.high`), differences to the lockfile (`lock.license`); empty where it rests on others."""

    @property
    def checks(self) -> tuple[tuple[type, Check], ...]:
        """Every class of subjects it judges, with how."""
        own = (self.judges, self.check)
        return (own,) if self.also is None else (own, self.also)

    @property
    def subjects(self) -> tuple[type, ...]:
        """Every class of subjects it judges."""
        return tuple(kind for kind, _ in self.checks)

    @property
    def is_off_by_default(self) -> bool:
        """Whether it is silent until a policy gives it a level."""
        return self.options().level is None
