from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from scanner.records.finding import Level, Obligation
from scanner.reporting.page import columns_of
from scanner.reporting.write import render
from tests.reporting.hostile_report import hostile
from tests.reporting.sample_assets import ASSETS
from tests.reporting.sample_report import EMPTY, FINDINGS, REPORT


@pytest.mark.parametrize("width", [80, 120])
def test_the_text_for_a_pipe(golden: Callable[[str, str], None], width: int) -> None:
    golden(f"terminal/report-{width}.txt", render(REPORT, "terminal", width=width))


def test_the_text_with_color(golden: Callable[[str, str], None]) -> None:
    golden("terminal/report-color.txt", render(REPORT, "terminal", color=True))


def test_a_project_that_names_nothing_is_told_so(golden: Callable[[str, str], None]) -> None:
    golden("terminal/empty.txt", render(EMPTY, "terminal"))


def test_color_changes_no_word() -> None:
    colored = render(REPORT, "terminal", color=True)
    without = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in without.splitlines()] == render(REPORT, "terminal").splitlines()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal_unless_one_word_is(width: int) -> None:
    lines = render(REPORT, "terminal", width=width).splitlines()
    assert [line for line in lines if columns_of(line) > width] == []


def test_the_first_line_names_the_policy_in_force_and_its_digest() -> None:
    assert render(REPORT, "terminal", width=200).splitlines()[0] == (
        "Policy in force: lading.yaml (sha256:1f1f1f1f1f1f), pack permissive-only (sha256:2e2e2e2e2e2e)"
    )
    assert render(EMPTY, "terminal").splitlines()[0] == "Policy in force: none"


def test_names_of_others_cannot_steer_the_terminal() -> None:
    written = render(hostile(), "terminal")
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", written) == []
    colored = render(hostile(), "terminal", color=True)
    assert set(re.findall(r"\x1b(.)", colored)) == {"["}
    assert re.findall(r"\x1b\[[0-9;]*([^0-9;m])", colored) == []


def test_one_judgement_in_many_places_is_written_once() -> None:
    many = tuple(replace(FINDINGS[0], id=str(n), line=n + 1) for n in range(40))
    written = render(replace(REPORT, findings=many), "terminal")
    assert written.count("error  license-not-allowed\n") == 1
    assert "            and 34 more places\n" in written


def test_a_fact_that_would_settle_questions_is_named_with_their_number() -> None:
    asked = tuple(
        replace(FINDINGS[4], id=str(n), level=Level.QUESTION, missing="use.monthly_active_users")
        for n in range(3)
    )
    written = render(replace(REPORT, findings=asked), "terminal")
    assert "  declare use.monthly_active_users to settle 3 findings\n" in written


def test_a_plain_judgement_on_many_models_is_told_once_with_every_place() -> None:
    assets = tuple(replace(ASSETS[5], id=f"id{n}", name=f"org/model-{n}") for n in range(5))
    findings = tuple(
        replace(FINDINGS[3], id=str(n), asset=f"id{n}", message=f"org/model-{n} is used without a revision")
        for n in range(5)
    )
    written = render(replace(REPORT, assets=assets, findings=findings, references=()), "terminal")
    assert written.split("The same for several\n\n")[1].split("\n\n")[0] == (
        "   warning  revision-not-pinned\n"
        "            5 times, for example: org/model-0 is used without a revision\n"
        "     where  org/model-0 services/chat/model.py:14:9\n"
        "            org/model-1 services/chat/model.py:14:9\n"
        "            org/model-2 services/chat/model.py:14:9\n"
        "            org/model-3 services/chat/model.py:14:9\n"
        "            org/model-4 services/chat/model.py:14:9\n"
        '       fix  Add revision="…" or run: lading lock\n'
        "    policy  lading.yaml:20"
    )


def test_open_duties_are_told_once_and_stand_among_the_obligations() -> None:
    assets = tuple(replace(ASSETS[5], id=f"id{n}", name=f"org/model-{n}") for n in range(2))
    findings = tuple(
        replace(FINDINGS[3], id=str(n), asset=f"id{n}", rule="obligation-open", message=f"duty of {n}")
        for n in range(2)
    )
    duties = tuple(
        Obligation(f"id{n}", "copy_of_license", "hand over a copy", "§1 of mit", "open", "none")
        for n in range(2)
    )
    held = replace(REPORT, assets=assets, findings=findings, obligations=duties, references=())
    written = render(held, "terminal")
    assert "duty of" not in written
    assert written.split("\nObligations\n")[1].split("\nOrigin")[0] == (
        "   warning  obligation-open\n"
        "            2 duties of 2 assets: listed below\n"
        '       fix  Add revision="…" or run: lading lock\n'
        "    policy  lading.yaml:20\n"
        "\n"
        "      open  hand over a copy (§1 of mit)\n"
        "            for org/model-0, org/model-1\n"
    )
    loud = tuple(replace(each, level=Level.ERROR) for each in findings)
    assert "duty of 1" in render(replace(held, findings=loud), "terminal")


def test_an_exception_that_covers_nothing_stands_in_the_register() -> None:
    assert "\nExceptions\n" in render(REPORT, "terminal")
    for entry in REPORT.exceptions:
        assert entry.reason in " ".join(render(REPORT, "terminal", width=200).split())


def test_a_model_found_under_one_commit_is_not_called_silent_under_another() -> None:
    twin = replace(ASSETS[0], id="another commit", name=ASSETS[1].name, kind=ASSETS[1].kind)
    found = replace(FINDINGS[3], asset=ASSETS[1].id)
    written = render(
        replace(REPORT, assets=(ASSETS[1], twin), findings=(found,), references=(), obligations=()),
        "terminal",
    )
    assert "Without a finding" not in written


def test_duties_nobody_knows_of_do_not_crowd_out_the_open_ones() -> None:
    duties = tuple(
        Obligation(ASSETS[0].id, "attribution", f"duty {n}", "none", "open" if n > 8 else "unknown", "none")
        for n in range(12)
    )
    written = render(replace(REPORT, obligations=duties), "terminal")
    shown = written.split("\nObligations\n")[1].split("\nCould not")[0]
    assert [line.split() for line in shown.splitlines() if "duty" in line] == [
        *(["open", "duty", str(n)] for n in (9, 10, 11)),
        *(["unknown", "duty", str(n)] for n in range(4)),
    ]
    assert "and 5 more; all of them stand in the JSON report" in shown
