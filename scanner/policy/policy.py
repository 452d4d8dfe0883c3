"""A checked policy: what the rules are set to, and where each value stands."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

from scanner.policy.match import Glob, LicenseName
from scanner.policy.rule import Rule
from scanner.policy.use import Use
from scanner.records.choices import Enum
from scanner.records.fact import Confidence
from scanner.records.finding import Level, PolicyPlace
from scanner.records.quick import dataclass, field
from scanner.records.report import PolicyStamp
from scanner.records.sighting import Kind, Scope

DEFAULT_EXCEPTION_DAYS = 365
BUILT_IN = PolicyPlace("built-in default", 0)
"""The place of a value no policy file says."""
PACKAGED = ("pack:", "package:")
"""Beginnings of the names of policies that are no files of the project."""

MODELS = frozenset(Kind) - {Kind.HF_DATASET, Kind.API_MODEL, Kind.OTHER}
KIND_GROUPS = MappingProxyType(
    {
        "weights": MODELS,
        "api": frozenset({Kind.API_MODEL}),
        "datasets": frozenset({Kind.HF_DATASET}),
        "models": MODELS | {Kind.API_MODEL},
    }
)
"""Words for several kinds at once in `kinds:`."""


class ProjectMay(Enum):
    """What an organization's policy leaves to its projects; tightening is always allowed."""

    USE = "use"
    EXCEPTIONS = "exceptions"
    IGNORES = "ignores"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of a policy and the lines it comes from."""

    value: Any
    place: PolicyPlace
    entries: tuple[tuple[str, PolicyPlace], ...] = ()
    """For a list: each entry as written, and its line."""
    inherits: bool = False
    """For a list: whether `...` stands in it, for what the policy it extends lists."""


@dataclass(frozen=True, slots=True)
class RulePart:
    """What one file says about one rule."""

    rule: str
    settings: MappingProxyType[str, Setting]
    """Options and common settings by name; `level` None is `off`."""
    place: PolicyPlace


@dataclass(frozen=True, slots=True)
class ScopePart:
    """Settings for some paths, parts, kinds or names only (`scopes:`)."""

    paths: tuple[Glob, ...] | None
    parts: frozenset[Scope] | None
    kinds: frozenset[Kind] | None
    references: tuple[Glob, ...] | None
    rules: tuple[RulePart, ...]
    place: PolicyPlace


@dataclass(frozen=True, slots=True)
class Common:
    """What every rule understands besides its own options."""

    kinds: frozenset[Kind] | None = None
    """Kinds it judges: those of the report, or `weights`, `api`, `datasets`, `models`."""
    paths: tuple[Glob, ...] | None = None
    """Files it judges."""
    references: tuple[Glob, ...] | None = None
    """Names it judges (`acme/*`)."""
    min_confidence: Confidence | None = None
    """Confidence below which a judgement is at most a question."""
    owner: str | None = None
    """Who answers for the rule; printed with its findings."""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """One rule as it is set for one part of the project."""

    rule: Rule
    is_off: bool
    options: Any
    common: Common
    place: PolicyPlace
    settings: MappingProxyType[str, Setting]

    def place_of(self, option: str | None, entry: str | None) -> PolicyPlace:
        """Find the line a judgement rests on: the entry's, else the option's, else the rule's."""
        setting = self.settings.get(option or "level")
        if setting is None:
            return self.place
        return next((place for text, place in setting.entries if text == entry), setting.place)


class ExceptionStatus(Enum):
    """Whether an exception has been granted or is only asked for."""

    GRANTED = "granted"
    REQUESTED = "requested"


@dataclass(frozen=True, slots=True)
class PolicyException:
    """One entry of `exceptions:`."""

    rules: tuple[str, ...]
    reference: Glob
    license: LicenseName | None
    commit: str | None
    """Full or abbreviated commit it is bound to."""
    paths: tuple[Glob, ...] | None
    owner: str
    reason: str
    granted: date | None
    expires: date
    status: ExceptionStatus
    mutes_unused: bool
    is_projects: bool
    """Whether a project's own file says it, under an organization's policy."""
    place: PolicyPlace


@dataclass(frozen=True, slots=True)
class PolicyIgnore:
    """One entry of `ignores:`."""

    path: Glob
    rules: tuple[str, ...]
    reason: str
    place: PolicyPlace


@dataclass(frozen=True, slots=True)
class SourceNote:
    """One entry of `sources:`: where a value of the policy comes from."""

    setting: str
    source: str
    as_of: str
    is_verified: bool
    place: PolicyPlace


@dataclass(frozen=True, slots=True)
class Layer:
    """One policy file, read and checked on its own."""

    file: str
    digest: str
    is_projects: bool
    rules: tuple[RulePart, ...] = ()
    scopes: tuple[ScopePart, ...] = ()
    use: MappingProxyType[str, Setting] = field(default_factory=lambda: MappingProxyType({}))
    exceptions: tuple[PolicyException, ...] = ()
    ignores: tuple[PolicyIgnore, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    settings: MappingProxyType[str, Setting] = field(default_factory=lambda: MappingProxyType({}))
    """Top-level values: include, min_confidence, max_exception_days, hook.unlocked, project_may, …"""


@dataclass(frozen=True, slots=True)
class Judge:
    """One complete judge: an organization's word, or a project's own rules beside it."""

    name: str
    """`organization`, `project`, or `policy` where there is only one."""
    rules: MappingProxyType[str, RulePart]
    scopes: tuple[ScopePart, ...]
    judges_defaults: bool
    """Whether rules no file names are judged with their defaults."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy in force."""

    stamp: PolicyStamp
    layers: tuple[Layer, ...]
    """Every file that had a say, the strongest last."""
    judges: tuple[Judge, ...]
    """What a place must pass: each of them."""
    rules: tuple[Rule, ...]
    use: Use
    use_places: MappingProxyType[str, PolicyPlace]
    exceptions: tuple[PolicyException, ...]
    ignores: tuple[PolicyIgnore, ...]
    include: frozenset[Scope]
    min_confidence: Confidence
    max_exception_days: int
    warn_before_days: int
    """Days before its end from which an exception is `exception-expiring`."""
    unlocked: Level | None
    """Level of "not locked yet" in the hook; None is off."""
    never_baselined: frozenset[str]
    """Rules a baseline may not hide."""
    allows_ignores: bool
    knowledge: tuple[str, ...]
    """Overlay folders of facts, relative to the project."""
    owner: str | None
    """Who answers for rules that name nobody else; under an organization for those of its files."""

    def owner_of(self, place: PolicyPlace) -> str | None:
        """Who answers for a line of the policy: of a line only the project has, whom the project names."""
        governed = {layer.file for layer in self.layers if not layer.is_projects}
        own = [layer for layer in self.layers if layer.is_projects]
        if place.file in governed or place.file not in {layer.file for layer in own}:
            return self.owner
        said = [layer.settings["owner"].value for layer in own if "owner" in layer.settings]
        return said[-1] if said else None

    @property
    def own_files(self) -> tuple[str, ...]:
        """Policy files that come with no package, the strongest last."""
        return tuple(layer.file for layer in self.layers if not layer.file.startswith(PACKAGED))

    @property
    def place(self) -> PolicyPlace:
        """The first line of the strongest own file (else pack), for findings about the policy as a whole."""
        files = self.own_files or tuple(layer.file for layer in self.layers)
        return PolicyPlace(files[-1], 1) if files else BUILT_IN
