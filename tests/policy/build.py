"""Facts made by hand, for tests of the policy room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from scanner.policy.circumstances import Circumstances
from scanner.policy.evaluate import evaluate
from scanner.policy.load import check, gather
from scanner.policy.policy import Policy
from scanner.records.asset import Ancestor, Asset, AssetLicense, Category, Party, Reference, Resolution
from scanner.records.encoding import encode
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Finding, Judgement
from scanner.records.license import DocumentKind, LicenseRecord
from scanner.records.report import KnowledgeStamp
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.records.unknown import Unknown

TODAY = date(2026, 11, 22)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
NOBODY = Unknown("not in this test")

PUBLISHER = Party(
    "acme", "Acme", "none", "XA", "XA", "company", "developer", (), Confidence.VERIFIED, "test", "2026-11-20"
)
"""Of a country nobody lives in, on no list."""

LICENSES = {
    "apache-2.0": ("permissive", ("Apache-2.0",)),
    "mit": ("permissive", ("MIT",)),
    "bsd-3-clause": ("permissive", ("BSD-3-Clause",)),
    "cc0-1.0": ("public-domain", ("CC0-1.0",)),
    "gpl-2.0-only": ("copyleft", ("GPL-2.0-only", "GPL-2.0")),
    "gpl-3.0-only": ("copyleft", ("GPL-3.0-only", "GPL-3.0")),
    "qwen-research": ("non-commercial", ("Qwen-Research",)),
    "qwen-2024-09-19": ("commercial-limited", ("LicenseRef-lading-qwen-2024-09-19",)),
    "qwen-2023-08-03": ("commercial-limited", ("LicenseRef-lading-qwen-2023-08-03",)),
    "llama-3.1": ("commercial-limited", ("LicenseRef-scancode-llama-3.1-license-2024",)),
    "glm-4": (None, ("LicenseRef-lading-glm-4",)),
}


GROUPS = ("EEA", "EU")
"""Groups of countries a policy may name; of the countries it may name any."""


class FakeKnowledge:
    """The licenses and the names of groups above and nothing else."""

    def __init__(self, licenses: dict[str, tuple[str | None, tuple[str, ...]]] | None = None) -> None:
        self._licenses = LICENSES if licenses is None else licenses
        self.memo: dict[str, Any] = {}
        self._aliases: dict[str, set[str]] = {}
        for key, (_, names) in self._licenses.items():
            for name in (key, *names):
                self._aliases.setdefault(name.casefold(), set()).add(key)

    @property
    def stamp(self) -> KnowledgeStamp:
        return KnowledgeStamp("2026-11-22", "sha256:" + "0" * 64)

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        if kind != "licenses" or key not in self._licenses:
            return None
        category, names = self._licenses[key]
        record = LicenseRecord(
            key=key,
            kind=DocumentKind.LICENSE,
            spdx=names[0],
            title=key,
            version="none",
            licensor="any",
            licensor_country=NOBODY,
            category=Category(category) if category else Unknown("text not read"),
            line=key.split("-")[0],
            text=Unknown("not read"),
            terms=Unknown("text not read"),
        )
        body: Any = encode(record)
        return {name: value for name, value in body.items() if name != "key"}

    def resolve_alias(self, kind: str, alias: str) -> tuple[str, ...]:
        if kind == "territories" and alias in GROUPS:
            return (alias,)
        return tuple(sorted(self._aliases.get(alias.casefold(), ()))) if kind == "licenses" else ()

    def keys(self, kind: str) -> tuple[str, ...]:
        return tuple(sorted(self._licenses)) if kind == "licenses" else ()

    def keys_beginning(self, kind: str, start: str) -> tuple[str, ...]:
        return tuple(key for key in self.keys(kind) if key.casefold().startswith(start.casefold()))

    def all(self, kind: str) -> Any:
        return iter((key, self.get(kind, key)) for key in self.keys(kind))

    def source_of(self, kind: str, key: str) -> str:
        return f"knowledge:{kind}/{key}"


KNOWLEDGE: Any = FakeKnowledge()


def license_of(expression: str | None, category: str | None = None) -> AssetLicense:
    """A license as a card states it; None for one nobody states."""
    if expression is None:
        reason = Unknown("card has no license field")
        return AssetLicense(reason, reason, reason, (), (), ())
    keys = KNOWLEDGE.resolve_alias("licenses", expression)
    key: str | Unknown = keys[0] if len(keys) == 1 else Unknown("several licenses")
    body = KNOWLEDGE.get("licenses", key) if isinstance(key, str) else None
    known = category or (body["category"] if body and isinstance(body["category"], str) else None)
    evidence = (Evidence("license.key", expression, "hub:test", "2026-11-01", Confidence.VERIFIED),)
    return AssetLicense(
        expression, key, Category(known) if known else Unknown("text not read"), (expression,), (), evidence
    )


def asset(name: str, expression: str | None = "Apache-2.0", **changes: Any) -> Asset:
    """An asset the Hub answered for."""
    kind = changes.pop("kind", Kind.HF_MODEL)
    commit = changes.get("commit", COMMIT)
    made = Asset(
        id=f"{kind.value}:{name}@{commit if isinstance(commit, str) else '*'}",
        name=name,
        kind=kind,
        commit=commit,
        repository_id=NOBODY,
        renamed_from="none",
        answered_by="hub",
        as_of="2026-11-20",
        license=license_of(expression),
        terms=NOBODY,
        inherited=(),
        publisher=PUBLISHER,
        developer=PUBLISHER,
        lineage=(),
        files=(),
        modality=NOBODY,
        library=NOBODY,
        gated=False,
        availability="public",
    )
    return replace(made, **{key: value for key, value in changes.items() if key != "commit"})


def ancestor(name: str, key: str | None, *, of: str, relation: str = "finetune", **changes: Any) -> Ancestor:
    """A base model at depth 1."""
    made = Ancestor(
        name, of, Kind.HF_MODEL, relation, 1, key or Unknown("nothing declared"),
        key or Unknown("nothing declared"), name.split("/")[0], NOBODY, "2026-11-20", Confidence.VERIFIED,
    )  # fmt: skip
    return replace(made, **changes)


def reference(of: Asset, file: str = "app.py", line: int = 3, **changes: Any) -> Reference:
    """A place that names the asset; `revision` is the commit unless said otherwise."""
    location = Location(file, line, changes.pop("column", 5), line, 40)
    made = Sighting(
        of.kind, of.name, COMMIT, Role.DEPENDENCY, Scope.SHIPPED, Certainty.LITERAL, "library-call", location
    )
    return Reference(of.id, replace(made, **changes))


def resolution(*found: Asset | Reference) -> Resolution:
    """Assets and references; an asset without a reference gets one, each on its own line."""
    assets = {each.id: each for each in found if isinstance(each, Asset)}
    references = [each for each in found if isinstance(each, Reference)]
    named = {each.asset for each in references}
    for line, each in enumerate(assets.values(), 3):
        if each.id not in named:
            references.append(reference(each, line=line))
    return Resolution(tuple(references), tuple(assets.values()), ())


def run(**changes: Any) -> Circumstances:
    """A whole-project run with the fake knowledge."""
    return Circumstances(**{"today": TODAY, "knowledge": KNOWLEDGE, **changes})


def load(files: dict[str, str] | str, given: tuple[str, ...] = (), knowledge: Any = KNOWLEDGE) -> Policy:
    """The policy in force of a project that holds these files; a text alone is its lading.yaml."""
    held = {"lading.yaml": files} if isinstance(files, str) else files
    read = {path: text.encode() for path, text in held.items()}
    return check(gather(Path("/nowhere/project"), given, read.get), knowledge)


def judge(
    files: dict[str, str] | str, *found: Asset | Reference, given: tuple[str, ...] = (), **changes: Any
) -> Judgement:
    """Judge facts under a policy; a text without `version:` is what stands below `rules:`."""
    if isinstance(files, str) and "version:" not in files:
        files = "version: 1\nrules:\n" + "".join(f"  {line}\n" for line in files.splitlines())
    return evaluate(load(files, given), resolution(*found), run(**changes))


def said(judgement: Judgement, *rules: str) -> list[tuple[str, str, str]]:
    """(rule, level, reference) of each finding of these rules; all where none is named."""
    return [
        (each.rule, each.level.value, each.reference)
        for each in judgement.findings
        if not rules or each.rule in rules
    ]


def only(judgement: Judgement, rule: str) -> Finding:
    """The one finding of a rule."""
    (found,) = [each for each in judgement.findings if each.rule == rule]
    return found
