"""Tests of YAML as a settings tree: what anchors, aliases and merges lead to."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.discovery.source import Source
from scanner.discovery.tree_nodes import Leaf, Listing, Node, Table
from scanner.discovery.views import Text
from scanner.discovery.yaml_nodes import read_documents
from scanner.errors import UnreadableFile
from scanner.records.sighting import Certainty, Scope


def trees(text: str) -> list[Node]:
    return list(read_documents(Source("a.yaml", text, "yaml", Scope.SHIPPED)))


def plain(node: Node) -> object:
    """A tree without its places."""
    if isinstance(node, Leaf):
        return node.value.value if isinstance(node.value, Text) else node.value
    if isinstance(node, Listing):
        return [plain(member) for member in node.members]
    return [(key.value, plain(value)) for key, value in node.entries]


def test_every_document_is_a_tree_of_its_own() -> None:
    assert [plain(tree) for tree in trees("a: x\n---\n- y\n---\nz\n")] == [[("a", "x")], ["y"], "z"]


def test_a_scalar_is_shown_again_under_an_alias_and_a_list_is_not() -> None:
    text = "a: &x one\nb: *x\nc: &y [two]\nd: *y\n"
    assert [plain(tree) for tree in trees(text)] == [[("a", "one"), ("b", "one"), ("c", ["two"]), ("d", [])]]
    (table,) = trees(text)
    assert isinstance(table, Table)
    certainties = [
        leaf.value.certainty
        for _, leaf in table.entries
        if isinstance(leaf, Leaf) and isinstance(leaf.value, Text)
    ]
    assert certainties == [Certainty.LITERAL, Certainty.FOLDED]


def test_a_mapping_takes_over_the_scalars_of_those_it_merges() -> None:
    text = "- &a {p: one, q: [x]}\n- &b\n  r: two\n  q: {s: x}\n- {<<: [*a, *b], t: three}\n- {<<: *b}\n"
    (listing,) = trees(text)
    assert isinstance(listing, Listing)
    merged = [member for member in listing.members[2:] if isinstance(member, Table)]
    assert [member.inherited for member in merged] == [(("p", "one"), ("r", "two")), (("r", "two"),)]
    assert [plain(member) for member in merged] == [[("<<", [[], []]), ("t", "three")], []]


def test_an_anchor_inside_itself_comes_to_an_end() -> None:
    assert [plain(tree) for tree in trees("&a [x, *a]\n")] == [["x", []]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: *nowhere\n", "not YAML: found undefined alias at line 1"),
        ("a: &x 1\nb: &x 2\n", "not YAML: second occurrence at line 2"),
        ("a: &x 1\n---\nb: *x\n", "not YAML: found undefined alias at line 3"),
    ],
)
def test_an_alias_without_its_anchor_and_an_anchor_written_twice_are_no_yaml(text: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        trees(text)
    assert raised.value.reason == reason


VALUES = st.recursive(
    st.text("abc/-. :'\"\n", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc/", max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


def as_pairs(value: object) -> object:
    if isinstance(value, dict):
        return [(key, as_pairs(inner)) for key, inner in value.items()]
    return [as_pairs(inner) for inner in value] if isinstance(value, list) else value


@settings(deadline=None)
@given(VALUES, st.booleans())
def test_what_is_written_as_yaml_is_read_back(value: object, is_flow: bool) -> None:
    text = yaml.safe_dump(value, default_flow_style=is_flow, sort_keys=False)
    assert [plain(tree) for tree in trees(text)] == [as_pairs(value)]
