"""Reads terms written as sentences: what a hand-made or older table says without typed fields."""

from __future__ import annotations

from typing import Any

from scanner.patterns import regex
from scanner.records.unknown import Unknown

NOTHING_SAID = "none"
"""Value of a term the text was read for and says nothing about."""

_FIELD_WORDS = (
    ("military", ("military", "warfare", "weapon")),
    ("surveillance", ("surveillance",)),
    ("biometrics", ("biometric",)),
    ("law-enforcement", ("law enforcement", "administration of justice")),
    ("medical", ("medical",)),
)

_OCCASIONS = (
    ("above a threshold", ("threshold",)),
    ("encouraged", ("encouraged",)),
    ("publication", ("publication",)),
    ("notice contents", ("notice-text",)),
    ("when used to create", ("derivative", "trains-on-outputs")),
    ("derivative works", ("derivative",)),
    ("on derivatives", ("derivative",)),
    ("name begins", ("derivative", "trains-on-outputs")),
    ("in its name", ("derivative",)),
)
"""Words of a duty that say when it begins."""

_QUOTED = regex(r'"([^"]{3,80})"')
_PERIODS = (("month", ("month",)), ("year", ("annual", "year")), ("day", ("daily", "per day")))


def head_of(value: object) -> str:
    """The first word of a sentence, lower case; `"unknown"` for Unknown, yes or no for a boolean."""
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = str(value).lower()
    for sign in "(),:;":
        words = words.replace(sign, " ")
    return words.split()[0] if words.split() else NOTHING_SAID


def said_of(written: dict[str, Any]) -> dict[str, Any]:
    """Take `null` and a missing value or clause for "the text says nothing"."""
    said = present(written)
    said.setdefault("value", NOTHING_SAID)
    said["clause"] = said.get("clause") or NOTHING_SAID
    if isinstance(said["value"], dict) and "law" in said["value"]:
        said["value"] = present(said["value"])
    return said


def present(written: dict[str, Any]) -> dict[str, Any]:
    """The fields that are not null."""
    return {name: value for name, value in written.items() if value is not None}


def territory_of(written: dict[str, Any]) -> dict[str, Any]:
    """Read a remark like `EU (multimodal models only)` where the typed fields are missing."""
    said = said_of(written)
    if said["value"] == NOTHING_SAID:
        said["value"] = []
    text = " ".join([str(said["value"]), str(said.get("note", "")), str(said["clause"])]).lower()
    if "multimodal" in text and not said.get("modality"):
        said |= {"modality": "multimodal", "test": said.get("test") or "domicile"}
    return said


def duty_of(written: dict[str, Any]) -> dict[str, Any]:
    """Read from a sentence when a duty begins, and which words must appear."""
    said = said_of(written)
    if "when" in said or not isinstance(said["value"], str):
        return said
    text = said["value"].lower()
    for mark, when in _OCCASIONS:
        if mark in text:
            said["when"] = [*when]
            break
    quoted = _QUOTED.findall(said["value"])
    if quoted and "words" not in said:
        said["words"] = quoted
    return said


def outputs_of(written: dict[str, Any]) -> dict[str, Any]:
    """Read what a sentence says of a model trained on outputs, and which models a ban means."""
    said = said_of(written)
    text = str(said["value"]).lower()
    if not said.get("student"):
        if "derivative" in text and not text.startswith("forbidden"):
            said["student"] = "derivative"
        elif "naming" in text or text.startswith(("not", "none")):
            said["student"] = "unsettled"
        elif text.startswith(("allowed", "conditional")):
            said["student"] = "free"
    if not said.get("scope"):
        marks = (("compet", "competing"), ("foundation", "foundation"), ("commercial", "commercial"))
        for mark, scope in marks:
            if mark in text:
                said["scope"] = f"{scope}-models"
                break
    return said


def threshold_of(written: dict[str, Any]) -> dict[str, Any]:
    """Read period, what follows, affiliates and conditions from the words of a threshold."""
    said = {"unit": "", "clause": NOTHING_SAID, "confidence": "unverified", "effect": ""} | present(written)
    unit, scope = str(said["unit"]).lower(), str(said.pop("scope", "")).lower()
    metric, effect = str(said["metric"]).lower(), str(said["effect"]).lower()
    said.setdefault("period", _period_of(f"{metric} {unit}"))
    said.setdefault("triggers", "attribution" if "display" in effect else "license")
    said.setdefault("affiliates", "affiliate" in unit)
    if "commercial" in scope and "non-commercial" not in scope:
        said.setdefault("only", "commercial")
    said.setdefault("unsettled_at_equality", "ambiguous" in str(said.get("note", "")).lower())
    return said


def ban_of(written: dict[str, Any]) -> dict[str, Any]:
    """Read the fields of use a ban falls into from its words."""
    said = present(written)
    if "fields" not in said:
        words = str(said.get("field", "")).lower()
        found = [name for name, marks in _FIELD_WORDS if any(mark in words for mark in marks)]
        said["fields"] = found
        said.setdefault("extent", "part" if found == ["medical"] else "whole")
    return said


def _period_of(words: str) -> str:
    for period, marks in _PERIODS:
        if any(mark in words for mark in marks):
            return period
    return NOTHING_SAID
