"""Formats agree: what one counts, every other counts the same."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.cli.main import run
from scanner.records.report import Report
from scanner.reporting.read import read_report
from scanner.reporting.write import render
from tests.reporting.sample_report import EMPTY, REPORT

Counts = dict[str, int]
LEVELS = ("error", "warning", "question", "note")


def expected(report: Report) -> Counts:
    summary = report.summary
    states = Counter(each.state for each in report.obligations)
    return {
        "references": summary.references,
        "assets": summary.assets,
        **{level: getattr(summary, level) for level in LEVELS},
        "excepted": summary.excepted,
        **{state: states[state] for state in ("met", "open", "unknown")},
        "unresolved": summary.unresolved,
        "exceptions": len(report.exceptions),
    }


def in_json(report: Report) -> Counts:
    document = json.loads(render(report, "json"))
    findings = Counter(each["level"] for each in document["findings"] if "exception" not in each)
    states = Counter(each["state"] for each in document["obligations"])
    return {
        "references": len(document["references"]),
        "assets": len(document["assets"]),
        **{level: findings[level] for level in LEVELS},
        "excepted": sum("exception" in each for each in document["findings"]),
        **{state: states[state] for state in ("met", "open", "unknown")},
        "unresolved": len(document["unresolved"]),
        "exceptions": len(document["exceptions"]),
    }


def in_terminal(report: Report) -> Counts:
    text = render(report, "terminal").split("\nSummary\n")[-1].replace(",", " ,")
    words = {level: rf"(\d+) {level}s?\b" for level in LEVELS}
    words |= {"excepted": r"(\d+) more covered", "references": r"in (\d+) places?\b"}
    words |= {
        "unresolved": r"(\d+) names? decided",
        **{state: rf"(\d+) {state}\b" for state in ("open", "unknown", "met")},
    }
    counts = {name: int(found[1]) if (found := re.search(word, text)) else 0 for name, word in words.items()}
    counts["assets"] = sum(int(number) for number in re.findall(r"(\d+) (?:model|dataset|hosted API)", text))
    return counts


def in_sarif(report: Report) -> Counts:
    run = json.loads(render(report, "sarif"))["runs"][0]
    found = Counter(
        "question" if "question" in each["properties"]["tags"] else each["level"] for each in run["results"]
    )
    return {**{level: found[level] for level in LEVELS}, "excepted": run["properties"]["excepted"]}


def in_github(report: Report) -> Counts:
    lines = [line for line in render(report, "github").splitlines() if line.startswith("::")]
    found = Counter("question" if "(question)" in line else line[2:].split(" ")[0] for line in lines)
    return {
        "error": found["error"],
        "warning": found["warning"],
        "question": found["question"],
        "note": found["notice"],
    }


def in_gitlab(report: Report) -> Counts:
    found = Counter(each["severity"] for each in json.loads(render(report, "gitlab")))
    return dict(zip(LEVELS, (found[each] for each in ("critical", "major", "minor", "info")), strict=True))


def in_junit(report: Report) -> Counts:
    root = ElementTree.fromstring(render(report, "junit"))
    found = Counter(each.attrib["type"] for each in root.iter("failure"))
    found.update(each.attrib["message"].split(" ")[0].strip(":") for each in root.iter("skipped"))
    return {level: found[level] for level in (*LEVELS, "excepted")}


def in_csv(report: Report) -> Counts:
    rows = list(csv.DictReader(io.StringIO(render(report, "csv"), newline="")))
    return {
        "references": sum(int(row["dependencies"]) + int(row["mentions"]) for row in rows),
        "assets": sum(row["kind"] != "project" for row in rows),
        "error": sum(int(row["errors"]) for row in rows),
        "warning": sum(int(row["warnings"]) for row in rows),
        "question": sum(int(row["questions"]) for row in rows),
        "note": sum(int(row["notes"]) for row in rows),
        "excepted": sum(int(row["excepted"]) for row in rows),
        "open": sum(int(row["obligations_open"]) for row in rows),
    }


def in_markdown(report: Report) -> Counts:
    text = render(report, "markdown")
    row = next((line for line in text.splitlines() if line.startswith("| ❌")), None)
    if row is None:
        return dict.fromkeys(LEVELS, 0)
    numbers = [int(found) for found in re.findall(r"\b\d+\b", row)]
    cells = dict(zip((*LEVELS, "excepted"), numbers[:5], strict=True))
    return cells | {"references": numbers[-2], "open": numbers[-1], "assets": sum(numbers[5:-2])}


def in_cyclonedx(report: Report) -> Counts:
    document = json.loads(render(report, "cyclonedx"))
    services = document["services"]
    places = sum(len(each["evidence"]["occurrences"]) for each in document["components"])
    places += sum(":occurrence." in each["name"] for service in services for each in service["properties"])
    return {"references": places, "assets": len(document["components"]) + len(services)}


def in_spdx(report: Report) -> Counts:
    graph = json.loads(render(report, "spdx"))["@graph"]
    packages = sum(f"#{each['type']}-asset-" in each.get("spdxId", "") for each in graph)
    return {"references": sum(each["type"] == "Annotation" for each in graph), "assets": packages}


def in_html(report: Report) -> Counts:
    text = render(report, "html")
    tiles = {
        word: int(number.replace(",", ""))
        for number, word in re.findall(r"<b>([\d,]+)</b> ([a-z ]+)</li>", text)
    }
    states = re.search(r"(\d+) open, (\d+) unknown, (\d+) met\.", text)
    open_, unknown, met = (int(each) for each in states.groups()) if states else (0, 0, 0)
    evidence = text.split('id="evidence-list"')[-1] if report.assets else ""
    return {
        "assets": evidence.count(" data-entry>"),
        "references": len(re.findall(r"<li><code>[^<]+</code> (?:dependency|mention), ", evidence)),
        **{level: tiles[f"{level}s"] for level in LEVELS},
        "excepted": tiles["excepted"],
        "unresolved": tiles["names not determined"],
        "open": open_,
        "unknown": unknown,
        "met": met,
        "exceptions": text.split('id="undetermined"')[0]
        .split('id="exceptions"')[1]
        .count('<td class="number">'),
    }


COUNTERS = [
    *(in_json, in_terminal, in_sarif, in_github, in_gitlab, in_junit),
    *(in_csv, in_markdown, in_cyclonedx, in_spdx, in_html),
]


@pytest.mark.parametrize("counter", COUNTERS)
@pytest.mark.parametrize("report", [REPORT, EMPTY], ids=["sample", "empty"])
def test_a_format_counts_what_the_report_holds(counter: Callable[[Report], Counts], report: Report) -> None:
    counts = counter(report)
    wanted = expected(report)
    assert counts == {name: wanted[name] for name in counts}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report on the example project, with a name in it that is decided at run time."""
    folder = tmp_path_factory.mktemp("real")
    project = folder / "shop"
    shutil.copytree(Path(__file__).parent.parent.parent / "examples" / "model-shop", project)
    late = "import sys\n\nfrom transformers import AutoModel\n\nAutoModel.from_pretrained(sys.argv[1])\n"
    (project / "late.py").write_text(late, "utf-8")
    out = folder / "report.json"
    assert run(["scan", str(project), "--offline", "-q", "--date", "2026-11-22", "-f", f"json={out}"]) == 1
    return read_report(out.read_text("utf-8"), out.name)


@pytest.mark.parametrize("counter", COUNTERS)
def test_a_format_counts_what_a_real_report_holds(counter: Callable[[Report], Counts], real: Report) -> None:
    counts = counter(real)
    wanted = expected(real)
    assert wanted["unresolved"] == 1
    assert counts == {name: wanted[name] for name in counts}
