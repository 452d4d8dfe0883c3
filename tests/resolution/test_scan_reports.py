from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from scanner.errors import UsageError
from scanner.records.asset import Asset, ModelFile, Resolution
from scanner.records.sighting import Kind
from scanner.records.unknown import Unknown
from scanner.resolution.scan_reports import Flag, evidence_of, of_hub, read_scan_report, with_scans
from tests.local_hub import LocalHub, serve
from tests.policy.build import COMMIT, asset
from tests.resolution.conftest import Bench

PICKLESCAN = """\
/store/models/bad.pkl: dangerous import 'posix system' FOUND
/store/models/x.pkl:y.bin: suspicious import 'builtins getattr' FOUND
----------- SCAN SUMMARY -----------
Scanned files: 2
"""
ISSUE = {
    "description": "Use of unsafe operator 'system' from module 'posix'",
    "operator": "system",
    "module": "posix",
    "source": "models/bad.pkl:data.pkl",
    "scanner": "modelscan.scanners.PickleUnsafeOpScan",
    "severity": "CRITICAL",
}


def report(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "report"
    file.write_text(text)
    return file


def scans_of(made: Asset, *flags: Flag) -> list[tuple[object, str, str | None]]:
    (asset,) = with_scans(Resolution((), (made,), ()), flags).assets
    return [(e.value, e.source, e.quote) for e in asset.license.evidence if e.fact.startswith("scan.")]


def test_what_picklescan_prints_is_read(tmp_path: Path) -> None:
    assert read_scan_report(report(tmp_path, PICKLESCAN)) == (
        Flag("/store/models/bad.pkl", "dangerous", "import posix system", "picklescan"),
        Flag("/store/models/x.pkl:y.bin", "suspicious", "import builtins getattr", "picklescan"),
    )


def test_what_picklescan_could_not_read_or_promoted_is_kept(tmp_path: Path) -> None:
    text = (
        "ERROR: parsing pickle in /store/a.joblib: at position 472, opcode b'\\x07' unknown\n"
        "WARNING: could not parse /store/b.pkl as pickle: at position 0, opcode b'x' unknown\n"
        "/store/c.pkl: dangerous import 'acme thing' FOUND (promoted by --strict)\n"
        "----------- SCAN SUMMARY -----------\n"
    )
    assert read_scan_report(report(tmp_path, text)) == (
        Flag("/store/c.pkl", "dangerous", "import acme thing", "picklescan"),
        Flag("/store/a.joblib", "unread", "at position 472, opcode b'\\x07' unknown", "picklescan"),
        Flag("/store/b.pkl", "unread", "at position 0, opcode b'x' unknown", "picklescan"),
    )


def test_a_report_of_modelscan_is_read_with_the_folder_it_speaks_of(tmp_path: Path) -> None:
    # As modelscan 0.8.8 writes it.
    summary = {"input_path": "project", "absolute_path": "/srv/project", "modelscan_version": "0.8.8"}
    error = {"category": "NESTED_ZIP", "description": "not supported", "source": "a.pt:archive/inner.zip"}
    text = json.dumps({"summary": summary, "issues": [ISSUE], "errors": [error]})
    assert read_scan_report(report(tmp_path, text)) == (
        Flag("/srv/project/models/bad.pkl", "critical", "posix.system", "modelscan"),
        Flag("/srv/project/a.pt", "unread", "not supported", "modelscan"),
    )
    bare = json.dumps({"summary": {}, "issues": [ISSUE]})
    assert read_scan_report(report(tmp_path, bare))[0].path == "models/bad.pkl"


def test_what_picklescan_prints_today_is_matched_with_the_files_it_names(tmp_path: Path) -> None:
    pytest.importorskip("picklescan", reason="picklescan is the oracle here")
    models = tmp_path / "models"
    models.mkdir()
    harmless = b"cposix\ngetcwd\n."
    with zipfile.ZipFile(models / "torch.pt", "w") as opened:
        opened.writestr("archive/data.pkl", harmless)
    (models / "plain.pkl").write_bytes(harmless)
    (models / "cut.pkl").write_bytes(harmless[:-1])
    script = "import sys; from picklescan.cli import main; sys.exit(main())"
    told = subprocess.run(
        [sys.executable, "-c", script, "-p", str(models)], capture_output=True, text=True, check=False
    )
    flags = read_scan_report(report(tmp_path, told.stdout + told.stderr))
    found = {
        name: [value for value, *_ in scans_of(asset(f"models/{name}", kind=Kind.LOCAL_WEIGHTS), *flags)]
        for name in ("torch.pt", "plain.pkl", "cut.pkl")
    }
    assert found["torch.pt"] == found["plain.pkl"] == ["dangerous"]
    assert found["cut.pkl"][0] == "dangerous"
    assert isinstance(found["cut.pkl"][1], Unknown)


@pytest.mark.parametrize(
    "text", ["", "hello", "{", "{}", '{"issues": 3}', '{"issues": [3]}', '{"issues": [{}]}']
)
def test_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="no report of modelscan"):
        read_scan_report(report(tmp_path, text))


def test_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read as text"):
        read_scan_report(tmp_path / "none")


def test_a_report_speaks_of_the_file_its_path_ends_with() -> None:
    local = asset("models/bad.pkl", kind=Kind.LOCAL_WEIGHTS)
    flag = Flag("/store/models/bad.pkl", "dangerous", "import posix system", "picklescan")
    assert scans_of(local, flag) == [("dangerous", "picklescan", "models/bad.pkl: import posix system")]
    assert scans_of(local, replace(flag, path="other/bad.pkl"), replace(flag, path="bad.pkl")) == []


def test_a_member_of_an_archive_stands_for_the_archive() -> None:
    local = asset("models/bad.pt", kind=Kind.LOCAL_WEIGHTS)
    for path in ("/store/models/bad.pt:archive/data.pkl", "C:\\store\\models\\bad.pt:archive/data.pkl"):
        flag = Flag(path, "dangerous", "import posix system", "picklescan")
        assert [value for value, *_ in scans_of(local, flag)] == ["dangerous"]
    assert scans_of(local, Flag("/store/models/other.pt:models/bad.p", "dangerous", "x", "picklescan")) == []


def test_a_report_on_a_model_of_the_hub_speaks_of_that_model() -> None:
    model = asset("acme/model", files=(ModelFile("a.bin", "pickle", 3, True),))
    path = "https://huggingface.co/acme/model/resolve/main/a.bin:archive/data.pkl"
    flag = Flag(path, "dangerous", "import posix system", "picklescan")
    assert [value for value, *_ in scans_of(model, flag)] == ["dangerous"]


def test_a_file_a_scanner_could_not_read_is_not_finished() -> None:
    local = asset("models/a.pkl", kind=Kind.LOCAL_WEIGHTS)
    flag = Flag("/store/models/a.pkl", "unread", "no STOP", "picklescan")
    reason = Unknown("picklescan could not read models/a.pkl: no STOP")
    assert scans_of(local, flag) == [(reason, "picklescan", None)]


def test_a_report_on_a_cache_speaks_of_the_repository_at_that_commit() -> None:
    model = asset("acme/model", files=(ModelFile("a.bin", "pickle", 3, True),))
    path = f"/hub/models--acme--model/snapshots/{COMMIT}/a.bin"
    assert [value for value, *_ in scans_of(model, Flag(path, "unsafe", "x", "modelscan"))] == ["unsafe"]
    other = path.replace(COMMIT, "e" * 40)
    assert scans_of(model, Flag(other, "unsafe", "x", "modelscan")) == []


def test_the_hubs_levels_are_kept_and_what_is_not_finished_is_said() -> None:
    status = {"scansDone": False, "filesWithIssues": [{"path": "a.bin", "level": "caution"}, {"path": 3}, 4]}
    found = [(each.value, each.quote) for each in of_hub(status, "hub:x", "2026-11-22")]
    assert found == [("caution", "a.bin"), (Unknown("the Hub has not finished its scans"), None)]
    assert of_hub({"scansDone": True, "filesWithIssues": []}, "hub:x", "2026-11-22") == ()
    assert [each.value for each in of_hub(["?"], "hub:x", "2026-11-22")] == [
        Unknown("the Hub gives no scan results")
    ]


def test_the_hub_is_asked_for_its_scans_only_where_that_is_wanted(bench: Bench) -> None:
    repository = bench.hub.add("ext-test/one", "mit")
    repository.scan = {"scansDone": True, "filesWithIssues": [{"path": "a.bin", "level": "unsafe"}]}
    plain = bench.resolve("ext-test/one").assets[0]
    assert bench.hub.count(path="/scan") == 0
    wishing = replace(bench.settings(refresh=True), wants_scans=True)
    asked = bench.resolve("ext-test/one", settings=wishing).assets[0]
    assert bench.hub.count(path="/scan") == 1
    assert [e.value for e in asked.license.evidence if e.fact.startswith("scan.")] == ["unsafe"]
    assert bench.resolve("ext-test/one").assets[0] == plain


def test_what_another_host_says_of_a_scan_is_no_result(bench: Bench) -> None:
    bench.hub.add("ext-test/one", "mit")
    with serve(LocalHub()) as other:
        other.add("ext-test/one", "mit").scan = {"scansDone": True, "filesWithIssues": []}
        bench.hub.elsewhere = other.address
        bench.hub.faults["ext-test/one/scan"] = ["elsewhere"]
        (asset,) = bench.resolve("ext-test/one", settings=replace(bench.settings(), wants_scans=True)).assets
        assert other.count(path="/scan") == 1
    found = [each.value for each in asset.license.evidence if each.fact.startswith("scan.")]
    assert found == [Unknown("the Hub gives no scan results")]


def test_a_scanners_word_is_kept_and_told_by_how_grave_it_is() -> None:
    words = {"unsafe": "high", "critical": "high", "caution": "other", "strange": "other", "safe": "low"}
    facts = {word: evidence_of(word, "a.bin", "", "modelscan", "2026-11-22") for word in words}
    assert {word: (made.fact, made.value) for word, made in facts.items()} == {
        word: (f"scan.{how}", word) for word, how in words.items()
    }
