"""Someone behind a model is named on a published list that the policy watches.

Which lists are watched, and what follows, is the policy's word; without `deny` or `review` the rule is
silent. An entry that was withdrawn or taken off is at most a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.knowledge import publishers
from scanner.knowledge.bare_names import bare
from scanner.policy.match import Entity
from scanner.policy.origin import Scope, Standing, standings
from scanner.policy.rule import Facts, Fault, Rule
from scanner.records.asset import Asset, ListEntry
from scanner.records.fact import Evidence
from scanner.records.finding import Level
from scanner.records.quick import dataclass
from scanner.records.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Options:
    """What `entity-on-list` may be set to."""

    level: Level = Level.ERROR
    """For a party that stands on a list under `deny`."""
    deny: tuple[Entity, ...] | None = None
    """Lists by name, as `lading knowledge list lists` shows them; `*` stands for a run of characters."""
    review: tuple[Entity, ...] | None = None
    """Lists whose entries someone has to look at."""
    review_level: Level = Level.WARNING
    """For a party that stands on a list under `review`."""
    scope: Scope = Scope.LINEAGE
    """Whose entries count: publisher, developer, lineage (all of them) or serving_entity."""
    under_litigation: Level | None = None
    """For an entry its party contests in court; off takes the level of the list."""
    withdrawn: Level | None = Level.NOTE
    """For an entry that was withdrawn or taken off; off leaves those alone."""
    min_parent_percent: int | None = None
    """Share a listed parent must hold for its entry to count; a share nobody recorded is a question."""


def check(asset: Asset, facts: Facts, options: Options) -> Iterator[Fault]:
    """Look through the entries of every party of the scope."""
    seen: set[ListEntry] = set()
    watched = standings(asset, options.scope)
    if asset.serving_entity is not None and options.scope is Scope.LINEAGE:
        watched += standings(asset, Scope.SERVING_ENTITY)
    for standing in watched:
        for entry in standing.party.lists:
            if entry in seen:
                continue
            seen.add(entry)
            yield from _judge(asset, standing, entry, facts, options)


def _judge(
    asset: Asset, standing: Standing, entry: ListEntry, facts: Facts, options: Options
) -> Iterator[Fault]:
    for setting, level in (("deny", options.level), ("review", options.review_level)):
        named = next((one for one in getattr(options, setting) or () if one.matches(entry.list)), None)
        if named is None:
            continue
        match entry.status:
            case "withdrawn" | "delisted":
                case_level = options.withdrawn
            case "under litigation":
                case_level = options.under_litigation or level
            case _:
                case_level = level
        parent = _parent(standing, entry, facts)
        if parent and case_level is not None:
            case_level = _by_share(parent, case_level, options)
        if case_level is not None:
            yield Fault(
                message=(
                    f"{asset.name} {standing.how} {standing.shown}, "
                    f"{parent.said if parent else ''}{_said(entry)}"
                ),
                remedy=f"ask who answers for trade compliance; lading show {asset.name} has the evidence",
                evidence=(_evidence(standing, entry),),
                level=case_level,
                setting=setting,
                entry=named.text,
                about=(entry.list, entry.matched, entry.status, str(entry.as_of)),
            )
        return


@dataclass(frozen=True, slots=True)
class _Parent:
    """A parent that stands on a list in place of the party itself."""

    name: str
    percent: float | Unknown

    @property
    def said(self) -> str:
        held = "" if isinstance(self.percent, Unknown) else f", which holds {self.percent:g} percent of it,"
        return f"whose parent {self.name}{held} is "


def _parent(standing: Standing, entry: ListEntry, facts: Facts) -> _Parent | None:
    party = standing.party
    if entry.parent is not None:
        return _Parent(entry.parent, publishers.parent_share(facts.knowledge, party))
    own = {bare(name) for name in publishers.names_of(facts.knowledge, party)}
    if not isinstance(party.parent, str) or bare(entry.matched) in own:
        return None
    above = {bare(name) for name in publishers.names_of_entity(facts.knowledge, party.parent)}
    if bare(entry.matched) not in above:
        return None
    return _Parent(party.parent, publishers.parent_share(facts.knowledge, party))


def _by_share(parent: _Parent, level: Level, options: Options) -> Level | None:
    """What the entry of a parent is worth by the share it holds; None where that is too little."""
    if options.min_parent_percent is None:
        return level
    if isinstance(parent.percent, Unknown):
        return min(level, Level.QUESTION, key=lambda one: one.rank)
    return level if parent.percent >= options.min_parent_percent else None


def _said(entry: ListEntry) -> str:
    since = "no day recorded" if isinstance(entry.as_of, Unknown) else f"as of {entry.as_of}"
    source = "no source recorded" if isinstance(entry.source, Unknown) else entry.source
    status = "" if entry.status == "listed" else f"; status: {entry.status}"
    return f"listed on {entry.list} as {entry.matched!r}, {since} ({source}){status}"


def _evidence(standing: Standing, entry: ListEntry) -> Evidence:
    source = entry.source if isinstance(entry.source, str) else "knowledge:lists"
    return Evidence(
        f"{standing.fact}.lists",
        f"{entry.list}: {entry.matched} ({entry.status})",
        source,
        entry.as_of,
        entry.confidence,
    )


RULE = Rule(
    id="entity-on-list",
    judges=Asset,
    options=Options,
    check=check,
    silent_without=("deny", "review"),
    never_baselined=True,
    blind_spots=(
        "The shipped lists are dated excerpts: import your own with `lading knowledge import-list`.",
        "Names are compared letter case and legal forms aside; another spelling is not found.",
    ),
)
