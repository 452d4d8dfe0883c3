from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from scanner.records.finding import PolicyPlace
from scanner.reporting.escaping import GENERATOR
from scanner.reporting.formats import markdown
from scanner.reporting.write import render
from tests.reporting.sample_assets import ASSETS
from tests.reporting.sample_report import EMPTY, FINDINGS, REPORT

EVIL = "@octocat ![p](https://x.example/p.png) <!-- c --> <img src=x> [l](javascript:1) `c` | #1\n# h"


def test_the_whole_comment(golden: Callable[[str, str], None]) -> None:
    golden("markdown/report.md", render(REPORT, "markdown"))
    golden("markdown/empty.md", render(EMPTY, "markdown"))


def test_names_of_others_mention_nobody_and_draw_nothing() -> None:
    asset = replace(ASSETS[2], name=EVIL)
    finding = replace(FINDINGS[0], message=EVIL, remedy=EVIL, file=EVIL)
    evil = replace(
        REPORT,
        assets=(asset,),
        findings=(finding,),
        project=replace(REPORT.project, name=EVIL),
        unresolved=(replace(REPORT.unresolved[0], expression=EVIL, file=EVIL),),
    )
    written = render(evil, "markdown").replace(GENERATOR, "", 1)
    outside_code = "".join(text for at, text in enumerate(written.split("``")) if at % 2 == 0)
    for active in ("@octocat", "![p]", "<!--", "<img", "[l](", "\n# h", "#1"):
        assert active not in outside_code


def test_a_huge_report_fits_into_a_comment_and_says_what_did_not() -> None:
    many = tuple(replace(ASSETS[2], id=f"id{n}", name=f"org/model-{n}") for n in range(3000))
    findings = tuple(replace(FINDINGS[2], id=str(n), asset=f"id{n}", message=EVIL) for n in range(3000))
    written = render(
        replace(REPORT, assets=many, findings=findings, unresolved=REPORT.unresolved * 900), "markdown"
    )
    assert len(written) <= markdown.MAX_CHARACTERS
    assert "did not fit here; the JSON, SARIF and HTML reports hold all of them._\n" in written
    assert written.endswith("_Facts with dates and sources; not legal advice._\n")


def test_lists_of_very_long_lines_leave_the_last_line_whole() -> None:
    long = "x" * 5000
    wide = replace(
        REPORT,
        findings=(),
        unresolved=(replace(REPORT.unresolved[0], expression=long),) * 90,
        obligations=tuple(replace(REPORT.obligations[0], state="open", text=f"{n}{long}") for n in range(90)),
        exceptions=tuple(
            replace(REPORT.exceptions[0], reason=f"{n}{long}", policy=PolicyPlace("p.yaml", n + 1))
            for n in range(90)
        ),
        coverage=replace(REPORT.coverage, skipped=(replace(REPORT.coverage.skipped[0], reason=long),) * 90),
    )
    written = render(wide, "markdown")
    assert len(written) <= markdown.MAX_CHARACTERS
    assert written.count("<details>") == written.count("</details>") == 5
    assert written.endswith("_Facts with dates and sources; not legal advice._\n")


def test_what_many_models_share_and_open_duties_are_told_once() -> None:
    assets = tuple(replace(ASSETS[5], id=f"id{n}", name=f"org/model-{n}") for n in range(6))
    pins = tuple(replace(FINDINGS[3], id=f"p{n}", asset=f"id{n}", evidence=()) for n in range(6))
    owed = tuple(replace(each, id=f"o{each.id}", rule="obligation-open") for each in pins)
    written = render(
        replace(REPORT, assets=assets, findings=pins + owed, obligations=(), references=()), "markdown"
    )
    assert written.count("`revision-not-pinned`") == 1
    assert "6 times, for example: " in written
    assert written.count("`obligation-open`: 6 duties of 6 assets") == 1
