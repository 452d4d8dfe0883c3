"""Exceptions: bound to what was granted, with an owner, a reason and an end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from scanner.policy.circumstances import Circumstances
from scanner.policy.compose import fits
from scanner.policy.draft import Draft, with_grant, with_note
from scanner.policy.license_names import Names
from scanner.policy.licenses import LicenseLists
from scanner.policy.policy import ExceptionStatus, Policy, PolicyException
from scanner.policy.rule import ExceptionUse, Verdict
from scanner.records.asset import Asset
from scanner.records.finding import ExceptionEntry, Grant
from scanner.records.unknown import Unknown

NO_LICENSE = "any"
ABOUT_LICENSES = frozenset(
    {
        "license-not-allowed",
        "license-conflicts-with-base",
        "license-incompatible-merge",
        "use-outside-license",
        "obligation-open",
    }
)
"""Rules whose exception should name the license it was granted for."""


class Exceptions:
    """Every exception of a policy, laid over the findings of one run."""

    def __init__(self, policy: Policy, names: Names, run: Circumstances) -> None:
        self._policy = policy
        self._names = names
        self._run = run
        self._covers: Counter[int] = Counter()
        self._lapsed: dict[int, str] = {}

    def apply(self, draft: Draft) -> Draft:
        """Cover a draft with the first granted exception that fits; count every one that fits."""
        covered = draft
        for at, exception in enumerate(self._policy.exceptions):
            if not self._speaks_of(exception, draft):
                continue
            if draft.asset is not None and (changed := self._changed(exception, draft.asset)):
                self._lapsed.setdefault(at, changed)
                continue
            self._covers[at] += 1
            if covered.grant is None and exception.expires >= self._run.today:
                covered = self._cover(covered, exception)
        return covered

    def _cover(self, draft: Draft, exception: PolicyException) -> Draft:
        if exception.status is ExceptionStatus.GRANTED or self._run.is_hook:
            return with_grant(
                draft,
                Grant(exception.owner, exception.reason, exception.expires.isoformat(), exception.place),
            )
        return with_note(draft, f"an exception is requested from {exception.owner}")

    @staticmethod
    def _speaks_of(exception: PolicyException, draft: Draft) -> bool:
        if draft.rule not in exception.rules:
            return False
        if draft.asset is None and (exception.license or exception.commit):
            return False  # what is no model has neither
        if exception.paths is not None and not any(fits(glob, draft.file) for glob in exception.paths):
            return False
        if draft.asset is None:
            return exception.reference.matches(draft.name)
        names = {draft.asset.name, *(place.reference.sighting.name for place in draft.places)}
        return any(exception.reference.matches(name) for name in names)

    def _changed(self, exception: PolicyException, asset: Asset) -> str:
        """What is no longer as it was granted; `""` where all is."""
        if exception.commit is not None:
            if isinstance(asset.commit, Unknown):
                return f"granted for commit {exception.commit}, the commit in use is not known"
            if not asset.commit.startswith(exception.commit):
                return f"granted for commit {exception.commit}, now {asset.commit[:12]}"
        if exception.license is None:
            return ""
        now = asset.license.key if isinstance(asset.license.key, str) else asset.license.expression
        if isinstance(now, Unknown):
            return f"granted for {exception.license.text}, now unknown: {now.reason}"
        lists = LicenseLists(self._names, (exception.license,), None, None)
        spoken = (asset.license.expression, asset.license.key)
        if any(
            lists.decide(name, asset.license.category).verdict is Verdict.ALLOWED
            for name in spoken
            if isinstance(name, str)
        ):
            return ""
        return f"granted for {exception.license.text}, now {now}"

    def uses(self) -> tuple[ExceptionUse, ...]:
        """How each exception fared, in the order of the policy."""
        return tuple(
            ExceptionUse(
                rule=", ".join(exception.rules),
                reference=exception.reference.text,
                license=exception.license.text if exception.license else NO_LICENSE,
                owner=exception.owner,
                expires=exception.expires,
                is_requested=exception.status is ExceptionStatus.REQUESTED,
                covers=self._covers[at],
                lapsed="" if self._covers[at] else self._lapsed.get(at, ""),
                mutes_unused=exception.mutes_unused,
                breadth=_breadth(exception),
                days=(exception.expires - (exception.granted or self._run.today)) // timedelta(days=1),
                policy=exception.place,
            )
            for at, exception in enumerate(self._policy.exceptions)
        )

    def register(self) -> tuple[ExceptionEntry, ...]:
        """The exceptions as the report lists them."""
        return tuple(
            ExceptionEntry(
                use.rule, use.reference, use.license, use.owner, exception.reason, use.expires.isoformat(),
                self._status(use), use.covers, use.policy,
            )
            for use, exception in zip(self.uses(), self._policy.exceptions, strict=True)
        )  # fmt: skip

    def _status(self, use: ExceptionUse) -> str:
        if use.lapsed:
            return "lapsed"
        if use.expires < self._run.today:
            return "expired"
        if use.is_requested:
            return "requested"
        return "granted" if use.covers or self._run.scope != "whole" else "unused"


def _breadth(exception: PolicyException) -> str:
    """What makes an exception wider than a grant should be; `""` where nothing does."""
    text = exception.reference.text
    if not text.strip("*?/"):
        return f"the reference {text!r} fits every model"
    if not exception.reference.is_exact and exception.license is None and exception.paths is None:
        return f"the reference {text!r} fits many models, and no license or path binds it"
    if exception.license is None and (about := sorted(ABOUT_LICENSES.intersection(exception.rules))):
        return f"an exception from {about[0]} that names no license outlives a change of license"
    return ""
