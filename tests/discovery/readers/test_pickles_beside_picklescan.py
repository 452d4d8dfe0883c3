"""Imports of harmless pickles agree with what picklescan lists."""

from __future__ import annotations

import bz2
import collections
import datetime
import decimal
import fractions
import gzip
import io
import lzma
import pickle
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scanner.discovery.discover import discover
from scanner.discovery.readers.pickles import read
from scanner.knowledge.store import open_knowledge
from scanner.project.walk import walk

OBJECTS = {
    "plain": {"a": [1, 2, "x", None, True]},
    "ordered": collections.OrderedDict(a=1),
    "dates": [datetime.date(2020, 1, 1), datetime.timedelta(1)],
    "numbers": (complex(1, 2), decimal.Decimal("1.5"), fractions.Fraction(1, 3)),
    "bytes": b"x" * 1000,
    "twice": [collections.Counter("aab"), collections.Counter("b")],
}


def ours(path: Path) -> tuple[set[str], str]:
    source: Any = SimpleNamespace(
        text=path.read_bytes()[:1_000_000].decode("latin-1"),
        file=path.name,
        reach=None,
        locate=lambda *place: None,
        leave_out=lambda what: None,
    )
    fields = [field for header in read(source) for field in header.fields]  # type: ignore[union-attr]
    return {text for name, text in fields if name == "import"}, dict(fields).get("imports_read", "")


def theirs(path: Path) -> set[str]:
    scanner = pytest.importorskip("picklescan.scanner", reason="picklescan is the oracle here")
    return {f"{each.module}.{each.name}" for each in scanner.scan_file_path(str(path)).globals}


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("name", OBJECTS)
def test_pickles_of_every_protocol_agree(tmp_path: Path, name: str, protocol: int) -> None:
    file = tmp_path / "a.pkl"
    file.write_bytes(pickle.dumps(OBJECTS[name], protocol=protocol))
    assert ours(file) == (theirs(file), "all")


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_as_pytorch_writes_it_agrees(tmp_path: Path, packing: int) -> None:
    file = tmp_path / "a.pt"
    with zipfile.ZipFile(file, "w", packing) as opened:
        opened.writestr("archive/data.pkl", pickle.dumps(OBJECTS["ordered"], protocol=2))
        opened.writestr("archive/data/0", b"\0" * 100)
    assert ours(file) == (theirs(file), "all")


def test_a_zip_within_a_zip_is_gone_into(tmp_path: Path) -> None:
    inner, file = io.BytesIO(), tmp_path / "a.pt"
    with zipfile.ZipFile(inner, "w") as opened:
        opened.writestr("x/data.pkl", pickle.dumps(OBJECTS["ordered"], protocol=2))
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("inner.zip", inner.getvalue())
    assert ours(file)[0] >= theirs(file)
    assert ours(file)[0] == {"collections.OrderedDict"}


def test_a_compressed_zip_within_a_zip_is_gone_into(tmp_path: Path) -> None:
    inner, file = io.BytesIO(), tmp_path / "a.pt"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("x/data.pkl", pickle.dumps(OBJECTS["ordered"], protocol=2))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("inner.zip", inner.getvalue())
    assert ours(file) == ({"collections.OrderedDict"}, "all")


def test_a_compressed_member_is_known_by_its_first_bytes_whatever_its_name(tmp_path: Path) -> None:
    # TorchScript keeps pickles called *.debug_pkl beside its code.
    file = tmp_path / "a.pt"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("x/data.pkl", pickle.dumps({}, protocol=2))
        opened.writestr("x/code/a.py.debug_pkl", pickle.dumps(OBJECTS["ordered"], protocol=2))
    assert ours(file) == (theirs(file), "all")
    assert ours(file)[0] == {"collections.OrderedDict"}


@pytest.mark.parametrize("pack", [zlib.compress, gzip.compress, bz2.compress, lzma.compress])
def test_what_joblib_compresses_is_expanded(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    plain, file = tmp_path / "a.pkl", tmp_path / "a.joblib"
    plain.write_bytes(pickle.dumps(OBJECTS["ordered"], protocol=4))
    file.write_bytes(pack(plain.read_bytes()))
    assert ours(file) == (theirs(plain), "all")


@pytest.mark.parametrize("pack", [zlib.compress, bz2.compress, lzma.compress])
def test_a_dump_that_expands_to_a_hundred_times_its_size_is_cut(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "a.joblib"
    file.write_bytes(pack(pickle.dumps([collections.OrderedDict(), b"\0" * 50_000_000], protocol=4)))
    tracemalloc.start()
    names, note = ours(file)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert names == {"collections.OrderedDict"}
    assert note.startswith("not determined beyond these")
    assert most < 30_000_000


@pytest.mark.parametrize("protocol", [3, 4])
def test_a_hundred_megabytes_agree_and_are_gone_through_in_little_memory(
    tmp_path: Path, protocol: int
) -> None:
    large, knowledge = b"\0" * 100_000_000, open_knowledge()
    for held in ([OBJECTS["ordered"], large], [large, OBJECTS["ordered"]]):
        file = tmp_path / "a.pkl"
        file.write_bytes(pickle.dumps(held, protocol=protocol))
        tracemalloc.start()
        discovered = discover(walk(tmp_path), knowledge)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        (sighting,) = discovered.sightings
        assert sighting.header is not None
        assert sighting.header[1:] == (
            ("container", "plain"),
            ("import", "collections.OrderedDict"),
            ("imports_read", "all"),
        )
        assert most < 40_000_000
    assert theirs(file) == {"collections.OrderedDict"}


def test_a_large_pickle_with_too_many_instructions_is_said_to_be_cut(tmp_path: Path) -> None:
    file = tmp_path / "a.pkl"
    file.write_bytes(pickle.dumps([list(range(500_000)), OBJECTS["ordered"]], protocol=2))
    assert file.stat().st_size > 1_000_000
    (sighting,) = discover(walk(tmp_path), open_knowledge()).sightings
    assert dict(sighting.header or ())["imports_read"] == (
        "not determined beyond these: more than 400000 instructions"
    )


def test_a_truncated_pickle_gives_what_stands_before_the_cut_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.pkl"
    file.write_bytes(pickle.dumps(OBJECTS["ordered"], protocol=4)[:-2])
    names, note = ours(file)
    assert names == theirs(file) == {"collections.OrderedDict"}
    assert note.startswith("not determined beyond these")
