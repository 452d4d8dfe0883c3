from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.errors import KnowledgeBroken
from scanner.knowledge import compile as compile_module
from scanner.knowledge import freshness, store
from scanner.knowledge.compile import compile_sources
from scanner.knowledge.index_file import Index, read_index, sign, write_index
from scanner.knowledge.overlay import open_overlay
from scanner.knowledge.store import Knowledge, open_knowledge
from scanner.records.report import KnowledgeStamp
from scanner.records.unknown import Unknown


def write(folder: Path, path: str, text: str) -> Path:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    return target


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write(
        folder,
        "publishers/Ship.yaml",
        "entity: Ship Ltd\ncountry: NO\nas_of: 2026-01-02\naliases: [OldShip]\n",
    )
    write(
        folder,
        "catalog/ship.yaml",
        "confidence: verified\nrecords:\n  ship/one: {license: mit}\n  ship/two: {license: null}\n",
    )
    return folder


def opened(sources: Path, *overlays: Path) -> Knowledge:
    return Knowledge(compile_sources(sources), tuple(open_overlay(folder) for folder in overlays))


def test_a_record_comes_back_as_it_was_written_and_no_stays_a_string(sources: Path) -> None:
    assert opened(sources).get("publishers", "Ship") == {
        "entity": "Ship Ltd",
        "country": "NO",
        "as_of": "2026-01-02",
        "aliases": ["OldShip"],
    }


def test_many_records_of_one_file_share_what_stands_above_them(sources: Path) -> None:
    assert dict(opened(sources).all("catalog")) == {
        "ship/one": {"license": "mit", "confidence": "verified"},
        "ship/two": {"license": None, "confidence": "verified"},
    }


def test_a_name_nobody_knows_leads_nowhere(sources: Path) -> None:
    knowledge = opened(sources)
    assert knowledge.get("publishers", "ship") is None
    assert knowledge.resolve_alias("publishers", "ships") == ()
    assert knowledge.keys("licenses") == ()


def test_an_alias_leads_to_its_key_whatever_its_letter_case(sources: Path) -> None:
    knowledge = opened(sources)
    assert knowledge.resolve_alias("publishers", "OLDSHIP") == ("Ship",)
    assert knowledge.resolve_alias("publishers", "ship") == ("Ship",)


def test_the_stamp_is_the_newest_day_and_the_digest_of_the_sources(sources: Path) -> None:
    index = compile_sources(sources)
    assert Knowledge(index).stamp == KnowledgeStamp("2026-01-02", f"sha256:{index.digest}")
    write(sources, "publishers/Ship.yaml", "entity: Ship Ltd\n")
    stamp = opened(sources).stamp
    assert stamp.as_of == Unknown("no record says when it was read")
    assert stamp.digest != f"sha256:{index.digest}"


def test_an_overlay_adds_and_overrides_by_key_and_changes_the_digest(sources: Path, tmp_path: Path) -> None:
    ours = tmp_path / "our-facts"
    write(ours, "publishers/Ship.yaml", "entity: Ship AS\n")
    write(ours, "publishers/Boat.yaml", "entity: Boat AS\naliases: [dinghy]\n")
    knowledge = opened(sources, ours)
    assert knowledge.keys("publishers") == ("Boat", "Ship")
    assert dict(knowledge.all("publishers"))["Ship"] == {"entity": "Ship AS"}
    assert knowledge.resolve_alias("publishers", "OldShip") == ()
    assert knowledge.resolve_alias("publishers", "Dinghy") == ("Boat",)
    assert knowledge.source_of("publishers", "Boat") == "knowledge:our-facts/publishers/Boat"
    assert knowledge.source_of("catalog", "ship/one") == "knowledge:catalog/ship/one"
    assert knowledge.stamp.digest != opened(sources).stamp.digest


def test_keys_are_found_by_how_they_begin_whatever_their_letter_case() -> None:
    shipped = open_knowledge()
    wanted = tuple(key for key in shipped.keys("catalog") if key.casefold().startswith("qwen/"))
    assert wanted
    assert shipped.keys_beginning("catalog", "QWEN/") == wanted
    assert shipped.keys_beginning("catalog", "") == shipped.keys("catalog")
    assert shipped.keys_beginning("catalog", "no such owner/") == ()


@pytest.mark.parametrize("kind", ["libraries", "lists", "providers", "publishers", "entities"])
def test_a_kind_read_whole_says_what_its_records_say(kind: str) -> None:
    shipped = open_knowledge()
    found = dict(shipped.all(kind))
    assert tuple(found) == shipped.keys(kind)
    assert found == {key: shipped.get(kind, key) for key in shipped.keys(kind)}


def test_the_later_overlay_wins(sources: Path, tmp_path: Path) -> None:
    write(tmp_path, "a/publishers/Ship.yaml", "entity: A\n")
    write(tmp_path, "b/publishers/Ship.yaml", "entity: B\n")
    assert opened(sources, tmp_path / "a", tmp_path / "b").get("publishers", "Ship") == {"entity": "B"}


def test_the_records_of_the_users_own_folders_are_told_from_the_shipped_ones(
    sources: Path, tmp_path: Path
) -> None:
    write(tmp_path, "a/publishers/Ship.yaml", "entity: A\n")
    write(tmp_path, "b/publishers/Ship.yaml", "entity: B\n")
    write(tmp_path, "b/publishers/Boat.yaml", "entity: C\n")
    knowledge = opened(sources, tmp_path / "a", tmp_path / "b")
    assert list(knowledge.laid_over("publishers")) == [("Boat", {"entity": "C"}), ("Ship", {"entity": "B"})]
    assert list(opened(sources).laid_over("publishers")) == []


def test_every_mistake_of_an_overlay_is_named_with_its_line(sources: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    write(ours, "publishers/A.yaml", "entity: A\nentity: B\n")
    write(ours, "publishers/B.yaml", "- a list\n")
    write(ours, "publishers/C.yaml", "entity: C\naliases: one\n")
    with pytest.raises(KnowledgeBroken) as raised:
        opened(sources, ours).get("publishers", "A")
    assert str(raised.value).splitlines() == [
        "ours/publishers/A.yaml:2:1: the key 'entity' stands twice",
        "  first at line 1: keep one of them",
        "ours/publishers/B.yaml:1: a record is a mapping of field names to values",
        "ours/publishers/C.yaml:2:10: `aliases` is a list of names, or of mappings with a `name`",
    ]


def test_an_overlay_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBroken, match="no such folder"):
        open_overlay(tmp_path / "gone")


def test_two_records_of_one_name_are_refused(sources: Path) -> None:
    write(sources, "publishers/other.yaml", "key: Ship\nentity: Another\n")
    with pytest.raises(KnowledgeBroken, match="two records are called 'Ship'"):
        compile_sources(sources)


def test_the_same_sources_give_the_same_bytes(sources: Path) -> None:
    assert compile_sources(sources) == compile_sources(sources)


def test_an_index_reads_back_as_written(sources: Path, tmp_path: Path) -> None:
    index = compile_sources(sources)
    write_index(tmp_path / "index.sqlite", index)
    assert read_index(tmp_path / "index.sqlite") == index


@pytest.mark.parametrize("damage", ["flip", "cut", "other"])
def test_a_changed_index_is_refused(sources: Path, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "index.sqlite"
    write_index(path, compile_sources(sources))
    content = bytearray(path.read_bytes())
    match damage:
        case "flip":
            place = content.index(b"Ship Ltd")
            content[place : place + 4] = b"Boat"
        case "cut":
            del content[-40:]
        case _:
            content = bytearray(b"not an index")
    path.write_bytes(bytes(content))
    with pytest.raises(KnowledgeBroken, match="reinstall lading"):
        read_index(path)


def test_a_missing_index_of_an_installation_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SOURCES", tmp_path / "none")
    monkeypatch.setattr(store, "INDEX", tmp_path / "index.sqlite")
    with pytest.raises(KnowledgeBroken, match="carries no compiled knowledge"):
        open_knowledge()


def test_an_installation_reads_its_index_and_parses_nothing(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_index(tmp_path / "index.sqlite", compile_sources(sources))
    monkeypatch.setattr(store, "SOURCES", tmp_path / "none")
    monkeypatch.setattr(store, "INDEX", tmp_path / "index.sqlite")
    monkeypatch.setattr(freshness, "fresh_index", None)
    assert open_knowledge().resolve_alias("publishers", "oldship") == ("Ship",)


def test_a_changed_source_is_compiled_anew_and_an_unchanged_one_is_not(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "index.sqlite"
    first = freshness.fresh_index(sources, path)
    assert read_index(path) == first
    assert first.signature == sign(sources)
    write(sources, "publishers/Boat.yaml", "entity: Boat\n")
    second = freshness.fresh_index(sources, path)
    assert Knowledge(second).get("publishers", "Boat") == {"entity": "Boat"}
    monkeypatch.setattr("scanner.knowledge.compile.compile_sources", None)
    assert freshness.fresh_index(sources, path) == second
    (sources / "publishers" / "Boat.yaml").touch()
    touched = freshness.fresh_index(sources, path)
    assert (touched.database, touched.digest) == (second.database, second.digest)
    assert read_index(path) == Index(second.database, second.digest, second.as_of, sign(sources))


def test_a_checkout_that_cannot_be_written_keeps_its_index_in_the_cache_folder(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    blocked = write(tmp_path, "file", "") / "index.sqlite"
    built = freshness.fresh_index(sources, blocked)
    kept = list((tmp_path / "cache").iterdir())
    assert [read_index(path) for path in kept] == [built]
    monkeypatch.setattr("scanner.knowledge.compile.compile_sources", None)
    assert freshness.fresh_index(sources, blocked) == built


def test_a_damaged_index_of_a_checkout_is_compiled_anew(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    path = write(tmp_path, "index.sqlite", "junk")
    assert freshness.fresh_index(sources, path) == read_index(path)


def test_many_that_compile_at_once_agree(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LADING_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "index.sqlite"
    seen: list[Index] = []
    threads = [
        threading.Thread(target=lambda: seen.append(freshness.fresh_index(sources, path))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [read_index(path)] * 8
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_file()) == ["index.sqlite"]


def test_threads_share_one_knowledge(sources: Path) -> None:
    knowledge = opened(sources)
    seen: list[object] = []
    threads = [
        threading.Thread(target=lambda: seen.extend(knowledge.get("catalog", "ship/one") for _ in range(50)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [{"license": "mit", "confidence": "verified"}] * 400


def test_the_index_of_this_checkout_is_that_of_its_sources() -> None:
    index = compile_sources(store.SOURCES)
    assert open_knowledge().stamp == Knowledge(index).stamp


def test_opening_and_asking_imports_no_yaml() -> None:
    import subprocess
    import sys

    open_knowledge()
    program = (
        "import sys\nfrom scanner.knowledge.store import open_knowledge\n"
        "open_knowledge().get('publishers', 'Qwen')\nprint('yaml' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"


def test_a_link_out_of_an_overlay_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "secret.yaml", "password: x\n")
    (tmp_path / "ours" / "publishers").mkdir(parents=True)
    (tmp_path / "ours" / "publishers" / "Ship.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(KnowledgeBroken, match="leads out of its folder"):
        open_overlay(tmp_path / "ours")


def test_a_pipe_in_an_overlay_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "ours" / "publishers").mkdir(parents=True)
    os.mkfifo(tmp_path / "ours" / "publishers" / "Ship.yaml")
    with pytest.raises(KnowledgeBroken, match="it is no file"):
        open_overlay(tmp_path / "ours")


def test_a_deep_json_record_is_a_mistake_and_no_crash(sources: Path, tmp_path: Path) -> None:
    write(tmp_path, "ours/lists/deep.json", "[" * 100_000)
    with pytest.raises(KnowledgeBroken, match=r"ours/lists/deep\.json: it cannot be read"):
        opened(sources, tmp_path / "ours").keys("lists")


def test_a_field_of_the_wrong_shape_is_named_with_its_record(sources: Path, tmp_path: Path) -> None:
    from scanner.knowledge import catalog

    write(tmp_path, "ours/catalog/ours.yaml", "records: {ship/one: {license: {mit: yes}}}\n")
    with pytest.raises(KnowledgeBroken, match="knowledge:ours/catalog/ship/one: `license` is"):
        catalog.look_up(opened(sources, tmp_path / "ours"), "hf-model", "ship/one")


def test_a_source_that_changes_while_it_is_compiled_is_compiled_again(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "index.sqlite"
    read_all = compile_module.read_records

    def change_meanwhile(kind: str, stem: str, text: str, file: str) -> Iterator[compile_module.Record]:
        monkeypatch.setattr(compile_module, "read_records", read_all)
        write(sources, "catalog/ship.yaml", "confidence: verified\nrecords:\n  ship/new: {license: mit}\n")
        return read_all(kind, stem, text, file)

    monkeypatch.setattr(compile_module, "read_records", change_meanwhile)
    freshness.fresh_index(sources, kept)
    assert list(Knowledge(freshness.fresh_index(sources, kept)).keys("catalog")) == ["ship/new"]


def test_beginnings_hold_the_owner_of_every_key_and_other_name() -> None:
    knowledge = open_knowledge()
    found = knowledge.beginnings("catalog")
    assert found is not None
    asked = {key.partition("/")[0].casefold() for key in knowledge.keys("catalog")}
    assert (asked <= found, "nobody-at-all" in found) == (True, False)


def test_names_of_an_owner_are_those_that_lead_to_its_records(sources: Path) -> None:
    write(
        sources,
        "catalog/more.yaml",
        "records:\n  Boat/One: {license: mit, aliases: [Boat/Old, bare, Ship/x]}\n",
    )
    knowledge = opened(sources)
    assert knowledge.names_beginning("catalog", "BOAT/") == {"boat/one", "boat/old"}
    assert "ship/x" in knowledge.names_beginning("catalog", "ship/")
    assert knowledge.names_beginning("libraries", "boat/") == frozenset()


def test_a_kind_that_many_go_through_is_unpacked_once(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "ours/publishers/Boat.yaml", "entity: Boat\n")
    knowledge = opened(sources, tmp_path / "ours")
    first = dict(knowledge.all("publishers"))
    assert list(first) == ["Boat", "Ship"]
    monkeypatch.setattr(store, "unpack", None)
    assert dict(knowledge.all("publishers")) == first
    assert [knowledge.get("publishers", key) for key in ("Boat", "Ship", "ship")] == [*first.values(), None]


def test_beginnings_are_compiled_and_not_looked_for(sources: Path) -> None:
    write(sources, "catalog/more.yaml", "records:\n  Boat/one: {license: mit, aliases: [Old/one, bare]}\n")
    knowledge = opened(sources)
    assert [knowledge.beginnings(kind) for kind in ("catalog", "libraries")] == [
        {"ship", "boat", "old", "bare"},
        frozenset(),
    ]
