from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.kit import DAY, LOADS_RESEARCH, STRICT, Lading, write


@pytest.fixture
def report(lading: Lading, tmp_path: Path) -> Path:
    write(tmp_path, {"lading.yaml": STRICT, "app.py": LOADS_RESEARCH})
    lading("scan", str(tmp_path), "--offline", "--date", DAY, "-f", f"json={tmp_path / 'r.json'}")
    return tmp_path / "r.json"


def identity(report: Path, rule: str) -> str:
    findings = json.loads(report.read_text(encoding="utf-8"))["findings"]
    return next(str(each["id"]) for each in findings if each["rule"] == rule)


def test_a_rule_is_explained_from_its_file(lading: Lading, tmp_path: Path) -> None:
    answer = lading("explain", "license-not-allowed", "--root", str(tmp_path))
    assert answer.code == 0
    for part in (
        "A license is one the policy does not allow, or wants someone to look at.",
        "judges each model, dataset or hosted API",
        "  allow: none",
        "does not see",
        "every rule understands besides",
        "set here",
    ):
        assert part in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 80


def test_a_rule_is_explained_as_json(lading: Lading) -> None:
    told = json.loads(lading("explain", "revision-not-pinned", "--format", "json").out)
    assert (told["id"], told["options"][1]["name"]) == ("revision-not-pinned", "accept_tags")


def test_without_a_name_the_rules_are_listed(lading: Lading) -> None:
    from scanner.policy.compose import all_rules

    told = json.loads(lading("explain", "--format", "json").out)
    assert [each["id"] for each in told["rules"]] == [rule.id for rule in all_rules()]
    assert "license-unknown               question" in lading("explain").out


def test_a_finding_is_derived_from_its_place_to_its_way_out(lading: Lading, report: Path) -> None:
    root = str(report.parent)
    finding = identity(report, "license-not-allowed")
    answer = lading("explain", finding[:8], "--report", str(report), "--root", root)
    assert answer.code == 0
    for part in (
        "license-not-allowed: error",
        "  app.py:3:",
        "what the name turned out to be",
        "facts it rests on",
        "lineage",
        "  lading.yaml:3",
        "    license-not-allowed: {allow: [Apache-2.0], level: error}",
        "what would make it pass",
    ):
        assert part in answer.out, answer.out
    ordered = " ".join(answer.out.replace("\\\n", " ").split())
    assert (
        "lading policy exception add Qwen/Qwen2.5-3B-Instruct --rule license-not-allowed --license qwen-"
        in ordered
    )


def test_an_explanation_is_wrapped_at_the_width_of_the_screen(
    lading: Lading, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = identity(report, "license-not-allowed")
    words = ("explain", finding[:8], "--report", str(report), "--root", str(report.parent))
    widths = {}
    for columns in (60, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        out = lading(*words).out
        widths[columns] = max(len(line) for line in out.splitlines())
        assert "ask for an exception:\n     lading policy exception add" in out
    assert widths[60] <= 60 < widths[100] <= 100


def test_a_list_of_findings_fits_the_screen(
    lading: Lading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = "a-folder-with-a-long-name/another-of-the-kind"
    policy = STRICT.replace('"off"', "error")
    write(tmp_path, {f"shop/{folder}/app.py": LOADS_RESEARCH, "shop/lading.yaml": policy})
    monkeypatch.setenv("COLUMNS", "80")
    listed = lading("explain", "Qwen/Qwen2.5-3B-Instruct", "--root", str(tmp_path / "shop"), "--offline")
    lines = listed.out.splitlines()
    assert max(len(line) for line in lines) <= 80
    assert f"          {folder}/app.py:3:27" in lines


def test_a_question_names_the_fact_that_is_missing_and_where_to_declare_it(
    lading: Lading, tmp_path: Path
) -> None:
    policy = "version: 1\nuse: {territories: [DE]}\nrules: {use-outside-license: error}\n"
    write(tmp_path, {"lading.yaml": policy, "app.py": LOADS_RESEARCH})
    root = str(tmp_path)
    lading("scan", root, "--offline", "--date", DAY, "-f", f"json={tmp_path / 'r.json'}")
    finding = identity(tmp_path / "r.json", "use-outside-license")
    answer = lading("explain", finding, "--report", str(tmp_path / "r.json"), "--root", root)
    assert "what is missing: use.commercial" in answer.out
    assert "2. in the policy, if it is so: use: {commercial: …}" in answer.out


def test_a_finding_is_explained_by_a_new_scan_where_no_report_is_given(lading: Lading, report: Path) -> None:
    finding = identity(report, "license-not-allowed")
    told = lading(
        "explain", finding, "--root", str(report.parent), "--offline", "--date", DAY, "--format", "json"
    )
    assert json.loads(told.out)["finding"]["id"] == finding
    assert json.loads(told.out)["policy_line"] == "license-not-allowed: {allow: [Apache-2.0], level: error}"


def test_a_name_that_is_neither_is_refused_with_the_nearest_rule(lading: Lading) -> None:
    answer = lading("explain", "license-unkown")
    assert (answer.code, "did you mean 'license-unknown'?" in answer.err) == (2, True)


def test_an_id_nobody_has_is_refused(lading: Lading, report: Path) -> None:
    answer = lading("explain", "ffffffffffff", "--report", str(report))
    assert (answer.code, "no finding of" in answer.err) == (2, True)


def test_what_comes_from_the_project_cannot_write_to_the_terminal(lading: Lading, report: Path) -> None:
    hostile = report.read_text(encoding="utf-8").replace("is under", "\\u001b[31mis under")
    report.write_text(hostile, encoding="utf-8")
    finding = identity(report, "license-not-allowed")
    assert "\x1b" not in lading("explain", finding, "--report", str(report)).out


def test_a_model_or_a_place_leads_to_its_finding(lading: Lading, report: Path) -> None:
    given = ("--report", str(report), "--root", str(report.parent))
    one = lading("explain", identity(report, "license-not-allowed"), *given)
    assert lading("explain", "app.py:3", *given) == one
    assert lading("explain", "qwen/Qwen2.5-3B-instruct", *given) == one
    assert one.code == 0


def test_several_findings_about_a_model_are_listed_with_their_ids(lading: Lading, tmp_path: Path) -> None:
    rules = "license-not-allowed: {allow: [MIT], level: warning}, revision-not-pinned: error"
    policy = f"version: 1\nrules: {{{rules}}}\n"
    write(tmp_path, {"lading.yaml": policy, "app.py": LOADS_RESEARCH})
    root, report = str(tmp_path), tmp_path / "r.json"
    lading("scan", root, "--offline", "--date", DAY, "-f", f"json={report}")
    given = ("explain", "Qwen/Qwen2.5-3B-Instruct", "--report", str(report), "--root", root)
    first, second = identity(report, "license-not-allowed")[:8], identity(report, "revision-not-pinned")[:8]
    lines = lading(*given).out.splitlines()
    assert [line[:8] for line in lines[:-1]] == [second, first], "the loudest first"
    assert lines[1].startswith(f"{first}  warning   license-not-allowed  app.py:3:")
    assert lines[-1] == f"explain one by its id: lading explain {second}"
    assert lading(*given, "--format", "json").code == 2


def test_a_model_without_owner_and_a_file_called_like_a_rule_are_found(
    lading: Lading, tmp_path: Path
) -> None:
    write(
        tmp_path,
        {"lading.yaml": STRICT, "remote_code.py": LOADS_RESEARCH.replace("Qwen/Qwen2.5-3B-Instruct", "gpt2")},
    )
    root, report = str(tmp_path), tmp_path / "r.json"
    lading("scan", root, "--offline", "--date", DAY, "-f", f"json={report}")
    given = ("--report", str(report), "--root", root)
    one = lading("explain", identity(report, "license-not-allowed"), *given)
    assert one.code == 0
    assert lading("explain", "gpt2", *given) == one
    assert lading("explain", "remote_code.py:3", *given) == one


def test_a_model_without_a_finding_is_refused_with_what_may_be_given(lading: Lading, report: Path) -> None:
    answer = lading("explain", "org/other", "--report", str(report))
    assert (answer.code, "is about 'org/other'" in answer.err) == (2, True)
    assert "a place as FILE:LINE" in answer.err


def test_every_place_that_names_the_model_leads_to_its_finding(lading: Lading, tmp_path: Path) -> None:
    write(tmp_path, {"lading.yaml": STRICT, "app.py": LOADS_RESEARCH, "later.py": LOADS_RESEARCH})
    root = str(tmp_path)
    lading("scan", root, "--offline", "--date", DAY, "-f", f"json={tmp_path / 'r.json'}")
    given = ("--report", str(tmp_path / "r.json"), "--root", root)
    first = lading("explain", "app.py:3", *given)
    assert (first.code, lading("explain", "later.py:3", *given)) == (0, first)
    assert lading("explain", "later.py", *given) == first
