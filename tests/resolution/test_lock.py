from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.errors import LockBroken
from scanner.records.fact import Confidence
from scanner.records.lock import LockedAncestor, LockedBlock, LockedFile, LockedLicense, LockedText
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.lock import read_lock, read_lock_file, save_lock, write_lock

COMMIT = "0e9e39f249a16976918f6564b8830bc894c89659"


def block(name: str = "ext-test/one", revision: str = "none", **more: object) -> LockedBlock:
    fields: dict[str, object] = {
        "kind": Kind.HF_MODEL,
        "reference": name,
        "revision": revision,
        "name": name,
        "commit": COMMIT,
        "identity": "6698d8a0653e4babe21e1e7d",
        "license": LockedLicense("MIT", "mit", ("mit",), (LockedText("LICENSE", "ab" * 32),)),
        "publisher": "ext-test",
        "lineage": (
            LockedAncestor(
                "ext-test/base", name, Kind.HF_MODEL, "merge", "other/x", Unknown("?"), Confidence.VERIFIED
            ),
        ),
        "gated": False,
        "modality": "text-generation",
        "availability": "public",
        "answered_by": "hub",
        "as_of": "2026-11-22",
        "confidence": Confidence.VERIFIED,
    }
    return LockedBlock(**{**fields, **more})  # type: ignore[arg-type]


WRITTEN = """\
# lading.lock: what each model and dataset was when it was last looked at.
# Written by `lading lock`, checked by `lading lock --check`. Keep it under version control.
version: 1
references:

  hf-model:ext-test/one:
    name: ext-test/one
    commit: "0e9e39f249a16976918f6564b8830bc894c89659"
    identity: "6698d8a0653e4babe21e1e7d"
    license:
      expression: MIT
      key: mit
      declared: [mit]
      texts:
      - path: LICENSE
        sha256: abababababababababababababababababababababababababababababababab
    publisher: ext-test
    lineage:
    - name: ext-test/base
      of: ext-test/one
      kind: hf-model
      relation: merge
      license_declared: other/x
      license_key: {unknown: "?"}
      confidence: verified
    gated: false
    modality: text-generation
    availability: public
    answered_by: hub
    as_of: "2026-11-22"
    confidence: verified
"""


def test_a_block_is_written_like_this() -> None:
    assert write_lock((block(),)) == WRITTEN


def test_blocks_are_sorted_whatever_order_they_come_in() -> None:
    blocks = (block("b/two"), block("a/one"), block("a/one", "v1"))
    assert write_lock(blocks) == write_lock(blocks[::-1])
    assert [each.key for each in read_lock(write_lock(blocks).encode()).blocks] == [
        "hf-model:a/one",
        "hf-model:a/one@v1",
        "hf-model:b/two",
    ]


def test_what_is_written_is_read_back_with_its_line() -> None:
    lock = read_lock(WRITTEN.encode())
    assert lock.blocks == (block(line=6),)
    assert lock.digest.startswith("sha256:")
    assert write_lock(lock.blocks) == WRITTEN


def test_an_empty_lockfile_is_one() -> None:
    assert read_lock(write_lock(()).encode()).blocks == ()


@given(
    st.text(max_size=60),
    st.one_of(st.text(max_size=60), st.builds(Unknown, st.text(max_size=60))),
    st.one_of(
        st.just(False), st.sampled_from(["auto", "NO", "yes", "1e5", "null", "~", "- a", "a: b", "#c"])
    ),
)
def test_any_text_survives_the_file(declared: str, publisher: str | Unknown, gated: bool | str) -> None:
    stated = block(
        license=LockedLicense("MIT", Unknown("\x85\u2028"), (declared, "no", "on")),
        publisher=publisher,
        gated=gated,
    )
    (again,) = read_lock(write_lock((stated,)).encode()).blocks
    assert (again.license, again.publisher, again.gated) == (stated.license, stated.publisher, stated.gated)


def test_a_reference_is_found_as_written_and_by_the_commit_that_is_locked() -> None:
    lock = read_lock(write_lock((block(), block("ext-test/two", "v1"))).encode()).index()
    assert lock.find(Kind.HF_MODEL, "ext-test/one") is not None
    assert lock.find(Kind.HF_MODEL, "ext-test/one", COMMIT) is not None
    assert lock.find(Kind.HF_MODEL, "ext-test/one", "f" * 40) is None
    assert lock.find(Kind.HF_MODEL, "ext-test/two", "v1") is not None
    assert lock.find(Kind.HF_MODEL, "ext-test/two") is None
    assert lock.find(Kind.HF_DATASET, "ext-test/one") is None


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("[]", ["lading.lock:1:1: a lockfile is a mapping with `version` and `references`"]),
        ("version: 2\nreferences: {}", ["lading.lock:1:10: `version` has to be 1"]),
        ("version: 1", ["lading.lock:1:1: `references` has to be a mapping"]),
        ("version: 1\nreferences: []", ["lading.lock:2:13: `references` has to be a mapping"]),
        (
            "version: 1\nreferences:\n  Qwen/x: {}",
            ["lading.lock:3:3: 'Qwen/x' is no reference: write KIND:NAME"],
        ),
        (
            "version: 1\nreferences:\n  hf-model:a/b: 3\n  hf-model:a/c: []",
            [
                "lading.lock:3:3: the block of 'hf-model:a/b' has to be a mapping",
                "lading.lock:4:3: the block of 'hf-model:a/c' has to be a mapping",
            ],
        ),
        ("a: [", ["lading.lock:2:1: not YAML"]),
        (WRITTEN.replace("publisher:", "publishr:"), ["lading.lock:17:5: 'publishr' has no meaning here"]),
        (
            WRITTEN.replace("      key: mit", "      kee: mit"),
            ["lading.lock:12:7: 'kee' has no meaning here"],
        ),
        (
            WRITTEN.replace("gated: false", "gated: 7"),
            ["lading.lock:6:3: hf-model:ext-test/one.gated: expected"],
        ),
        (
            WRITTEN.replace("    gated: false\n", ""),
            ["lading.lock:6:3: hf-model:ext-test/one: the field 'gated' is"],
        ),
        (WRITTEN + WRITTEN.partition("references:\n")[2], ["the key 'hf-model:ext-test/one' stands twice"]),
        ("<<<<<<< ours\n" + WRITTEN, ["lading.lock:"]),
    ],
)
def test_a_broken_lockfile_is_refused_with_every_line(text: str, mistakes: list[str]) -> None:
    with pytest.raises(LockBroken) as caught:
        read_lock(text.encode())
    for mistake in mistakes:
        assert mistake in str(caught.value)
    assert str(caught.value).endswith("settle the lines, or write the file anew: lading lock")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(LockBroken, match=r"lading\.lock: the file is not UTF-8 text"):
        read_lock(b"\xff\xfe")


def test_a_lockfile_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    assert read_lock_file(tmp_path) is None
    save_lock(tmp_path / "lading.lock", WRITTEN)
    assert (tmp_path / "lading.lock").read_text() == WRITTEN
    assert read_lock_file(tmp_path) == read_lock(WRITTEN.encode())
    assert [file.name for file in tmp_path.iterdir()] == ["lading.lock"]
    with pytest.raises(LockBroken, match="make its folder writable"):
        save_lock(tmp_path / "nowhere" / "lading.lock", WRITTEN)


def test_a_lockfile_that_was_read_before_reads_the_same(tmp_path: Path) -> None:
    blocks = (block("a/one"), block("a/two"), block("a/two", "v1"), block("b/three"))
    (tmp_path / "lading.lock").write_text(write_lock(blocks))
    plain = read_lock_file(tmp_path)
    first = read_lock_file(tmp_path, cache_folder=tmp_path / "cache")
    again = read_lock_file(tmp_path, cache_folder=tmp_path / "cache")
    assert plain is not None
    assert plain == first == again
    (tmp_path / "lading.lock").write_text(write_lock(blocks[:1]))
    changed = read_lock_file(tmp_path, cache_folder=tmp_path / "cache")
    assert changed is not None
    assert changed.blocks == plain.blocks[:1]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    for candidate in (text, WRITTEN.replace("mit", text), "version: 1\nreferences:\n" + text):
        try:
            read_lock(candidate.encode("utf-8", "replace"))
        except LockBroken as error:
            assert "lading.lock" in str(error)  # noqa: PT017


def test_hashes_of_files_are_written_and_read_back_and_strange_keys_refused() -> None:
    held = replace(block("ext-test/one"), files=(LockedFile("model.safetensors", "a" * 64, 4),))
    text = write_lock((held,))
    assert "    files:\n    - path: model.safetensors\n      sha256: " in text
    (read,) = read_lock(text.encode()).blocks
    assert replace(read, line=held.line) == held
    with pytest.raises(LockBroken, match="'md5' has no meaning here"):
        read_lock(text.replace("      sha256: aaaa", "      md5: aaaa").encode())
