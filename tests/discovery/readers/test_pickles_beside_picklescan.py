"""Imports of harmless pickles agree with what picklescan lists."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import io
import pickle
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from scanner.discovery.readers.pickles import read

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


def test_a_truncated_pickle_gives_what_stands_before_the_cut_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.pkl"
    file.write_bytes(pickle.dumps(OBJECTS["ordered"], protocol=4)[:-2])
    names, note = ours(file)
    assert names == theirs(file) == {"collections.OrderedDict"}
    assert note.startswith("not determined beyond these")
