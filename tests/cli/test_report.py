from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scanner.cli.report import COMMAND
from scanner.errors import ReportBroken, UsageError
from scanner.reporting.write import render
from tests.reporting.sample_assets import CHAT, EMBED, NOTES
from tests.reporting.sample_report import EMPTY, REPORT
from tests.reporting.schema import mistakes


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    (tmp_path / "orchard.json").write_text(render(REPORT, "json"), encoding="utf-8")
    (tmp_path / "empty.json").write_text(render(EMPTY, "json"), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        COMMAND, [str(each) for each in arguments], catch_exceptions=False, standalone_mode=False
    )


def test_a_stored_report_is_written_in_another_format(stored: Path) -> None:
    assert run(stored / "orchard.json", "-f", "json").output == render(REPORT, "json")
    assert run(stored / "orchard.json").output == render(REPORT, "terminal")


def test_several_formats_go_into_files(stored: Path) -> None:
    run(stored / "orchard.json", "-f", f"sarif={stored}/a.sarif", "-f", f"csv={stored}/a.csv")
    assert (stored / "a.sarif").read_text(encoding="utf-8") == render(REPORT, "sarif")
    assert (stored / "a.csv").read_bytes().decode() == render(REPORT, "csv")


def test_several_reports_give_an_overview_or_a_file_each(stored: Path) -> None:
    reports = (stored / "orchard.json", stored / "empty.json")
    assert json.loads(run(*reports, "-f", "json").output)["schema"] == "lading.reports/1"
    run(*reports, "-f", f"json={stored}/out-{{project}}.json")
    assert (stored / "out-empty.json").read_text(encoding="utf-8") == render(EMPTY, "json")
    assert (stored / "out-orchard.json").read_text(encoding="utf-8") == render(REPORT, "json")


def test_several_reports_never_share_one_file(stored: Path) -> None:
    with pytest.raises(UsageError, match="several reports cannot share one file"):
        run(stored / "orchard.json", stored / "empty.json", "-f", f"sarif={stored}/a.sarif")
    with pytest.raises(UsageError, match="two reports are of a project called 'empty'"):
        run(stored / "empty.json", stored / "empty.json", "-f", f"sarif={stored}/{{project}}.sarif")
    with pytest.raises(UsageError, match="sarif of several reports needs a file for each"):
        run(stored / "orchard.json", stored / "empty.json", "-f", "sarif")


def test_a_file_that_is_no_report_is_named(stored: Path) -> None:
    (stored / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ReportBroken, match=r"other\.json: not a report lading can read"):
        run(stored / "other.json")
    with pytest.raises(UsageError, match=r"gone\.json cannot be read: No such file or directory"):
        run(stored / "gone.json")


POLICY = """\
version: 1
rules:
  license-not-allowed: {allow: [MIT, Apache-2.0], level: error}
"""


def test_another_policy_judges_the_stored_facts_and_the_exit_code_follows(stored: Path) -> None:
    (stored / "policy.yaml").write_text(POLICY, encoding="utf-8")
    judged = run(stored / "orchard.json", "--policy", stored / "policy.yaml", "-f", "json")
    report = json.loads(judged.output)
    refused = {each["reference"] for each in report["findings"] if each["rule"] == "license-not-allowed"}
    assert {CHAT, NOTES} <= refused
    assert EMBED not in refused
    assert [each["path"].rsplit("/", 1)[-1] for each in report["policy"]["sources"]] == ["policy.yaml"]
    assert mistakes(report) == []
    assert report["assets"][0]["name"] == json.loads(render(REPORT, "json"))["assets"][0]["name"]
    assert judged.exit_code == 1
    assert run(stored / "empty.json", "--policy", stored / "policy.yaml").exit_code == 0
    assert (
        run(stored / "orchard.json", "--policy", stored / "policy.yaml", "--fail-on", "never").exit_code == 0
    )


def test_many_reports_say_what_a_policy_would_refuse(stored: Path) -> None:
    (stored / "policy.yaml").write_text(POLICY, encoding="utf-8")
    asked = run(
        stored / "orchard.json", stored / "empty.json", "--policy", stored / "policy.yaml", "-f", "json"
    )
    refused = {each["reference"]: each["projects"] for each in json.loads(asked.output)["refused"]}
    assert refused[CHAT] == ["orchard"]


def test_a_day_without_a_policy_is_refused(stored: Path) -> None:
    with pytest.raises(UsageError, match="--include and --date belong to --policy"):
        run(stored / "orchard.json", "--date", "2027-01-01")
    with pytest.raises(UsageError, match="not a day: 'tomorrow'"):
        run(stored / "orchard.json", "--policy", "baseline", "--date", "tomorrow")
