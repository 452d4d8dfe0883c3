"""Dumps of the libraries people use raise nothing but the note on their format."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.main import run

INTEGRITY = {
    "format-runs-code", "hash-mismatch", "hub-redirected", "name-looks-like", "remote-code", "scan-flagged",
}  # fmt: skip


def of_torch(folder: Path) -> None:
    torch: Any = pytest.importorskip("torch", reason="makes the dumps")
    model = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.ReLU())
    torch.save(model.state_dict(), folder / "state.pt")
    torch.save(model, folder / "whole.pth")
    torch.save(model.state_dict(), folder / "old.bin", _use_new_zipfile_serialization=False)
    torch.save({"optimizer": torch.optim.Adam(model.parameters()).state_dict()}, folder / "checkpoint.ckpt")


def of_sklearn(folder: Path) -> None:
    numpy: Any = pytest.importorskip("numpy", reason="makes the dumps")
    ensemble: Any = pytest.importorskip("sklearn.ensemble", reason="makes the dumps")
    joblib: Any = pytest.importorskip("joblib", reason="makes the dumps")
    rows = numpy.arange(80.0).reshape(20, 4)
    model = ensemble.RandomForestClassifier(n_estimators=3).fit(rows, rows[:, 0] > 40)
    for name, compress in (
        ("plain", 0),
        ("zlib", 3),
        ("gzip", ("gzip", 3)),
        ("bz2", ("bz2", 3)),
        ("xz", ("xz", 3)),
    ):
        joblib.dump(model, folder / f"{name}.joblib", compress=compress)
    for protocol in range(6):
        (folder / f"{protocol}.pkl").write_bytes(pickle.dumps(model, protocol))


def of_numpy(folder: Path) -> None:
    numpy: Any = pytest.importorskip("numpy", reason="makes the dumps")
    for protocol in range(6):
        (folder / f"{protocol}.pkl").write_bytes(pickle.dumps({"a": numpy.arange(5.0)}, protocol))
    numpy.save(folder / "a.npy", numpy.arange(5.0))
    numpy.savez(folder / "a.npz", a=numpy.arange(5.0))


@pytest.mark.parametrize("make", [of_torch, of_sklearn, of_numpy])
def test_benign_dumps_raise_the_note_on_their_format_alone(
    make: Callable[[Path], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path)
    run(["scan", str(tmp_path), "--offline", "-f", "json", "--fail-on", "never", "--on-incomplete", "warn"])
    report = json.loads(capsys.readouterr().out)
    dumps = {path.name for path in tmp_path.iterdir() if path.suffix not in (".npy", ".npz")}
    assert {each["file"] for each in report["references"]} == dumps
    found = [(each["rule"], each["file"]) for each in report["findings"] if each["rule"] in INTEGRITY]
    assert sorted(found) == sorted(("format-runs-code", name) for name in dumps)
