"""The license texts at the end of a NOTICE, and which of them are missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.records.unknown import Unknown
from scanner.reporting.escaping import one_line, without_hidden

if TYPE_CHECKING:
    from scanner.records.asset import Asset
    from scanner.records.finding import Obligation
    from scanner.records.report import Report
    from scanner.resolution.notice_texts import TextReader
    from scanner.settings import Settings

_OWED = ("copy_of_license", "notice_text")


def license_texts(report: Report, settings: Settings) -> str:
    """Write the texts that have to be passed on, each once, then what is missing; `""` if none is owed."""
    from scanner.knowledge.store import open_knowledge
    from scanner.resolution.notice_texts import opened

    owed = [asset for asset in report.assets if list(_copies(report, asset))]
    if not owed:
        return ""
    with opened(open_knowledge(), settings) as reader:
        return _written(report, owed, reader)


def with_copies(report: Report, texts: str) -> Report:
    """The report of those who receive the texts too: a license whose copy stands in them is handed over."""
    from scanner.knowledge.license_places import held_in
    from scanner.knowledge.store import open_knowledge
    from scanner.records.quick import replace

    held = held_in(texts, open_knowledge()).places if texts else ()
    keys = {place.key for place in held if place.is_copy}
    duties = tuple(
        replace(duty, state="met") if duty.duty == "copy_of_license" and _key_of(duty) in keys else duty
        for duty in report.obligations
    )
    return replace(report, obligations=duties) if keys else report


def _key_of(duty: Obligation) -> str:
    return duty.clause.rpartition(" of ")[2]


def _written(report: Report, owed: list[Asset], reader: TextReader) -> str:
    bodies: dict[str, str] = {}
    holders: dict[str, list[str]] = {}
    missing: list[str] = []
    for asset in owed:
        found = reader.texts_of(asset)
        if isinstance(found, Unknown):
            missing.append(f"- {one_line(asset.name)}: {one_line(found.reason)}")
        for text in () if isinstance(found, Unknown) else found:
            bodies[text.sha256] = without_hidden("\n".join(text.text.splitlines()))
            place = f"{one_line(asset.name)}: {one_line(text.path)} at {asset.commit}"
            holders.setdefault(text.sha256, []).append(place)
        missing += [f"- {one_line(asset.name)}: {one_line(one)}" for one in _from_bases(report, asset)]
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
