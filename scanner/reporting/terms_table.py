"""What each license of a report says, in the words of a table."""

from __future__ import annotations

from scanner.records.quick import dataclass
from scanner.records.report import Report
from scanner.records.terms import Duty, Outputs, Term, Terms, Territory
from scanner.records.unknown import Unknown
from scanner.reporting.phrases import say


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term: what it says and where."""

    name: str
    value: str
    clause: str
    confidence: str


@dataclass(frozen=True, slots=True)
class LicenseTerms:
    """One license, who is under it, what it says."""

    key: str
    expression: str
    category: str
    models: tuple[str, ...]
    inherited_by: tuple[str, ...]
    lines: tuple[TermLine, ...]
    """What the text says something about; `()` where the terms are not known."""
    silent: tuple[str, ...]
    """Terms the text was read for and says nothing about."""
    unread: str
    """Why nothing stands here, or empty."""


def license_table(report: Report) -> tuple[LicenseTerms, ...]:
    """List every license a model of the report is under or inherits, once, by key."""
    found: dict[str, tuple[str, str, Terms | Unknown]] = {}
    models: dict[str, list[str]] = {}
    inheritors: dict[str, list[str]] = {}
    for asset in report.assets:
        if isinstance(asset.license.key, Unknown):
            continue
        key = asset.license.key
        category = asset.license.category
        words = (
            say(asset.license.expression),
            say(category if isinstance(category, Unknown) else category.value),
        )
        if key not in found or isinstance(found[key][2], Unknown):
            found[key] = (*words, asset.terms)
        models.setdefault(key, []).append(asset.name)
    for asset in report.assets:
        for each in asset.inherited:
            if isinstance(each.key, Unknown):
                continue
            found.setdefault(each.key, ("", "", each.terms))
            inheritors.setdefault(each.key, []).append(asset.name)
    return tuple(
        _license(key, found[key], models.get(key, []), inheritors.get(key, [])) for key in sorted(found)
    )


def _license(
    key: str, found: tuple[str, str, Terms | Unknown], models: list[str], inheritors: list[str]
) -> LicenseTerms:
    expression, category, terms = found
    lines: list[TermLine] = []
    silent: list[str] = []
    if isinstance(terms, Terms):
        for name, line in _lines(terms):
            if line is None:
                silent.append(name)
            else:
                lines.append(line)
    return LicenseTerms(
        key=key,
        expression=expression,
        category=category,
        models=tuple(dict.fromkeys(models)),
        inherited_by=tuple(dict.fromkeys(inheritors)),
        lines=tuple(lines),
        silent=tuple(silent),
        unread=terms.reason if isinstance(terms, Unknown) else "",
    )


def _lines(terms: Terms) -> list[tuple[str, TermLine | None]]:
    single: dict[str, Term | Duty | Territory | Outputs] = {
        "Commercial use": terms.commercial_use,
        "Excluded territory": terms.territory_excluded,
        "Attribution": terms.attribution,
        "Naming": terms.naming,
        "Acceptable use policy": terms.aup,
        "Training on outputs": terms.outputs_for_training,
        "Trademark": terms.trademark,
        "Governing law": terms.governing_law,
        "Termination": terms.termination,
        "Changes to the license": terms.update,
        "Export": terms.export,
    }
    lines = [(name, _line(name, term)) for name, term in single.items()]
    lines[1:1] = _thresholds(terms)
    lines += _bans(terms)
    if isinstance(terms.distribution, Unknown):
        lines.append(("Passing on", TermLine("Passing on", say(terms.distribution), "", "")))
        return lines
    distribution = terms.distribution
    duties = {
        "Copy of the license": distribution.copy_of_license,
        "Notice text": distribution.notice_text,
        "Notice of changes": distribution.modified_files_notice,
        "Share alike": distribution.share_alike,
    }
    return lines + [(name, _line(name, duty)) for name, duty in duties.items()]


def _line(name: str, term: Term | Duty | Territory | Outputs) -> TermLine | None:
    if term.value in ("none", False, (), ""):
        return None
    clause = "" if term.clause == "none" else say(term.clause)
    return TermLine(name, say(term.value), clause, term.confidence.value)


def _thresholds(terms: Terms) -> list[tuple[str, TermLine | None]]:
    name = "Threshold"
    if isinstance(terms.thresholds, Unknown):
        return [(name, TermLine(name, say(terms.thresholds), "", ""))]
    if not terms.thresholds:
        return [(name, None)]
    return [
        (
            name,
            TermLine(
                name,
                f"{each.metric} {each.op} {_number(each.value)} {each.unit}: {each.effect}",
                say(each.clause),
                each.confidence.value,
            ),
        )
        for each in terms.thresholds
    ]


def _number(value: int | float | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else f"{value:,}"


def _bans(terms: Terms) -> list[tuple[str, TermLine | None]]:
    name = "Excluded fields of use"
    if isinstance(terms.field_bans, Unknown):
        return [(name, TermLine(name, say(terms.field_bans), "", ""))]
    if not terms.field_bans:
        return [(name, None)]
    said = "; ".join(each.field for each in terms.field_bans)
    first = terms.field_bans[0]
    return [(name, TermLine(name, said, say(first.clause), first.confidence.value))]
