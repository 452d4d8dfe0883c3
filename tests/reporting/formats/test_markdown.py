from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
    outside_code = "".join(
        text for at, text in enumerate(render(evil, "markdown").split("``")) if at % 2 == 0
    )
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
