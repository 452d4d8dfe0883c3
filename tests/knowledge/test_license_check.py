"""Mistakes in a license record are named with their line."""

from __future__ import annotations

from pathlib import Path

from scanner.knowledge.license_check import check_license

RECORDS = Path(__file__).resolve().parents[2] / "scanner" / "knowledge" / "data" / "licenses"


def said(text: str) -> list[str]:
    return [str(mistake).splitlines()[0] for mistake in check_license(text, "x.yaml")]


def test_a_complete_record_has_no_mistake() -> None:
    assert said((RECORDS / "mit.yaml").read_text("utf-8")) == []


def test_missing_and_unknown_fields_are_named() -> None:
    text = (RECORDS / "mit.yaml").read_text("utf-8")
    broken = text.replace("title: MIT License", "titel: MIT License").replace("  trademark:", "  trade_mark:")
    found = said(broken)
    line = broken.splitlines().index("titel: MIT License") + 1
    assert "x.yaml:1: the field 'title' is missing" in found
    assert f"x.yaml:{line}:1: no field is called 'titel'" in found
    assert any(each.endswith("the field 'terms.trademark' is missing") for each in found)
    assert any(each.endswith("no field is called 'terms.trade_mark'") for each in found)


def test_terms_nobody_read_and_long_quotations_are_named() -> None:
    assert any("terms were not read" in each for each in said("key: a\nterms: {unknown: not yet}\n"))
    long = " ".join(["word"] * 16)
    text = f"key: a\nterms:\n  update:\n    value: x\n    clause: '§1: \"{long}\"'\n"
    assert any("the quotation of terms.update.clause is longer than 15 words" in each for each in said(text))


def test_what_is_no_record_is_said() -> None:
    assert said("- a\n") == ["x.yaml:1: a record is a mapping of field names to values"]
    assert said("a: [\n")[0].startswith("x.yaml:")
