"""`*.test.yaml`: facts made by hand and the findings a policy must give."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from scanner.marked_yaml import Mapping, Node, Scalar, Sequence
from scanner.policy.options import Reading, Refused, option_types, read_mapping, read_value, unknown_key
from scanner.policy.policy import Policy
from scanner.policy.use import Use
from scanner.records.asset import (
    Ancestor,
    Asset,
    AssetLicense,
    Endpoint,
    Inherited,
    ListEntry,
    ModelFile,
    Party,
    Reference,
    Resolution,
)
from scanner.records.fact import Confidence, Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass, replace
from scanner.records.sighting import Certainty, Kind, Location, Role, Scope, Sighting
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.knowledge.store import Knowledge

DEFAULT_DAY = "2026-11-22"
SOURCE = "test case"
NOT_SAID = Unknown("the case does not say")

ANCESTOR_KEYS = (
    "name",
    "of",
    "kind",
    "relation",
    "license",
    "publisher",
    "country",
    "entity",
    "parent",
    "parent_country",
    "confidence",
    "lists",
)
PARTY_KEYS = ("name", "entity", "parent", "country", "parent_country", "kind", "role", "lists", "confidence")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: what is given, and every finding above note that must come of it."""

    name: str
    resolution: Resolution
    use: Use
    today: date
    expected: tuple[tuple[str, Level], ...]
    """(rule, level), sorted; notes count only where they are named."""
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One `*.test.yaml`."""

    policy: str
    """The policy it tries: a pack, or a path beside the file."""
    cases: tuple[Case, ...]


def default_policy(path: str) -> str:
    """The policy a test file means where it names none: the file it is called after."""
    return PurePosixPath(path).name.removesuffix(".test.yaml") + ".yaml"


def read_cases(
    top: Mapping, reading: Reading, policy_for: Callable[[str], Policy], knowledge: Knowledge
) -> CaseFile:
    """Read a test file; mistakes are noted in `reading`, and a case with one is left out."""
    builder = _Builder(reading, knowledge)
    for _, key, _ in top.items():
        if key.value not in ("policy", "cases"):
            unknown_key("the key", key, ["policy", "cases"], reading)
    named = top.get("policy")
    policy = default_policy(reading.file)
    if named is not None:
        try:
            policy = str(read_value(str, named, "policy", reading))
        except Refused:
            return CaseFile(policy, ())
    cases = []
    node = top.get("cases")
    if not isinstance(node, Sequence):
        reading.refuse(node or top, "cases wants a list", "write cases: and below it - name: …")
        return CaseFile(policy, ())
    use = policy_for(policy).use
    for member in node:
        try:
            cases.append(builder.case(read_mapping(member, "a case", reading), use))
        except Refused:
            continue
    return CaseFile(policy, tuple(cases))


class _Builder:
    """Turns the nodes of one file into facts."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self.reading = reading
        self.knowledge = knowledge

    def case(self, body: Mapping, use: Use) -> Case:
        self._known(body, "case", ("name", "given", "use", "date", "expect"))
        name = self._get(body, "name", str, "")
        if not name:
            raise self.reading.refuse(body, "a case has no name", "say in a sentence what it shows")
        given = body.get("given")
        members = list(given) if isinstance(given, Sequence) else [given] if given is not None else []
        if not members:
            raise self.reading.refuse(
                body, f"the case {name!r} gives no facts", "write given: {reference: …}"
            )
        pairs = [
            self._given(read_mapping(node, "given", self.reading), at) for at, node in enumerate(members)
        ]
        said = {
            key: read_value(option_types(Use)[key], node, f"use.{key}", self.reading)
            for key, node in self._entries(body, "use", tuple(option_types(Use)))
        }
        assets = {asset.id: asset for _, asset in pairs}
        resolution = Resolution(tuple(place for place, _ in pairs), tuple(assets.values()), ())
        day = date.fromisoformat(self._get(body, "date", str, DEFAULT_DAY))
        return Case(
            name, resolution, replace(use, **said), day, self._expected(body), self.reading.file, body.line
        )

    def _expected(self, body: Mapping) -> tuple[tuple[str, Level], ...]:
        node = body.get("expect")
        if not isinstance(node, Sequence):
            raise self.reading.refuse(
                node or body, "expect wants a list of rule: level", "write expect: [] for a case that passes"
            )
        from scanner.policy.compose import all_rules

        ids = [rule.id for rule in all_rules()]
        found: list[tuple[str, Level]] = []
        for member in node:
            for rule, key, level in read_mapping(member, "an entry of expect", self.reading).items():
                if rule not in ids:
                    unknown_key("the rule", key, ids, self.reading)
                found.append((rule, read_value(Level, level, rule, self.reading)))
        return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].rank)))

    def _given(self, body: Mapping, at: int) -> tuple[Reference, Asset]:
        self._known(
            body,
            "given",
            (
                "reference",
                "kind",
                "license",
                "lineage",
                "publisher",
                "developer",
                "serving_entity",
                "endpoint",
                "revision",
                "commit",
                "scope",
                "role",
                "certainty",
                "file",
                "remote_code",
                "formats",
                "modality",
                "availability",
                "answered_by",
                "confidence",
                "provider",
                "base_url",
                "gated",
            ),
        )
        name = self._get(body, "reference", str, "")
        if not name:
            raise self.reading.refuse(body, "given names no reference", "write reference: OWNER/NAME")
        kind = self._get(body, "kind", Kind, Kind.HF_MODEL)
        asset = self._asset(body, name, kind)
        file = self._get(body, "file", str, "app.py")
        sighting = Sighting(
            kind,
            name,
            self._get(body, "revision", str, "none"),
            self._get(body, "role", Role, Role.DEPENDENCY),
            self._get(body, "scope", Scope, Scope.SHIPPED),
            self._get(body, "certainty", Certainty, Certainty.LITERAL),
            "test-case",
            Location(file, at + 1, 1, at + 1, 2),
            provider=self._get(body, "provider", str, None),
            base_url=self._get(body, "base_url", str, None),
            remote_code=self._get(body, "remote_code", bool, None),
        )
        return Reference(asset.id, sighting), asset

    def _asset(self, body: Mapping, name: str, kind: Kind) -> Asset:
        from scanner.policy.rejudge import complete

        confidence = self._get(body, "confidence", Confidence, Confidence.VERIFIED)
        commit: str | Unknown = self._get(body, "commit", str, NOT_SAID)
        lineage = body.get("lineage")
        ancestors = tuple(
            self._ancestor(read_mapping(node, "a base model", self.reading), name)
            for node in (lineage if isinstance(lineage, Sequence) else ())
        )
        formats = self._get(body, "formats", tuple[str, ...], ())
        files = tuple(
            ModelFile(f"model.{each}", each, NOT_SAID, each in ("pickle", "h5", "nemo", "joblib"))
            for each in formats
        )
        asset = Asset(
            id=f"{kind.value}:{name}@{commit if isinstance(commit, str) else '*'}",
            name=name,
            kind=kind,
            commit=commit,
            repository_id=NOT_SAID,
            renamed_from="none",
            answered_by=self._get(body, "answered_by", str, "hub"),
            as_of=DEFAULT_DAY,
            license=self._license(self._get(body, "license", str, None), confidence),
            terms=NOT_SAID,
            inherited=tuple(
                Inherited(each.name, each.relation, each.license_key, NOT_SAID) for each in ancestors
            ),
            publisher=self._party(body, "publisher", confidence),
            developer=self._party(body, "developer", confidence),
            lineage=ancestors,
            files=files,
            modality=self._get(body, "modality", str, NOT_SAID),
            library=NOT_SAID,
            gated=self._get(body, "gated", bool, False),
            availability=self._get(body, "availability", str, "public"),
            serving_entity=_none_if_unknown(self._party(body, "serving_entity", confidence)),
            endpoint=self._endpoint(body),
        )
        return complete(asset, self.knowledge)

    def _license(self, said: str | None, confidence: Confidence) -> AssetLicense:
        if said is None:
            return AssetLicense(NOT_SAID, NOT_SAID, NOT_SAID, (), (), ())
        from scanner.knowledge.licenses import of_name

        answer = of_name(self.knowledge, said)
        expression = said if isinstance(answer.expression, Unknown) else answer.expression
        evidence = Evidence("license.key", said, SOURCE, DEFAULT_DAY, confidence)
        return AssetLicense(expression, answer.key, answer.category, (said,), (), (evidence,))

    def _ancestor(self, body: Mapping, of: str) -> Ancestor:
        self._known(body, "a base model", ANCESTOR_KEYS)
        name = self._get(body, "name", str, "")
        if not name:
            raise self.reading.refuse(body, "a base model has no name", "write name: OWNER/NAME")
        said = self._get(body, "license", str, None)
        key: str | Unknown = NOT_SAID
        if said is not None:
            from scanner.knowledge.licenses import of_name

            key = of_name(self.knowledge, said).key
        text = partial(self._text, body)
        return Ancestor(
            name,
            self._get(body, "of", str, of),
            self._get(body, "kind", Kind, Kind.HF_MODEL),
            self._get(body, "relation", str, "finetune"),
            1,
            said or NOT_SAID,
            key,
            text("publisher"),
            text("country"),
            DEFAULT_DAY,
            self._get(body, "confidence", Confidence, Confidence.VERIFIED),
            text("entity"),
            text("parent"),
            text("parent_country"),
            self._lists(body),
            SOURCE,
        )

    def _party(self, body: Mapping, which: str, confidence: Confidence) -> Party | Unknown:
        node = body.get(which)
        if node is None:
            return NOT_SAID
        said = read_mapping(node, which, self.reading)
        self._known(said, which, PARTY_KEYS)
        text = partial(self._text, said)
        return Party(
            text("name"),
            text("entity"),
            text("parent"),
            text("country"),
            text("parent_country"),
            text("kind"),
            text("role"),
            self._lists(said),
            self._get(said, "confidence", Confidence, confidence),
            SOURCE,
            DEFAULT_DAY,
        )

    def _lists(self, body: Mapping) -> tuple[ListEntry, ...]:
        node = body.get("lists")
        found = []
        for member in node if isinstance(node, Sequence) else ():
            said = read_mapping(member, "a list entry", self.reading)
            self._known(said, "a list entry", ("list", "status", "confidence"))
            found.append(
                ListEntry(
                    self._get(said, "list", str, "a list"),
                    self._get(said, "status", str, "listed"),
                    DEFAULT_DAY,
                    SOURCE,
                    "the entity",
                    self._get(said, "confidence", Confidence, Confidence.VERIFIED),
                )
            )
        return tuple(found)

    def _endpoint(self, body: Mapping) -> Endpoint | None:
        node = body.get("endpoint")
        if node is None:
            return None
        said = read_mapping(node, "endpoint", self.reading)
        self._known(said, "endpoint", ("host", "region", "inference_scope"))
        return Endpoint(
            *(self._get(said, field, str, NOT_SAID) for field in ("host", "region", "inference_scope"))
        )

    def _text(self, body: Mapping, key: str) -> Any:
        return self._get(body, key, str, NOT_SAID)

    def _get(self, body: Mapping, key: str, kind: Any, otherwise: Any) -> Any:
        node = body.get(key)
        if node is None:
            return otherwise
        if isinstance(node, Scalar) and node.value == "unknown":
            return NOT_SAID
        return read_value(kind, node, key, self.reading)

    def _entries(self, body: Mapping, key: str, known: tuple[str, ...]) -> list[tuple[str, Node]]:
        node = body.get(key)
        if node is None:
            return []
        section = read_mapping(node, key, self.reading)
        self._known(section, key, known)
        return [(name, value) for name, _, value in section.items() if name in known]

    def _known(self, body: Mapping, what: str, keys: tuple[str, ...]) -> None:
        for name, key, _ in body.items():
            if name not in keys:
                unknown_key(f"in {what}, the key", key, list(keys), self.reading)


def _none_if_unknown(party: Party | Unknown) -> Party | None:
    return None if isinstance(party, Unknown) else party
