"""Call records: patterns, arguments, and that every shipped record says where it was read."""

import re
from pathlib import Path

import pytest

from scanner.knowledge.call_outline import outline_of
from scanner.knowledge.libraries import Argument, CallIndex, read_calls
from scanner.knowledge.store import open_knowledge
from scanner.records.sighting import Kind


def index_of(*patterns: str, **said: object) -> CallIndex:
    calls = [{"call": pattern, **said} for pattern in patterns]
    bodies = {"lib": {"source": "s", "as_of": "2026-01-01", "calls": calls}}
    return CallIndex(outline_of(bodies.items()), bodies.__getitem__)


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("a.b", "a.b", True),
        ("a.b", "a.c", False),
        ("a.**.b", "a.b", True),
        ("a.**.b", "a.x.y.b", True),
        ("a.**.b", "b", False),
        ("a.*Model.load", "a.TinyModel.load", True),
        ("a.*Model.load", "a.Tiny.load", False),
        ("*.**.load", "x.y.load", True),
        ("?.load", "?.load", True),
        ("?.load", "x.load", False),
    ],
)
def test_a_pattern_fits_dotted_names_segment_by_segment(pattern: str, name: str, fits: bool) -> None:
    assert bool(index_of(pattern).look_up(name)) is fits


def test_the_most_specific_record_comes_first() -> None:
    index = index_of("a.**.load", "a.B.load", "*.**.load")
    assert [".".join(each.pattern) for each in index.look_up("a.B.load")] == [
        "a.B.load",
        "a.**.load",
        "*.**.load",
    ]


def test_every_shipped_record_names_its_source_day_and_kinds() -> None:
    knowledge = open_knowledge()
    kinds = {kind.value for kind in Kind} | {"router"}
    for key, body in knowledge.all("libraries"):
        assert body["library"], key
        assert body["source"], key
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", body["as_of"]), key
        assert body["confidence"] in {"verified", "corroborated", "unverified"}, key
        is_version_named = re.search(r" \d+\.\d|20\d{6}", body["source"]) is not None
        assert is_version_named or body["confidence"] != "verified", key
    for word in read_calls(knowledge).words:
        assert word
    providers = set(knowledge.keys("providers"))
    for key, body in knowledge.all("libraries"):
        for call in body["calls"]:
            if call.get("provider"):
                assert call["provider"] in providers, (key, call["provider"])
            for thing in [call["names"]] if isinstance(call.get("names"), dict) else call.get("names", []):
                assert thing.get("kind", "hf-model") in kinds, (key, thing)


def test_an_argument_is_a_position_and_keywords() -> None:
    knowledge = open_knowledge()
    (found, *_) = read_calls(knowledge).look_up("transformers.pipeline")
    assert found.things[0].argument == Argument(1, ("model",))
    assert {default.task: default.name for default in found.defaults}["ner"].startswith("dbmdz/")


def test_what_a_file_must_hold_to_make_a_call_that_names_something() -> None:
    patterns = (
        "a.hub.load",
        "a.**.B.open",
        "?.chat.create",
        "a.**.Big*",
        "a.**.Maker.**",
        "javascript.x.call",
    )
    index = index_of(*patterns, names={"argument": 0})
    assert index.made_with({"load", "hub"}, {"a"}) == {"load"}
    assert index.made_with({"load"}, {"a"}) == set()
    assert index.made_with({"load", "hub"}, {"b"}) == set()
    assert index.made_with({"open"}, {"a"}) == {"open"}
    assert index.made_with({"create", "chat"}, set()) == {"chat.create"}
    assert index.made_with({"call", "x"}, {"javascript"}) == set()
    assert index.made_with({"a", "BigOne", "BigTwo", "Maker", "x"}, {"a"}) == {"BigOne", "BigTwo", "Maker"}
    assert index_of("a.Client").made_with({"Client"}, {"a"}) == set()


def test_the_keywords_records_ask_for_are_known_by_their_outer_names() -> None:
    asked = read_calls(open_knowledge()).arguments
    assert {"model", "repo_id", "revision", "trust_remote_code", "base_url", "region_name"} <= asked
    assert not any("." in keyword for keyword in asked)


def test_the_outline_in_the_index_is_what_the_records_say() -> None:
    knowledge = open_knowledge()
    assert knowledge.outline("libraries") == outline_of(knowledge.all("libraries"))


def test_a_library_of_ones_own_is_found_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "libraries").mkdir()
    (tmp_path / "libraries" / "ours.yaml").write_text(
        "library: ours\nsource: s\nas_of: 2026-01-01\nconfidence: verified\n"
        "calls: [{call: ours.load, names: {argument: [0, name]}}]\n"
    )
    calls = read_calls(open_knowledge((tmp_path,)))
    assert [
        each.library for name in ("ours.load", "transformers.pipeline") for each in calls.look_up(name)
    ] == [
        "ours",
        "transformers",
    ]
    assert {"name", "repo_id"} <= calls.arguments
