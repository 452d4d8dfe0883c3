from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from scanner.records.report import Report
from scanner.reporting.write import render
from tests.reporting.sample_assets import ASSETS, CHAT, GGUF
from tests.reporting.sample_report import EMPTY, FINDINGS, REFERENCES, REPORT, UNRESOLVED

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\x1b[2J\u202e"
VOID = {"meta", "input", "br", "link", "img"}


class Page(HTMLParser):
    """Counts what stands in a page and checks that every element is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def hostile() -> Report:
    asset = replace(ASSETS[2], name=EVIL, library=EVIL, modality=EVIL)
    return replace(
        REPORT,
        project=replace(REPORT.project, name=EVIL),
        assets=(asset,),
        references=(replace(REFERENCES[0], asset=asset.id),),
        findings=(replace(FINDINGS[0], message=EVIL, remedy=EVIL, file=EVIL),),
        unresolved=(replace(UNRESOLVED[0], expression=EVIL),),
    )


def test_the_whole_page(golden: Callable[[str, str], None]) -> None:
    golden("html/report.html", render(REPORT, "html"))
    golden("html/empty.html", render(EMPTY, "html"))


@pytest.mark.parametrize("report", [REPORT, EMPTY, hostile()], ids=["sample", "empty", "hostile"])
def test_every_element_is_closed_and_every_id_stands_once(report: Report) -> None:
    page = Page(render(report, "html"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert (page.wrong, page.open, len(ids)) == ([], [], len(set(ids)))
    targets = {str(attributes["href"]) for tag, attributes in page.tags if tag == "a"}
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_nothing_is_fetched_and_only_the_one_script_may_run() -> None:
    text = render(REPORT, "html")
    page = Page(text)
    fetched = [
        tag
        for tag, attributes in page.tags
        if "src" in attributes or tag in ("link", "iframe", "img", "object")
    ]
    assert fetched == []
    rule = next(
        str(each["content"]) for _, each in page.tags if each.get("http-equiv") == "Content-Security-Policy"
    )
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        (inside,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in rule
    assert rule.startswith("default-src 'none'; ")
    assert [
        tag
        for tag, attributes in page.tags
        if any(name.startswith("on") or name == "style" for name in attributes)
    ] == []


def test_text_of_others_stays_text() -> None:
    page = Page(render(hostile(), "html"))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\\x1b[2J\\u202e" in page.text
    assert "\x1b" not in page.text


def test_the_first_words_name_the_policy_in_force() -> None:
    page = Page(render(REPORT, "html"))
    body = page.text.split("Skip to the report ")[1]
    assert body.startswith(
        "Policy in force: lading.yaml (sha256:1f1f1f1f1f1f), pack permissive-only (sha256:"
    )


def test_every_section_an_auditor_asks_for_is_there() -> None:
    titles = re.findall(r"<h2 [^>]*>([^<]+)</h2>", render(REPORT, "html"))
    assert titles == [
        "Summary",
        "Findings",
        "Inventory",
        "Lineage",
        "Obligations",
        "License terms",
        "Origin",
        "Hosted services",
        "Exceptions",
        "Not determined, not read",
        "Method and dates",
        "Evidence",
    ]


def test_a_license_conflict_is_marked_on_its_edge() -> None:
    text = render(REPORT, "html")
    assert text.count('class="edge conflict"') == 1
    assert f"{GGUF} is quantized of {CHAT}" in text


def test_what_was_not_determined_or_not_read_is_listed_with_the_reason() -> None:
    text = Page(render(REPORT, "html")).text
    for words in (
        "environment variable MODEL_NAME without a default",
        "assets/huge.json : larger than 20000000 bytes",
        "scan-flagged : needs the network",
        "3 files of Rust (src/a.rs, src/b.rs, src/c.rs): lading has no reader for this language",
        "4 files of kinds lading has no reader for: 4 .png",
        "lading.lock: the lockfile itself: read for what it holds, not searched for names",
    ):
        assert words in text
