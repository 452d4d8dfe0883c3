"""A finding: a rule's judgement, with place, reason and remedy."""

from __future__ import annotations

from scanner.records.choices import Enum
from scanner.records.fact import Evidence
from scanner.records.quick import dataclass


class Level(Enum):
    """How loud a finding is."""

    ERROR = "error"
    WARNING = "warning"
    QUESTION = "question"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """3 for error, 0 for note."""
        return {"error": 3, "warning": 2, "question": 1, "note": 0}[self.value]


@dataclass(frozen=True, slots=True)
class PolicyPlace:
    """The line of the policy a judgement rests on."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Grant:
    """The exception that covers a finding."""

    owner: str
    reason: str
    expires: str
    policy: PolicyPlace


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement of one rule."""

    id: str
    """Fingerprint over rule, asset, judged facts, path and ordinal; stable when lines move."""
    rule: str
    level: Level
    message: str
    """One sentence: what is the case, with names and numbers."""
    remedy: str
    """One command or one line that settles it."""
    asset: str
    """Id of the asset, or `"none"` for a finding about the project or its policy."""
    reference: str
    """The name as the project writes it, or `"none"`."""
    file: str
    line: int
    column: int
    policy: PolicyPlace
    evidence: tuple[Evidence, ...]
    exception: Grant | None = None
    missing: str | None = None
    """The fact that would settle a question (`use.monthly_active_users`); questions are grouped by it."""
    owner: str | None = None
    """Who owns the rule, where the policy names one."""
    capped: str | None = None
    """Why it is a question though its rule says more: `unverified` (it rests on facts below the policy's
    `min_confidence`), `place` (the place is guessed, implicit, or a mention)."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that follows from a license and the declared use."""

    asset: str
    duty: str
    """Field name of the term: copy_of_license, notice_text, attribution, naming, …"""
    text: str
    clause: str
    state: str
    """met, open, unknown."""
    seen_at: str
    """`FILE:LINE` where the project meets it, or `"none"`."""


@dataclass(frozen=True, slots=True)
class ExceptionEntry:
    """One exception of the policy, as the register in the report shows it."""

    rule: str
    reference: str
    license: str
    owner: str
    reason: str
    expires: str
    status: str
    """granted, requested, expired, lapsed, unused."""
    covers: int
    """Number of findings it covers in this report."""
    policy: PolicyPlace


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A rule that could not be asked in this run, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the policy said of a project."""

    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    exceptions: tuple[ExceptionEntry, ...]
    not_judged: tuple[NotJudged, ...]
    baselined: int | None = None
    """Findings left out because the baseline holds them; None where no baseline was given."""
    baselined_assets: tuple[str, ...] | None = None
    """Ids of the assets these are about; None where there are none."""
    assets_not_judged: tuple[str, ...] | None = None
    """Ids of the assets no place of which was judged: other parts, not of this change. None for none."""
