"""A report: everything of one run, as design section 3 promises it."""

from __future__ import annotations

from scanner.records.asset import Asset, Reference, Unanswered
from scanner.records.finding import ExceptionEntry, Finding, NotJudged, Obligation
from scanner.records.quick import dataclass
from scanner.records.sighting import Skipped, Unresolved
from scanner.records.unknown import Unknown

SCHEMA = "lading.report/1"

DISCLAIMER = "Facts with dates and sources; not legal advice."
"""The fixed sentence in every report."""


@dataclass(frozen=True, slots=True)
class Tool:
    """Who wrote the report."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Project:
    """What was scanned."""

    name: str
    commit: str | Unknown
    dirty: bool | Unknown
    scope: str
    """whole, files or diff."""


@dataclass(frozen=True, slots=True)
class PolicySource:
    """One policy file or pack that was in force."""

    path: str
    digest: str
    """`sha256:` and 64 hex digits, over the bytes of the file."""
    by: tuple[str, ...] | None = None
    """Whose policy it is part of (`organization`, `project`); None where no organization has a word."""


@dataclass(frozen=True, slots=True)
class PolicyStamp:
    """Which policy was in force."""

    sources: tuple[PolicySource, ...]
    """Each file once, those of the organization before those of the project, the strongest last."""
    project_may: tuple[str, ...] | None = None
    """What the organization lets the project say for itself; None where no organization has a word."""

    @property
    def excepted_in(self) -> str:
        """The organization's file where an exception would have to stand; `""` where the project may."""
        if self.project_may is None or "exceptions" in self.project_may:
            return ""
        return [source.path for source in self.sources if source.by and "organization" in source.by][-1]


@dataclass(frozen=True, slots=True)
class KnowledgeStamp:
    """Which knowledge was used."""

    as_of: str | Unknown
    digest: str | Unknown


@dataclass(frozen=True, slots=True)
class LockStamp:
    """The lockfile that was read."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class LanguageGap:
    """Source files no reader understands."""

    language: str
    files: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Files of one kind that nothing here reads."""

    kind: str
    """An ending (`.png`), a programming language, or what else they have in common."""
    reason: str
    files: int
    names: tuple[str, ...]
    """Their paths, sorted: the first 1,000."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read and what was not."""

    files: int
    """Files of the project."""
    read: int
    skipped: tuple[Skipped, ...]
    languages_without_reader: tuple[LanguageGap, ...]
    unanswered: tuple[Unanswered, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    baselined_assets: tuple[str, ...] | None = None
    """Ids of the assets the findings that the baseline hid are about; None where there are none."""
    assets_not_judged: tuple[str, ...] | None = None
    """Ids of the assets of which no place was judged; None where there are none."""
    unread: tuple[Unread, ...] | None = None
    """Files no reader claims, those of `languages_without_reader` too; None where there are none, or where
    only some files were looked at."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts, made from the report itself but for what a baseline hid."""

    references: int
    dependencies: int
    assets: int
    error: int
    warning: int
    question: int
    note: int
    excepted: int
    unresolved: int
    obligations_open: int
    unverified: int = 0
    """Questions that are no louder because their facts are not sure enough (`Finding.capped`)."""
    baselined: int | None = None
    """Findings that were not told because the baseline holds them; None where no baseline was given."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule that has findings in this report judges, in the words of its own file."""

    id: str
    description: str
    """The first sentence of the rule's docstring."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of one run."""

    schema: str
    tool: Tool
    project: Project
    date: str
    policy: PolicyStamp
    knowledge: KnowledgeStamp
    lock: LockStamp | str
    """The lockfile, or `"none"`."""
    coverage: Coverage
    references: tuple[Reference, ...]
    assets: tuple[Asset, ...]
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    unresolved: tuple[Unresolved, ...]
    exceptions: tuple[ExceptionEntry, ...]
    summary: Summary
    disclaimer: str = DISCLAIMER
    rules: tuple[RuleText, ...] = ()
    """Sorted by id; formats that show rules fall back on the words of the id."""
