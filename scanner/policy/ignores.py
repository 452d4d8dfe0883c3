"""Ignores: a comment beside a line, or an entry of the policy; a reason is needed."""

from __future__ import annotations

from collections import Counter

from scanner.policy.compose import fits
from scanner.policy.policy import Policy
from scanner.policy.rule import IgnoreUse, Place
from scanner.records.asset import Reference
from scanner.records.sighting import IgnoreComment


class Ignores:
    """Every ignore of a run, and how often each silenced something."""

    def __init__(
        self,
        policy: Policy,
        comments: tuple[IgnoreComment, ...],
        judged: tuple[Place, ...],
        references: tuple[Reference, ...],
    ) -> None:
        self._written = policy.ignores
        self._comments = comments
        self._used: Counter[int] = Counter()
        self._ids = {rule.id for rule in policy.rules}
        self._by_file: dict[str, list[int]] = {}
        self._allowed = policy.allows_ignores
        if policy.allows_ignores:
            for at, comment in enumerate(comments):
                if comment.reason.strip():
                    self._by_file.setdefault(comment.file, []).append(at)
        self._is_stored = policy.allows_ignores and not comments
        seen = {id(place.reference) for place in judged}
        self._unjudged = [each.sighting.location for each in references if id(each) not in seen]

    def take(self, rule: str, place: Place) -> bool:
        """Whether an ignore with a reason silences a rule at a place; counts its use."""
        sighting = place.reference.sighting
        # A stored report keeps the rule ids at the place, not the comment.
        if self._is_stored and sighting.ignored and rule in sighting.ignored:
            return True
        return self.take_line(
            rule, sighting.location.file, sighting.location.line, sighting.location.end_line
        )

    def take_line(self, rule: str, file: str, line: int, end_line: int | None = None) -> bool:
        """Whether an ignore silences a rule at lines of a file; counts its use."""
        found = False
        for at in self._by_file.get(file, ()):
            comment = self._comments[at]
            if rule in comment.rules and line <= comment.line <= (end_line or line):
                self._used[at] += 1
                found = True
        for at, ignore in enumerate(self._written):
            if rule in ignore.rules and fits(ignore.path, file):
                self._used[-1 - at] += 1
                found = True
        return found

    def uses(self) -> tuple[IgnoreUse, ...]:
        """How each ignore fared, comments first; one beside a place that is not judged counts as used."""
        inline = [
            IgnoreUse(
                comment.rules, comment.reason, self._used[at] or int(self._is_beside_unjudged(comment)),
                tuple(rule for rule in comment.rules if rule not in self._ids),
                comment.file, comment.line, is_inline=True, is_allowed=self._allowed,
            )
            for at, comment in enumerate(self._comments)
        ]  # fmt: skip
        written = [
            IgnoreUse(
                ignore.rules, ignore.reason, self._used[-1 - at], (),
                ignore.place.file, ignore.place.line, is_inline=False,
            )
            for at, ignore in enumerate(self._written)
        ]  # fmt: skip
        return (*inline, *written)

    def _is_beside_unjudged(self, comment: IgnoreComment) -> bool:
        return any(
            comment.file == place.file and place.line <= comment.line <= place.end_line
            for place in self._unjudged
        )
