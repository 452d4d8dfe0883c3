"""The license texts at the end of a NOTICE, and which of them are missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.patterns import regex
from scanner.records.unknown import Unknown

if TYPE_CHECKING:
    from scanner.records.asset import Asset
    from scanner.records.report import Report
    from scanner.resolution.notice_texts import TextReader
    from scanner.settings import Settings

_OWED = ("copy_of_license", "notice_text")
_CONTROL = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def license_texts(report: Report, settings: Settings) -> str:
    """Write the texts that have to be passed on, each once, then what is missing; `""` if none is owed."""
    from scanner.knowledge.store import open_knowledge
    from scanner.resolution.notice_texts import opened

    owed = [asset for asset in report.assets if list(_copies(report, asset))]
    if not owed:
        return ""
    with opened(open_knowledge(), settings) as reader:
        return _written(report, owed, reader)


def _written(report: Report, owed: list[Asset], reader: TextReader) -> str:
    bodies: dict[str, str] = {}
    holders: dict[str, list[str]] = {}
    missing: list[str] = []
    for asset in owed:
        found = reader.texts_of(asset)
        if isinstance(found, Unknown):
            missing.append(f"- {_line(asset.name)}: {_line(found.reason)}")
        for text in () if isinstance(found, Unknown) else found:
            bodies[text.sha256] = _clean(text.text)
            place = f"{_line(asset.name)}: {_line(text.path)} at {asset.commit}"
            holders.setdefault(text.sha256, []).append(place)
        missing += [f"- {_line(asset.name)}: {_line(one)}" for one in _from_bases(report, asset)]
    blocks = ["License texts\n============="]
    blocks += ["\n".join([*holders[digest], "", bodies[digest].strip("\n")]) for digest in bodies]
    if missing:
        blocks.append("\n".join(["License texts missing here (add them, then remove this block):", *missing]))
    return "\n\n".join(blocks) + "\n"


def _copies(report: Report, asset: Asset) -> Iterator[str]:
    """Clauses that want a license text or notice handed over, of what is shipped."""
    for duty in report.obligations:
        if duty.asset == asset.id and duty.duty in _OWED:
            yield duty.clause


def _from_bases(report: Report, asset: Asset) -> Iterator[str]:
    """Texts owed for what the asset is made from: its own repository need not hold them."""
    clauses = tuple(_copies(report, asset))
    told = {asset.license.key}
    for base in asset.inherited:
        if base.key not in told and any(clause.endswith(f" of {base.key}") for clause in clauses):
            told.add(base.key)
            yield f"the text of {base.key}, which comes from {base.from_}; no commit of that is known"


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())


def _clean(text: str) -> str:
    """A text without what could steer a terminal or hide words."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
