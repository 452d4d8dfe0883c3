"""Two reports side by side: what is new, gone, changed."""

from __future__ import annotations

from scanner.records.asset import Asset, Party
from scanner.records.encoding import encode
from scanner.records.finding import Finding, Obligation
from scanner.records.quick import dataclass
from scanner.records.report import DISCLAIMER, Report
from scanner.records.sighting import Unresolved
from scanner.records.unknown import Unknown
from scanner.reporting import phrases
from scanner.reporting.escaping import GENERATOR, json_text, markdown
from scanner.reporting.page import Page

SCHEMA = "lading.diff/1"
FORMATS = ("text", "markdown", "json")


@dataclass(frozen=True, slots=True)
class Side:
    """Which report stands on one side."""

    project: str
    commit: str | Unknown
    date: str
    policy: str


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is no longer what it was."""

    subject: str
    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Lines:
    """What is new and what is gone, each as one line."""

    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything in which two reports differ."""

    schema: str
    before: Side
    after: Side
    assets: Lines
    changed: tuple[Change, ...]
    findings: Lines
    levels: tuple[Change, ...]
    """Findings that are there on both sides with another level or exception."""
    obligations: Lines
    unresolved: Lines
    disclaimer: str = DISCLAIMER

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        return not (
            self.changed
            or self.levels
            or any(
                lines.new or lines.gone
                for lines in (self.assets, self.findings, self.obligations, self.unresolved)
            )
        )


def compare(before: Report, after: Report) -> Difference:
    """Compare two reports; assets by kind and name, findings by their ids."""
    old_assets, new_assets = _by_name(before), _by_name(after)
    old_findings = {finding.id: finding for finding in before.findings}
    new_findings = {finding.id: finding for finding in after.findings}
    both = [name for name in new_assets if name in old_assets]
    return Difference(
        schema=SCHEMA,
        before=_side(before),
        after=_side(after),
        assets=_lines(
            {key: _asset_line(asset) for key, asset in old_assets.items()},
            {key: _asset_line(asset) for key, asset in new_assets.items()},
        ),
        changed=tuple(change for name in both for change in _changes(old_assets[name], new_assets[name])),
        findings=_lines(
            {key: _finding_line(finding) for key, finding in old_findings.items()},
            {key: _finding_line(finding) for key, finding in new_findings.items()},
        ),
        levels=tuple(
            Change(
                f"{now.rule} on {now.reference}",
                "level",
                _level_words(old_findings[key]),
                _level_words(now),
            )
            for key, now in new_findings.items()
            if key in old_findings and _level_words(old_findings[key]) != _level_words(now)
        ),
        obligations=_duties(before, after),
        unresolved=_lines(
            {_unresolved_line(each): _unresolved_line(each) for each in before.unresolved},
            {_unresolved_line(each): _unresolved_line(each) for each in after.unresolved},
        ),
    )


def _by_name(report: Report) -> dict[str, Asset]:
    """Key the assets by kind and name; of a model used at two commits the commit stays in the key."""
    named: dict[str, list[Asset]] = {}
    for asset in report.assets:
        named.setdefault(f"{asset.kind.value}:{asset.name}", []).append(asset)
    return {key if len(assets) == 1 else asset.id: asset for key, assets in named.items() for asset in assets}


def _side(report: Report) -> Side:
    return Side(report.project.name, report.project.commit, report.date, phrases.policy_in_force(report))


def _lines(before: dict[str, str], after: dict[str, str]) -> Lines:
    return Lines(
        tuple(line for key, line in after.items() if key not in before),
        tuple(line for key, line in before.items() if key not in after),
    )


def _asset_line(asset: Asset) -> str:
    return (
        f"{asset.name} ({phrases.kind_of(asset.kind)}, {phrases.license_words(asset)}, "
        f"{phrases.publisher_words(asset)})"
    )


def _changes(before: Asset, after: Asset) -> list[Change]:
    was, now = _facts(before), _facts(after)
    return [Change(after.name, fact, was[fact], now[fact]) for fact in now if was[fact] != now[fact]]


def _facts(asset: Asset) -> dict[str, str]:
    """Say the facts that are compared; the reason of an unknown is not one of them."""
    serving = asset.serving_entity
    return {
        "commit": phrases.say_briefly(asset.commit),
        "license": phrases.say_briefly(asset.license.expression),
        "license key": phrases.say_briefly(asset.license.key),
        "publisher": _party(asset.publisher),
        "developer": _party(asset.developer),
        "served by": "nobody" if serving is None else _party(serving),
        "lineage": _lineage_words(asset),
        "repository": phrases.say_briefly(asset.repository_id),
        "gated": phrases.say_briefly(asset.gated),
        "availability": phrases.say_briefly(asset.availability),
    }


def _party(party: Party | Unknown) -> str:
    return "unknown" if isinstance(party, Unknown) else phrases.party_words(party)


def _lineage_words(asset: Asset) -> str:
    if isinstance(asset.lineage, Unknown):
        return "unknown"
    return ", ".join(f"{each.name} ({each.relation})" for each in asset.lineage) or "none"


def _finding_line(finding: Finding) -> str:
    return f"{_level_words(finding)} {finding.rule} at {phrases.place_of(finding)}: {finding.message}"


def _level_words(finding: Finding) -> str:
    return f"{finding.level.value}, excepted" if finding.exception else finding.level.value


def _duties(before: Report, after: Report) -> Lines:
    return _lines(_duty_lines(before), _duty_lines(after))


def _duty_lines(report: Report) -> dict[str, str]:
    names = {asset.id: asset.name for asset in report.assets}

    def line(duty: Obligation) -> str:
        return f"{names.get(duty.asset, duty.asset)}: {duty.text} ({duty.state})"

    return {line(duty): line(duty) for duty in report.obligations}


def _unresolved_line(place: Unresolved) -> str:
    return f"{place.file}: {place.expression}: {place.reason}"


def render_difference(
    difference: Difference, format_name: str, *, width: int = 80, color: bool = False
) -> str:
    """Write a difference as `text`, `markdown` or `json`."""
    if format_name == "json":
        return json_text(encode(difference))
    sections = _sections(difference)
    if format_name == "markdown":
        return _as_markdown(difference, sections)
    page = Page(width)
    page.paragraph(_between(difference))
    for policy in _policies(difference):
        page.paragraph(policy, "dim")
    for title, lines in sections:
        page.blank()
        page.paragraph(f"{title} ({len(lines)})", "bold")
        for line in lines:
            page.entry(line)
    if not sections:
        page.blank()
        page.paragraph("Nothing changed.")
    page.blank()
    page.paragraph(difference.disclaimer, "dim")
    return page.text(color=color)


def _as_markdown(difference: Difference, sections: list[tuple[str, list[str]]]) -> str:
    lines = [GENERATOR, "", f"## {markdown(_between(difference))}", ""]
    lines += [f"{markdown(policy)}  " for policy in _policies(difference)]
    for title, entries in sections:
        lines += ["", f"### {title} ({len(entries)})", "", *(f"- {markdown(entry)}" for entry in entries)]
    if not sections:
        lines += ["", "Nothing changed."]
    return "\n".join([*lines, "", f"_{difference.disclaimer}_"]) + "\n"


def _between(difference: Difference) -> str:
    def said(side: Side) -> str:
        commit = "" if isinstance(side.commit, Unknown) else f" at {side.commit[: phrases.COMMIT_CHARACTERS]}"
        return f"{side.project}{commit} of {side.date}"

    return f"From {said(difference.before)} to {said(difference.after)}"


def _policies(difference: Difference) -> list[str]:
    before, after = difference.before.policy, difference.after.policy
    return [after] if before == after else [f"Before: {before}", f"After: {after}"]


def _sections(difference: Difference) -> list[tuple[str, list[str]]]:
    def said(changes: tuple[Change, ...]) -> list[str]:
        return [f"{each.subject}: {each.fact} was {each.before}, is {each.after}" for each in changes]

    sections = [
        ("New models, datasets and hosted APIs", list(difference.assets.new)),
        ("Gone models, datasets and hosted APIs", list(difference.assets.gone)),
        ("Changed facts", said(difference.changed)),
        ("New findings", list(difference.findings.new)),
        ("Settled findings", list(difference.findings.gone)),
        ("Findings with another level", said(difference.levels)),
        ("New obligations", list(difference.obligations.new)),
        ("Obligations that are gone", list(difference.obligations.gone)),
        ("Newly undetermined", list(difference.unresolved.new)),
        ("No longer undetermined", list(difference.unresolved.gone)),
    ]
    return [(title, lines) for title, lines in sections if lines]
