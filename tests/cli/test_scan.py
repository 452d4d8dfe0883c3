"""`lading scan`: the main job on small projects, and what a change may not do to its judge."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.kit import DAY, LOADS_APACHE, LOADS_RESEARCH, STRICT, Lading, commit, make_repository, write
from tests.reporting.schema import mistakes


def test_a_forbidden_license_is_a_finding_and_exit_one(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": LOADS_RESEARCH, "shop/lading.yaml": STRICT})
    answer = lading.scan(tmp_path / "shop")
    assert answer.code == 1
    assert answer.findings() == [("license-not-allowed", "error", "Qwen/Qwen2.5-3B-Instruct")]


def test_an_allowed_license_is_exit_zero(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": LOADS_APACHE, "shop/lading.yaml": STRICT})
    answer = lading.scan(tmp_path / "shop")
    assert (answer.code, answer.findings()) == (0, [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Qwen/Qwen2.5-72B-Instruct", "qwen-2024-09-19"),
        ("Qwen/Qwen2.5-3B-Instruct", "qwen-research-2024-09-19"),
        ("Qwen/Qwen2.5-7B-Instruct", "apache-2.0"),
        ("Qwen/Qwen3-8B", "apache-2.0"),
    ],
)
def test_version_and_size_decide_the_license(
    lading: Lading, tmp_path: Path, name: str, expected: str
) -> None:
    write(tmp_path, {"shop/app.py": f"from vllm import LLM\nLLM(model='{name}')\n"})
    (asset,) = lading.scan(tmp_path / "shop").report["assets"]
    assert asset["license"]["key"] == expected


def test_a_requantized_model_ends_at_the_license_of_its_root(lading: Lading, tmp_path: Path) -> None:
    name = "bartowski/Qwen2.5-72B-Instruct-GGUF"
    write(
        tmp_path,
        {"shop/app.py": f"from huggingface_hub import snapshot_download\nsnapshot_download('{name}')\n"},
    )
    (asset,) = lading.scan(tmp_path / "shop").report["assets"]
    chain = [(each["name"], each["relation"], each["license_key"]) for each in asset["lineage"]]
    assert chain[0] == ("Qwen/Qwen2.5-72B-Instruct", "quantized", "qwen-2024-09-19")
    assert {each["key"] for each in asset["inherited"]} == {"qwen-2024-09-19"}
    assert asset["developer"]["entity"] != asset["publisher"]["entity"]


def test_a_project_without_models_says_so(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": "print('hello')\n", "shop/README.md": "# Hello\n"})
    answer = lading("scan", tmp_path / "shop", "--offline", "--date", DAY)
    assert answer.code == 0
    assert "no model, dataset or hosted API named in 2 files" in answer.out


def test_a_folder_that_cannot_be_read_is_exit_two(lading: Lading, tmp_path: Path) -> None:
    answer = lading.scan(tmp_path / "nowhere")
    assert answer.code == 2
    assert "give a folder that exists" in answer.err


def test_what_cannot_be_read_is_listed_and_the_scan_goes_on(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    write(
        root,
        {"app.py": LOADS_APACHE, "broken.yaml": "a: [1, 2\n  b: }{\n", "data.json": b"\x00\x01\x02" * 100},
    )
    (root / "loop").symlink_to(".")
    with (root / "huge.json").open("wb") as opened:
        opened.truncate(500_000_000)
    report = lading.scan(root).report
    skipped = {each["file"]: each["reason"] for each in report["coverage"]["skipped"]}
    assert skipped["loop"] == "a symbolic link: not followed"
    assert "larger than" in skipped["huge.json"]
    assert "data.json" in skipped
    assert [each["name"] for each in report["references"]] == ["Qwen/Qwen3-8B"]


def test_files_no_reader_claims_are_named_by_kind(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    write(root, {"app.py": LOADS_APACHE, "main.pas": "begin end.", "logo.png": b"\x89PNG", "a.sql": "select"})
    assert lading("lock", str(root), "--offline").code == 0
    coverage = lading.scan(root).report["coverage"]
    assert (coverage["files"], coverage["read"], coverage["skipped"]) == (5, 1, [])
    assert {each["kind"]: (each["files"], each["names"]) for each in coverage["unread"]} == {
        ".pas": (1, ["main.pas"]),
        ".png": (1, ["logo.png"]),
        "SQL": (1, ["a.sql"]),
        "lading.lock": (1, ["lading.lock"]),
    }
    again = lading.scan(root).report["coverage"]
    assert again == coverage, "what is remembered of a file says the same"
    screen = lading("scan", root, "--offline").out
    assert "2 files of kinds lading has no reader for: main.pas, logo.png" in " ".join(screen.split())


def test_offline_opens_no_socket(lading: Lading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    write(tmp_path, {"shop/app.py": LOADS_APACHE + "\nAutoModel.from_pretrained('nobody/has-this-one')\n"})
    assert lading.scan(tmp_path / "shop").code == 0


def test_what_is_remembered_of_a_project_gives_the_same_report(lading: Lading, tmp_path: Path) -> None:
    shop = Path(__file__).parents[2] / "examples" / "model-shop"
    first = lading.scan(shop, "--include", "tests,docs,examples")
    again = lading.scan(shop, "--include", "tests,docs,examples")
    assert (again.code, again.out) == (first.code, first.out)
    assert (tmp_path / "cache" / "discovery.sqlite").is_file()


def test_the_same_input_gives_the_same_bytes(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": LOADS_APACHE + LOADS_RESEARCH, "shop/lading.yaml": STRICT})
    first = lading.scan(tmp_path / "shop")
    assert first.out == lading.scan(tmp_path / "shop").out
    assert str(tmp_path) not in first.out


def test_several_formats_go_to_files_and_one_to_the_screen(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": LOADS_APACHE})
    file = tmp_path / "r.sarif"
    answer = lading.scan(tmp_path / "shop", "-f", f"sarif={file}")
    assert answer.report["schema"] == "lading.report/1"
    assert json.loads(file.read_text())["version"] == "2.1.0"
    twice = lading.scan(tmp_path / "shop", "-f", "markdown")
    assert (twice.code, "give all but one a file" in twice.err) == (2, True)


def test_where_all_goes_to_files_two_lines_say_what_was_found_and_where_it_is(
    lading: Lading, tmp_path: Path
) -> None:
    root, file, more = tmp_path / "shop", tmp_path / "r.json", tmp_path / "r.csv"
    write(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    words = ("scan", root, "--offline", "--date", DAY, "-f", f"json={file}", "-f", f"csv={more}")
    answer = lading(*words)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines() == ["shop: 1 error", f"  written: {file}, {more}"]
    assert file.is_file()
    assert more.is_file()
    quiet = lading(*words, "-q")
    assert (quiet.code, quiet.out, quiet.err) == (1, "", "")


def test_quiet_says_nothing_of_a_baseline_it_writes_either(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": LOADS_RESEARCH, "shop/lading.yaml": STRICT})
    file = tmp_path / "base.json"
    answer = lading("scan", tmp_path / "shop", "--offline", "-q", "--write-baseline", file)
    assert (answer.code, answer.out, answer.err, file.is_file()) == (0, "", "", True)


def test_tests_docs_and_examples_are_judged_only_when_asked_for(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/tests/test_a.py": LOADS_RESEARCH, "shop/lading.yaml": STRICT})
    quiet = lading.scan(tmp_path / "shop")
    assert (quiet.code, [each["scope"] for each in quiet.report["references"]]) == (0, ["test"])
    assert lading.scan(tmp_path / "shop", "--include", "tests").code == 1
    wrong = lading.scan(tmp_path / "shop", "--include", "all")
    assert (wrong.code, "parts are tests, docs, examples" in wrong.err) == (2, True)


def test_the_fail_level_decides_the_exit_code(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"shop/app.py": LOADS_APACHE})
    assert lading.scan(tmp_path / "shop").code == 0
    assert lading.scan(tmp_path / "shop", "--fail-on", "warning").code == 1
    write(tmp_path, {"shop/lading.yaml": STRICT, "shop/app.py": LOADS_RESEARCH})
    assert lading.scan(tmp_path / "shop", "--fail-on", "never").code == 0


def test_staged_content_is_judged_not_what_lies_on_disk(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_repository(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    write(root, {"app.py": LOADS_APACHE})
    assert lading.scan(root).code == 0
    assert lading.scan(root, "--staged").code == 1


def test_a_difference_judges_only_what_is_new(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_repository(root, {"old.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    commit(root, {"new.py": LOADS_APACHE, "old.py": "# moved\n\n" + LOADS_RESEARCH})
    assert lading.scan(root, "--diff", "HEAD~1").code == 0
    commit(root, {"newer.py": LOADS_RESEARCH})
    answer = lading.scan(root, "--diff", "HEAD~1")
    assert (answer.code, [f["file"] for f in answer.report["findings"]]) == (1, ["newer.py"])
    assert answer.report["project"]["scope"] == "diff"


def test_a_shallow_clone_is_told_how_to_deepen(lading: Lading, tmp_path: Path) -> None:
    first = make_repository(tmp_path / "far", {"a.py": "x = 1\n"})
    commit(tmp_path / "far", {"a.py": "x = 2\n"})
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{tmp_path / 'far'}", str(tmp_path / "near")],
        check=True,
    )
    answer = lading.scan(tmp_path / "near", "--diff", first)
    assert (answer.code, "git fetch --unshallow origin" in answer.err) == (2, True)


def test_a_baseline_hides_what_was_accepted_and_nothing_else(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_repository(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    assert lading.scan(root, "--write-baseline", root / "base.json").code == 0
    assert lading.scan(root, "--baseline", "base.json").code == 0
    commit(root, {"app.py": "import os\n\n\n" + LOADS_RESEARCH})
    assert lading.scan(root, "--baseline", "base.json").code == 0
    (root / "app.py").rename(root / "renamed.py")
    commit(root, {})
    assert lading.scan(root, "--baseline", "base.json").code == 0
    commit(root, {"new.py": LOADS_RESEARCH.replace("3B-Instruct", "72B-Instruct")})
    assert lading.scan(root, "--baseline", "base.json").code == 1


def test_every_summary_says_how_many_findings_the_baseline_hid(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_repository(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    plain = lading.scan(root).report
    lading.scan(root, "--write-baseline", root / "base.json")
    files = [f"{name}={tmp_path / name}" for name in ("terminal", "markdown", "html", "json")]
    formats = [word for file in files for word in ("-f", file)]
    lading("scan", root, "--offline", "--date", DAY, "--baseline", "base.json", "-q", *formats)
    said = "1 finding stands in the baseline"
    assert [said in (tmp_path / name).read_text() for name in ("terminal", "markdown", "html")] == [True] * 3
    stored = json.loads((tmp_path / "json").read_text())
    assert (plain["summary"].get("baselined"), stored["summary"]["baselined"]) == (None, 1)
    assert mistakes(stored) == []
    again = lading("report", tmp_path / "json", "-f", "terminal")
    assert f"no findings; {said}" in again.out


LOOSER = {
    "exception": STRICT
    + """exceptions:
  - rule: license-not-allowed
    reference: "Qwen/*"
    license: qwen-research
    owner: a@b.c
    reason: x
    expires: 2027-01-31
""",
    "allow": STRICT.replace("[Apache-2.0]", '[Apache-2.0, "category:non-commercial"]'),
    "level": STRICT.replace("level: error", "level: note"),
    "ignore": STRICT + 'ignores:\n  - {path: "*.py", rule: license-not-allowed, reason: because}\n',
    "extends": STRICT.replace("rules:", "extends: [baseline]\nrules:").replace(
        "  license-not-allowed", "  #"
    ),
}


@pytest.mark.parametrize("way", LOOSER)
def test_a_change_is_judged_by_the_policy_its_base_had(lading: Lading, tmp_path: Path, way: str) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_APACHE, "lading.yaml": STRICT})
    commit(root, {"app.py": LOADS_RESEARCH, "lading.yaml": LOOSER[way]})
    assert lading.scan(root).code == 0, "the attack works without trust"
    answer = lading.scan(root, "--trust", base)
    assert answer.code == 1
    rules = [rule for rule, _, _ in answer.findings()]
    assert "license-not-allowed" in rules
    assert "policy-loosened" in rules


def test_an_inline_ignore_the_change_adds_silences_nothing(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    base = make_repository(root, {"app.py": LOADS_APACHE, "lading.yaml": STRICT})
    hushed = LOADS_RESEARCH.rstrip() + "  # lading: ignore[license-not-allowed] we like it\n"
    commit(root, {"app.py": hushed})
    assert lading.scan(root).code == 0, "the attack works without trust"
    answer = lading.scan(root, "--trust", base)
    assert {rule for rule, _, _ in answer.findings()} >= {"license-not-allowed", "policy-loosened"}
    assert answer.code == 1


def test_an_ignore_that_was_trusted_still_counts_after_it_moved(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    hushed = LOADS_RESEARCH.rstrip() + "  # lading: ignore[license-not-allowed] agreed with legal\n"
    base = make_repository(root, {"app.py": hushed, "lading.yaml": STRICT})
    (root / "app.py").rename(root / "main.py")
    commit(root, {"main.py": "import os\n" + hushed})
    assert lading.scan(root, "--trust", base).findings() == []


def test_a_baseline_the_change_widens_hides_nothing(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    base = make_repository(
        root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT, "base.json": EMPTY_BASELINE}
    )
    lading.scan(root, "--write-baseline", root / "base.json")
    commit(root, {})
    assert lading.scan(root, "--baseline", "base.json").code == 0, "the attack works without trust"
    answer = lading.scan(root, "--baseline", "base.json", "--trust", base)
    assert {rule for rule, _, _ in answer.findings()} == {"license-not-allowed", "policy-loosened"}


def test_a_written_baseline_says_how_it_is_used_and_that_works(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    write(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    written = lading.scan(root, "--write-baseline", root / "base.json")
    file = root / "base.json"
    assert written.err.endswith(
        f"1 finding accepted in {file}\n  from now on: lading scan {root} --baseline base.json\n"
    )
    assert lading.scan(root, "--baseline", "base.json").findings() == []
    gone = lading.scan(root, "--baseline", "shop/base.json")
    assert (gone.code, gone.err) == (
        2,
        "lading: --baseline shop/base.json: No such file or directory below the scanned folder\n"
        "  give its path from there, or write one with lading scan --write-baseline\n",
    )


def test_a_baseline_is_not_written_without_what_it_hides(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    make_repository(root, {"app.py": LOADS_RESEARCH, "lading.yaml": STRICT})
    file = root / "base.json"
    lading.scan(root, "--write-baseline", file)
    before = file.read_text()
    answer = lading.scan(root, "--baseline", "base.json", "--write-baseline", file)
    assert (answer.code, answer.err.splitlines()[-1]) == (
        2,
        "  give --write-baseline alone: it writes old and new findings",
    )
    assert file.read_text() == before


EMPTY_BASELINE = json.dumps({"schema": "lading.baseline/1", "commit": {"unknown": "none"}, "findings": []})


def test_a_repository_with_a_scanner_package_of_its_own_runs_none_of_it(tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    trap = f"open({str(witness)!r}, 'w').write('ran')\n"
    root = tmp_path / "shop"
    write(
        root,
        {"scanner/__init__.py": trap, "scanner/__main__.py": trap, "yaml.py": trap, "sitecustomize.py": trap},
    )
    write(root, {"app.py": LOADS_APACHE})
    environment = {**os.environ, "PYTHONPATH": str(root), "LADING_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-Im", "scanner", "scan", ".", "--offline", "-f", "json"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [each["name"] for each in json.loads(done.stdout)["references"]] == ["Qwen/Qwen3-8B"]
    assert not witness.exists()


def test_a_report_of_a_scanner_of_model_files_is_read(lading: Lading, tmp_path: Path) -> None:
    root = tmp_path / "store"
    root.mkdir()
    (root / "dump.pkl").write_bytes(b"\x80\x04N.")
    report = tmp_path / "picklescan.txt"
    report.write_text("/x/store/other.pkl: dangerous import 'posix system' FOUND\n")
    found = lading.scan(root, "--scanned", report).findings()
    assert ("scan-flagged", "warning", "dump.pkl") not in found
    report.write_text("/x/store/dump.pkl: dangerous import 'posix system' FOUND\n")
    assert ("scan-flagged", "warning", "dump.pkl") in lading.scan(root, "--scanned", report).findings()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_broken_record_of_ones_own_stops_the_run_at_its_line(
    lading: Lading, tmp_path: Path, jobs: str
) -> None:
    root = tmp_path / "shop"
    code = (
        "from openai import OpenAI\n\n"
        'client = OpenAI(base_url="https://llm.example.org")\n'
        'client.chat.completions.create(model="house-7b", messages=[])\n'
    )
    files: dict[str, str | bytes] = {"one.py": code, "two.py": code}
    files["lading.yaml"] = "version: 1\nknowledge: [./facts]\n"
    files["facts/providers/house.yaml"] = "id: house\ndisplay: House\n"
    write(root, files)
    answer = lading("scan", root, "--offline", "--jobs", jobs)
    assert answer.code == 2
    assert "house.yaml:1:1: a record of providers has no field 'id'" in answer.err
    assert "report this as a bug" not in answer.out + answer.err
