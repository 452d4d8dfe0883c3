from __future__ import annotations

from dataclasses import replace

from scanner.records.sighting import Kind
from scanner.reporting.lineage_graph import BOX_HEIGHT, BOX_WIDTH, Family, families, shorten
from tests.reporting.sample_assets import ASSETS, BASE, CHAT, GGUF, NOTES, ancestor
from tests.reporting.sample_report import EMPTY, REPORT


def edges(family: Family) -> set[tuple[str, str, bool]]:
    return {(edge.base, edge.child, edge.is_conflict) for edge in family.edges}


def test_assets_that_share_a_base_are_one_family() -> None:
    (family,) = families(REPORT)
    assert edges(family) == {(BASE, CHAT, False), (CHAT, GGUF, True), (NOTES, BASE, False)}
    assert [node.name for node in family.nodes if node.is_used] == [NOTES, CHAT, GGUF]


def test_bases_stand_left_of_what_was_made_of_them_and_boxes_do_not_overlap() -> None:
    (family,) = families(REPORT)
    x = {node.name: node.x for node in family.nodes}
    assert all(x[edge.base] + BOX_WIDTH < x[edge.child] for edge in family.edges)
    places = [(node.x, node.y) for node in family.nodes]
    assert len(set(places)) == len(places)
    assert all(
        node.x + BOX_WIDTH <= family.width and node.y + BOX_HEIGHT <= family.height for node in family.nodes
    )


def test_a_merge_has_an_edge_from_each_base() -> None:
    merged = replace(
        ASSETS[5],
        lineage=(
            ancestor("a/one", ASSETS[5].name, "merge", 1),
            ancestor("b/two", ASSETS[5].name, "merge", 1),
        ),
    )
    (family,) = families(replace(REPORT, assets=(merged,)))
    assert edges(family) == {("a/one", ASSETS[5].name, False), ("b/two", ASSETS[5].name, False)}
    assert len({node.y for node in family.nodes if not node.is_used}) == 2


def test_a_circle_ends() -> None:
    name = ASSETS[5].name
    turning = replace(
        ASSETS[5], lineage=(ancestor("a/one", name, "finetune", 1), ancestor(name, "a/one", "finetune", 2))
    )
    (family,) = families(replace(REPORT, assets=(turning,)))
    assert edges(family) == {("a/one", name, False), (name, "a/one", False)}


def test_unrelated_models_are_families_of_their_own_and_a_root_is_none() -> None:
    other = replace(ASSETS[5], lineage=(ancestor("a/one", ASSETS[5].name, "finetune", 1),))
    found = families(replace(REPORT, assets=(*ASSETS[:5], other)))
    assert [len(family.nodes) for family in found] == [4, 2]
    assert families(EMPTY) == ()


def test_a_family_too_large_to_read_is_not_drawn() -> None:
    children = tuple(
        replace(
            ASSETS[5],
            id=str(n),
            name=f"c/{n}",
            kind=Kind.HF_MODEL,
            lineage=(ancestor("a/base", f"c/{n}", "finetune", 1),),
        )
        for n in range(100)
    )
    (family,) = families(replace(REPORT, assets=children))
    assert (family.is_drawn, len(family.nodes)) == (False, 101)


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    assert shorten("organization/model-7B-Instruct-GGUF", 21) == "organizati…truct-GGUF"
    assert shorten("short", 21) == "short"
