"""`lading explain`: what a rule means, or how one finding came about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.records.finding import Finding
    from scanner.records.report import Report

MIN_DIGITS = 6
"""Characters of a finding's id that are enough, where they name one."""


@click.command("explain", short_help="Explain a rule, or why a model was refused and what would pass.")
@click.argument("subject", metavar="RULE|MODEL|FILE:LINE|FINDING-ID", required=False)
@click.option(
    "--report",
    "stored",
    type=click.Path(path_type=Path),
    help="The report that holds the finding; else a new scan.",
)
@click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The project.")
@click.option(
    "--policy", "policies", multiple=True, metavar="FILE|PACK", help="Policy of the new scan; repeatable."
)
@click.option("--offline", is_flag=True, help="Open no socket in the new scan.")
@click.option("--date", "today", metavar="YYYY-MM-DD", help="The day to judge by.")
@click.option("--format", "format_name", type=click.Choice(["text", "json"]), default="text")
def COMMAND(  # noqa: N802  # the name the folder promises
    subject: str | None,
    stored: Path | None,
    root: Path,
    policies: tuple[str, ...],
    offline: bool,
    today: str | None,
    format_name: str,
) -> None:
    """Explain a rule, or how a finding came about; without a name, list the rules.

    \b
    lading explain license-not-allowed     what it judges, options, blind spots
    lading explain Qwen/Qwen2.5-3B         the findings about it, with their ids
    lading explain app.py:12               the same for a place
    lading explain 4be1c9 --report r.json  place, facts, lineage, policy line,
                                           and what would make it pass
    """
    from scanner.cli._explain_rule import explain_rule, list_rules
    from scanner.policy.compose import all_rules

    rules = {rule.id: rule for rule in all_rules()}
    if subject is None:
        click.echo(list_rules(tuple(rules.values()), format_name))
        return
    if subject in rules:
        click.echo(explain_rule(rules[subject], root, policies, format_name))
        return
    from scanner.policy.mistakes import nearest

    is_word = not any(sign in subject for sign in "/:.")
    if is_word and (near := nearest(subject, rules)):
        raise UsageError(f"no rule is called {subject!r}\n  did you mean {near!r}?")
    from scanner.cli._explain_finding import explain_finding
    from scanner.cli._explain_which import findings_at, list_findings
    from scanner.cli._results import columns

    report = _report(stored, root, policies, offline=offline, today=today)
    found = (find(report, subject),) if _is_finding(subject) else findings_at(report, subject)
    if len(found) > 1 and format_name == "text":
        click.echo(list_findings(found, columns()))
        return
    if len(found) > 1:
        raise UsageError(f"{len(found)} findings are about {subject!r}\n  give the id of one for JSON")
    click.echo(explain_finding(found[0], report, root, format_name, columns()))


def find(report: Report, digits: str) -> Finding:
    """Find the one finding whose id begins so.

    Raises:
        UsageError: none does, or several do.
    """
    found = [each for each in report.findings if each.id.startswith(digits)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"no finding of {report.project.name} has the id {digits!r}\n"
            "  lading explain MODEL or FILE:LINE lists the ids of today; they change when the judged facts do"
        )
    raise UsageError(f"{len(found)} findings begin with {digits!r}\n  give more of the id")


def _is_finding(text: str) -> bool:
    return len(text) >= MIN_DIGITS and all(sign in "0123456789abcdef" for sign in text)


def _report(
    stored: Path | None, root: Path, policies: tuple[str, ...], *, offline: bool, today: str | None
) -> Report:
    if stored is not None:
        from scanner.cli._stored import read_stored

        return read_stored(stored)
    from scanner.scan import Request, scan
    from scanner.settings import read_settings

    return scan(Request(root=root, policies=policies), read_settings(is_offline=offline, today=today))
