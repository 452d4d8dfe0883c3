"""The lineage of all assets as one graph, laid out for drawing."""

from __future__ import annotations

from collections import defaultdict

from scanner.records.asset import Ancestor, Asset
from scanner.records.quick import dataclass
from scanner.records.report import Report
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.reporting.phrases import say_briefly

CONFLICT_RULES = frozenset({"license-conflicts-with-base", "license-incompatible-merge"})

BOX_WIDTH, BOX_HEIGHT = 244, 64
COLUMN_GAP, ROW_GAP = 132, 22
MARGIN = 12
MAX_NODES = 80
"""A family with more members is not drawn; its table says the same."""
MAX_NAME = 32
MAX_FAMILIES = 60

Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Node:
    """One repository of a family."""

    name: str
    short_name: str
    license: str
    origin: str
    """Publisher and country in words."""
    is_used: bool
    """Whether the project names it itself."""
    is_dataset: bool
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Edge:
    """From a base to what was made of it."""

    base: str
    child: str
    relation: str
    is_conflict: bool
    path: str
    """SVG path data."""
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Family:
    """Repositories that are connected, with their places on the drawing."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    is_drawn: bool
    """False where it is too large to be read as a drawing."""

    @property
    def title(self) -> str:
        """The family in words, for those who do not see the drawing."""
        return "; ".join(f"{edge.child} is {edge.relation} of {edge.base}" for edge in self.edges)


@dataclass(frozen=True, slots=True)
class _Link:
    base: Key
    child: Key
    relation: str


def families(report: Report) -> tuple[Family, ...]:
    """Lay out every family with at least one edge: bases to the left, conflicts first."""
    assets = {(asset.kind, asset.name): asset for asset in report.assets}
    ancestors: dict[Key, Ancestor] = {}
    links: dict[tuple[Key, Key], _Link] = {}
    for asset in report.assets:
        if isinstance(asset.lineage, Unknown):
            continue
        kinds = {asset.name: asset.kind} | {each.name: each.kind for each in asset.lineage}
        for each in asset.lineage:
            base, child = (each.kind, each.name), (kinds.get(each.of, asset.kind), each.of)
            ancestors.setdefault(base, each)
            if base != child:
                links.setdefault((base, child), _Link(base, child, each.relation))
    conflicts = _conflicts(report, set(links))
    grouped = _connected(list(links.values()))
    laid_out = [_lay_out(members, assets, ancestors, conflicts) for members in grouped]
    laid_out.sort(key=lambda family: (-sum(edge.is_conflict for edge in family.edges), family.nodes[0].name))
    return tuple(laid_out)


def _conflicts(report: Report, links: set[tuple[Key, Key]]) -> set[tuple[Key, Key]]:
    """Find the edges into an asset whose license findings say conflicts with a base behind that edge."""
    assets = {asset.id: asset for asset in report.assets}
    bases_of: dict[Key, list[Key]] = defaultdict(list)
    for base, child in links:
        bases_of[child].append(base)
    marked = set()
    for finding in report.findings:
        asset = assets.get(finding.asset)
        if finding.rule not in CONFLICT_RULES or asset is None:
            continue
        words = " ".join([finding.message, *(f"{each.value} {each.source}" for each in finding.evidence)])
        own = (asset.kind, asset.name)
        for base in bases_of[own]:
            behind = _reachable(base, bases_of)
            if any(name in words.replace(asset.name, " ") for _, name in behind):
                marked.add((base, own))
    return marked


def _reachable(start: Key, bases_of: dict[Key, list[Key]]) -> set[Key]:
    seen, waiting = {start}, [start]
    while waiting:
        for base in bases_of.get(waiting.pop(), []):
            if base not in seen:
                seen.add(base)
                waiting.append(base)
    return seen


def _connected(links: list[_Link]) -> list[list[_Link]]:
    """Group the links by connected family."""
    family_of: dict[Key, int] = {}
    members: dict[int, list[_Link]] = {}
    keys: dict[int, set[Key]] = {}
    for at, link in enumerate(links):
        touched = {family_of[key] for key in (link.base, link.child) if key in family_of}
        joined_links, joined_keys = [link], {link.base, link.child}
        for family in sorted(touched):
            joined_links = members.pop(family) + joined_links
            joined_keys |= keys.pop(family)
        members[at], keys[at] = joined_links, joined_keys
        family_of |= dict.fromkeys(joined_keys, at)
    return list(members.values())


def _levels(links: list[_Link]) -> dict[Key, int]:
    """Give each repository its column: one right of its rightmost base. A circle ends the counting."""
    levels = {key: 0 for link in links for key in (link.base, link.child)}
    for _ in range(len(levels)):
        moved = False
        for link in links:
            wanted = levels[link.base] + 1
            if levels[link.child] < wanted <= len(levels):
                levels[link.child], moved = wanted, True
        if not moved:
            break
    return levels


def _places(links: list[_Link]) -> dict[Key, tuple[int, int]]:
    """Place each repository: column by level, row by the mean row of its bases."""
    levels = _levels(links)
    bases_of: dict[Key, list[Key]] = defaultdict(list)
    for link in links:
        bases_of[link.child].append(link.base)
    rows: dict[Key, float] = {}
    places: dict[Key, tuple[int, int]] = {}
    for level in sorted(set(levels.values())):
        column = [key for key in levels if levels[key] == level]
        wanted = {
            key: sum(rows.get(base, 0) for base in bases_of[key]) / max(len(bases_of[key]), 1)
            for key in column
        }
        column.sort(key=lambda key: (wanted[key], key[1]))
        for row, key in enumerate(column):
            rows[key] = row
            places[key] = (
                MARGIN + level * (BOX_WIDTH + COLUMN_GAP),
                MARGIN + row * (BOX_HEIGHT + ROW_GAP),
            )
    return places


def _lay_out(
    links: list[_Link],
    assets: dict[Key, Asset],
    ancestors: dict[Key, Ancestor],
    conflicts: set[tuple[Key, Key]],
) -> Family:
    places = _places(links)
    is_drawn = len(places) <= MAX_NODES
    nodes = tuple(_node(key, place, assets.get(key), ancestors.get(key)) for key, place in places.items())
    edges = tuple(_edge(link, places, is_conflict=(link.base, link.child) in conflicts) for link in links)
    width = max(x for x, _ in places.values()) + BOX_WIDTH + MARGIN
    height = max(y for _, y in places.values()) + BOX_HEIGHT + MARGIN
    return Family(nodes, edges, width, height, is_drawn)


def _node(key: Key, place: tuple[int, int], asset: Asset | None, ancestor: Ancestor | None) -> Node:
    name = key[1]
    if asset is not None:
        license_ = say_briefly(asset.license.key)
        if license_ == "unknown":
            license_ = say_briefly(asset.license.expression)
        publisher = asset.publisher
        origin = "publisher unknown" if isinstance(publisher, Unknown) else say_briefly(publisher.name)
        country = "" if isinstance(publisher, Unknown) else say_briefly(publisher.country)
    elif ancestor is not None:
        license_ = say_briefly(ancestor.license_key)
        origin, country = say_briefly(ancestor.publisher), say_briefly(ancestor.country)
    else:
        license_, origin, country = "unknown", "publisher unknown", ""
    said = f"{origin} · {'country unknown' if country == 'unknown' else country}" if country else origin
    return Node(
        name=name,
        short_name=shorten(name, MAX_NAME),
        license="license unknown" if license_ == "unknown" else shorten(license_, 38),
        origin=shorten(said, 38),
        is_used=asset is not None,
        is_dataset=key[0] is Kind.HF_DATASET,
        x=place[0],
        y=place[1],
    )


def _edge(link: _Link, places: dict[Key, tuple[int, int]], *, is_conflict: bool) -> Edge:
    (base_x, base_y), (child_x, child_y) = places[link.base], places[link.child]
    start_x, start_y = base_x + BOX_WIDTH, base_y + BOX_HEIGHT // 2
    end_x, end_y = child_x, child_y + BOX_HEIGHT // 2
    bend = COLUMN_GAP // 2
    path = f"M{start_x} {start_y} C{start_x + bend} {start_y} {end_x - bend} {end_y} {end_x} {end_y}"
    # The label stands where the curve enters its end: there no two edges of one base overlap.
    return Edge(
        base=link.base[1],
        child=link.child[1],
        relation=link.relation,
        is_conflict=is_conflict,
        path=path,
        label_x=end_x - bend,
        label_y=end_y - 6,
    )


def shorten(text: str, most: int) -> str:
    """Cut the middle out of a long name, so that its beginning and its end are still told apart."""
    if len(text) <= most:
        return text
    head = (most - 1) // 2
    return f"{text[:head]}…{text[-(most - 1 - head) :]}"
