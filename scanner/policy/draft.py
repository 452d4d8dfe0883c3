"""A judgement on its way to becoming a finding."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.digests import sha256
from scanner.policy.policy import RuleSettings
from scanner.policy.rule import Fault, Place
from scanner.records.asset import Asset
from scanner.records.encoding import encode
from scanner.records.fact import Confidence
from scanner.records.finding import Finding, Grant, Level, PolicyPlace
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Certainty, Role

NO_ASSET = "none"
FINGERPRINT_DIGITS = 20
WEAK = frozenset({Certainty.GUESSED, Certainty.IMPLICIT})
UNSURE, WEAK_PLACE = "unverified", "place"


@dataclass(frozen=True, slots=True)
class Draft:
    """One fault with its subject, its settings and its level."""

    settings: RuleSettings
    fault: Fault
    asset: Asset | None
    place: Place | None
    """Where it is shown: of an asset its first sure place."""
    file: str
    line: int
    column: int
    level: Level
    policy: PolicyPlace
    places: tuple[Place, ...] = ()
    """Every place it speaks of."""
    grant: Grant | None = None
    note: str = ""
    """What is said before the remedy, which may end in a command (`an exception is requested from …`)."""
    name: str = NO_ASSET
    """What an exception may call a subject that is no model: a setting, an expression as written."""
    capped: str | None = None
    """Why the level is lower than the rule says: see `Finding.capped`."""

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return self.settings.rule.id

    @property
    def subject(self) -> str:
        """The asset without its commit, so that a new pin is not a new finding."""
        return f"{self.asset.kind.value}:{self.asset.name}" if self.asset else NO_ASSET

    @property
    def reference(self) -> str:
        """The name as the project writes it."""
        return self.place.reference.sighting.name if self.place else NO_ASSET

    def key(self, file: str) -> tuple[str, ...]:
        """What makes it this finding and no other, were it in the given file; lines play no part."""
        return (self.rule, self.subject, file, *self._judged())

    def _judged(self) -> tuple[str, ...]:
        if self.fault.about:
            return self.fault.about
        facts = [f"{each.fact}={encode(each.value)}" for each in self.fault.evidence]
        return (self.fault.term or "", *facts)


def is_weak(place: Place) -> bool:
    """Whether a place supports a question at most: guessed, implicit, or a mention."""
    sighting = place.reference.sighting
    return sighting.certainty in WEAK or sighting.role is Role.MENTION


def lowered(fault: Fault, level: Level, *, weak: bool, at_least: Confidence) -> tuple[Level, str | None]:
    """Cap a level where the facts are not sure enough or the place is weak, and say which it was."""
    confidence = fault.confidence
    if confidence is None and fault.evidence:
        confidence = min((each.confidence for each in fault.evidence), key=lambda known: known.rank)
    is_unsure = confidence is not None and confidence.rank < at_least.rank
    if level.rank <= Level.QUESTION.rank or not (weak or is_unsure):
        return level, None
    return Level.QUESTION, UNSURE if is_unsure else WEAK_PLACE


def fingerprint(key: tuple[str, ...], ordinal: int) -> str:
    """Digest a key and the count of equal ones before it."""
    told_apart = b"".join(part.encode("utf-8", "surrogatepass") + b"\0" for part in (*key, str(ordinal)))
    return sha256(told_apart)[:FINGERPRINT_DIGITS]


def merge(drafts: Iterable[Draft]) -> list[Draft]:
    """Sort drafts by place and keep one of those that two judges share: the louder."""
    loudest: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = (*draft.key(draft.file), draft.line, draft.column)
        known = loudest.get(key)
        if known is None or known.level.rank < draft.level.rank:
            loudest[key] = draft
    return sorted(loudest.values(), key=lambda d: (d.file, d.line, d.column, d.rule, d.key(d.file)))


def number(drafts: Iterable[Draft]) -> list[tuple[str, Draft]]:
    """Give each draft its id; equal keys are told apart by their order in the file."""
    counts: dict[tuple[str, ...], int] = {}
    numbered = []
    for draft in drafts:
        key = draft.key(draft.file)
        ordinal = counts.get(key, 0)
        counts[key] = ordinal + 1
        numbered.append((fingerprint(key, ordinal), draft))
    return numbered


def finish(identity: str, draft: Draft, owner: str | None) -> Finding:
    """Write a draft as a finding; the owner is that of the policy's line, for rules that name none."""
    fault = draft.fault
    return Finding(
        id=identity,
        rule=draft.rule,
        level=draft.level,
        message=fault.message,
        remedy=f"{draft.note}; {fault.remedy}" if draft.note else fault.remedy,
        asset=draft.asset.id if draft.asset else NO_ASSET,
        reference=draft.reference,
        file=draft.file,
        line=draft.line,
        column=draft.column,
        policy=draft.policy,
        evidence=fault.evidence,
        exception=draft.grant,
        missing=fault.missing,
        owner=draft.settings.common.owner or owner,
        capped=draft.capped,
    )


def with_grant(draft: Draft, grant: Grant) -> Draft:
    """The draft, excepted."""
    return replace(draft, grant=grant)


def with_note(draft: Draft, note: str) -> Draft:
    """The draft, with a word before its remedy."""
    return replace(draft, note=note)
